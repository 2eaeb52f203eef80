"""The declaration's checklist: each paper of the template, what the store holds for it, what the clerk chose."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.datastructures import MultiValueDict

from dossiers.selectors.paper_offers import HeldLine
from interlink.rules.conditions import holds
from interlink.rules.template import Paper, Template
from interlink.services.receive_declaration import FILE, HELD, PAPER, ChosenPaper

MISSING = "missing"
WAYS = (
    (HELD, "Dùng bản trong kho"),
    (FILE, "Tải tệp lên"),
    (PAPER, "Đã xem bản giấy, số hóa sau"),
    (MISSING, "Chưa có"),
)


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One line. `error` says what is wrong with it; `sure` proposes the store's paper where there is one."""

    paper: Paper
    required: bool
    way: str
    held: str
    offers: Sequence[HeldLine]
    unusable: Sequence[HeldLine]
    error: str = ""

    @property
    def name(self) -> str:
        """The prefix of its boxes."""
        return f"paper-{self.paper.key}"

    @property
    def ways(self) -> list[tuple[str, str]]:
        """What can be chosen; the store's paper only where there is one."""
        return [way for way in WAYS if way[0] != HELD or self.offers]

    @property
    def is_missing(self) -> bool:
        return self.required and self.way == MISSING


def paper_lines(
    template: Template, facts: Mapping[str, str], content: Mapping[str, str], offers: Mapping[str, tuple[Any, Any]]
) -> list[PaperRow]:
    """The lines in the template's order; `offers` are the store's usable and unusable papers by key."""
    return [_row(paper, facts, content, *offers.get(paper.key, ((), ()))) for paper in template.papers]


def _row(
    paper: Paper,
    facts: Mapping[str, str],
    content: Mapping[str, str],
    usable: Sequence[HeldLine],
    unusable: Sequence[HeldLine],
) -> PaperRow:
    name = f"paper-{paper.key}"
    typed, known = content.get(name, ""), [str(one.paper) for one in usable]
    way = typed if typed in dict(WAYS) else (HELD if usable else MISSING)
    if way == HELD and not usable:
        way = MISSING
    held = content.get(f"{name}-held", "")
    chosen = held if held in known else next(iter(known), "")
    needed = paper.always_required or (paper.required is not None and holds(paper.required, facts))
    return PaperRow(paper, needed, way, chosen, usable, unusable)


def checked_papers(
    rows: Iterable[PaperRow], files: MultiValueDict[str, Any]
) -> tuple[list[ChosenPaper], dict[str, str]]:
    """What was chosen, and the sentence for each line that lacks something."""
    chosen: list[ChosenPaper] = []
    wrong: dict[str, str] = {}
    for row in rows:
        file = files.get(f"{row.name}-file")
        if row.way == FILE and file is None:
            wrong[row.paper.key] = "Chưa chọn tệp. Tệp đã chọn ở lần trước phải chọn lại."
        elif row.is_missing:
            wrong[row.paper.key] = "Giấy tờ này bắt buộc. Xin dùng bản trong kho, tải tệp hoặc ghi đã xem bản giấy."
        elif row.way != MISSING:
            held = UUID(row.held) if row.way == HELD else None
            chosen.append(ChosenPaper(row.paper.key, row.way, held, file if row.way == FILE else None))
    return chosen, wrong
