"""The ISO document of one process, A4 (domain.md §13.2): cover, amendments, sections, steps, forms, records kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from haddong_portal.common.documents.rendering import render_pdf

TEMPLATE = Path(__file__).with_name("process.typ")


@dataclass(frozen=True)
class DocumentTable:
    """A table inside a section; `widths` are shares of the page, `title` stands above it."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    title: str = ""
    shaded: tuple[int, ...] = ()


@dataclass(frozen=True)
class DocumentSection:
    """A numbered section: a list, then paragraphs, then tables."""

    number: str
    title: str
    paragraphs: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    tables: tuple[DocumentTable, ...] = ()


@dataclass(frozen=True)
class ProcessDocument:
    """Everything printed; dates as text. `draft` prints the word on every page."""

    unit_name: str
    code: str
    name: str
    issue: str
    issued_on: str
    decision: str
    prepared_by: str
    checked_by: str
    approver_name: str
    approver_title: str
    draft: bool
    recipients: tuple[str, ...]
    amendments: tuple[tuple[str, ...], ...]
    sections: Sequence[DocumentSection]


def render_process(document: ProcessDocument) -> bytes:
    """The document as a tagged PDF/A-2b."""
    return render_pdf(TEMPLATE, asdict(document))
