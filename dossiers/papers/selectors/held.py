"""What the store holds of an owner for the lines of a checklist: one statement, no content, no encrypted column but
the number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, F, OuterRef

from dossiers.papers.constants import (
    CONSENT_PURPOSE,
    Basis,
    FileState,
    OwnerRef,
    PaperSource,
    PaperState,
    Trust,
)
from dossiers.papers.models import Paper, PaperVersion
from dossiers.papers.rules.reuse import Standing, WhyNot, why_not
from haddong_portal.citizens.models import Consent


@dataclass(frozen=True, slots=True)
class HeldPaper:
    """One paper as a checklist line shows it: which, how old, how sure, from where, and whether it may be used."""

    paper_id: int
    public_id: UUID
    type_code: str
    type_name: str
    number: str
    issuer_name: str
    issued_on: date | None
    valid_to: date | None
    age_days: int | None
    trust: Trust
    source: PaperSource
    state: PaperState
    page_count: int
    row_version: int
    why_not: WhyNot | None

    @property
    def usable(self) -> bool:
        """Whether one key re-uses it."""
        return self.why_not is None


_COLUMNS = ("pk", "public_id", "number", "issuer_name", "issued_on", "valid_to", "trust", "source", "state")


def papers_for(*, owner: OwnerRef, type_codes: Iterable[str], on: date) -> dict[str, list[HeldPaper]]:
    """By type code: usable ones first, then the surest, then the newest; types of which nothing is held are absent."""
    rows = (
        Paper.objects.of(owner)
        .filter(type__code__in=sorted(set(type_codes)))
        .exclude(state=PaperState.ERASED)
        .exclude(type__single_use=True)
    )
    values = rows.annotate(consented=consent_of()).values(
        *_COLUMNS,
        "basis",
        "row_version",
        "consented",
        type_code=F("type__code"),
        type_name=F("type__name"),
        page_count=F("current_version__page_count"),
        signature_state=F("current_version__signature_state"),
        original_state=F("current_version__original__state"),
        shown_state=F("current_version__shown__state"),
    )
    found: dict[str, list[HeldPaper]] = {}
    for value in sorted((_held(one, on) for one in values), key=_order):
        found.setdefault(value.type_code, []).append(value)
    return found


def standing_of(paper: Paper, version: PaperVersion, *, consented: bool | None = None) -> Standing:
    """What the rules of re-use ask; `version` with its two files, the owner's consent asked for now unless known."""
    owner_id = paper.owner_person_id
    if consented is None:
        consented = (
            paper.basis == Basis.CONSENT and owner_id is not None and _open_consents().filter(person=owner_id).exists()
        )
    return Standing(
        state=paper.state,
        trust=paper.trust,
        basis=paper.basis,
        valid_to=paper.valid_to,
        signature_state=version.signature_state,
        file_whole=version.original.state == version.shown.state == FileState.PRESENT,
        consented=consented,
    )


def _open_consents() -> Any:
    return Consent.objects.filter(purpose=CONSENT_PURPOSE, withdrawn_at__isnull=True)


def consent_of() -> Exists:
    """The consent of the papers' own person; an organisation's paper rests on the law."""
    return Exists(_open_consents().filter(person=OuterRef("owner_person")))


def _held(value: dict[str, Any], on: date) -> HeldPaper:
    whole = value["original_state"] == value["shown_state"] == FileState.PRESENT
    standing = Standing(
        state=value["state"],
        trust=value["trust"],
        basis=value["basis"],
        valid_to=value["valid_to"],
        signature_state=value["signature_state"] or "",
        file_whole=whole,
        consented=value["consented"],
    )
    return HeldPaper(
        paper_id=value["pk"],
        public_id=value["public_id"],
        type_code=value["type_code"],
        type_name=value["type_name"],
        number=value["number"],
        issuer_name=value["issuer_name"],
        issued_on=value["issued_on"],
        valid_to=value["valid_to"],
        age_days=(on - value["issued_on"]).days if value["issued_on"] else None,
        trust=Trust(value["trust"]),
        source=PaperSource(value["source"]),
        state=PaperState(value["state"]),
        page_count=value["page_count"] or 0,
        row_version=value["row_version"],
        why_not=why_not(standing, on=on, trust_min=settings.PAPERS_TRUST_MIN),
    )


def _order(held: HeldPaper) -> tuple[bool, int, int, int]:
    newest = -(held.issued_on.toordinal() if held.issued_on else 0)
    return (not held.usable, -held.trust.rank, newest, -held.paper_id)
