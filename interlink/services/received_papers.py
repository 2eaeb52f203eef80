"""Papers that an agency sent with its reply go into the requester's store, checked like any file (domain.md §7.4)."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from dossiers.papers.constants import OwnerRef, PaperSource, Trust
from dossiers.papers.models import PaperType
from dossiers.papers.selectors.result_types import OTHER_RESULT
from dossiers.papers.services.paper_data import FileContent, PaperData
from dossiers.papers.services.store_paper import store_paper
from haddong_portal.common.errors import DomainError
from haddong_portal.common.files.check import check_file
from interlink.constants import CaseEventKind
from interlink.models import Leg
from interlink.services.acting import case_actor
from interlink.services.locking import LockedCase
from interlink.services.recording import record_case_event


def keep_papers(locked: LockedCase, leg: Leg, papers: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """{"slot", "name", "paper_id"} of each paper kept; one that may not be kept stands in the ledger."""
    kept = []
    for paper in papers:
        try:
            kept.append(_keep(locked, leg, paper))
        except DomainError as refusal:
            if refusal.code == "paper.duplicate":
                kept.append(_told(paper, int(str(refusal.data["paper_id"]))))
                continue
            record_case_event(
                case=locked.case,
                kind=CaseEventKind.PAPER_REFUSED,
                actor=locked.actor,
                at=locked.now,
                leg=leg,
                note=refusal.message,
                data={"code": refusal.code, "slot": str(paper.get("slot", ""))[:80]},
            )
    return kept


def _keep(locked: LockedCase, leg: Leg, paper: Mapping[str, Any]) -> dict[str, Any]:
    stored = store_paper(
        actor=case_actor(locked.case),
        data=PaperData(
            owner=OwnerRef(person_id=locked.case.requester_id),
            type_code=_type_of(locked, leg, paper),
            source=PaperSource.RECEIVED,
            trust=Trust.CHECKED,  # it came in a message that its agency signed
            number=str(paper.get("number") or "")[:100],
            issuer_name=leg.agency.name,
            issued_on=_day(paper.get("date")),
        ),
        content=_content(paper),
        now=locked.now,
    )
    return _told(paper, stored.pk)


def _told(paper: Mapping[str, Any], paper_id: int) -> dict[str, Any]:
    return {"slot": str(paper.get("slot", "")), "name": str(paper.get("name", "")), "paper_id": paper_id}


def _content(paper: Mapping[str, Any]) -> FileContent:
    """Raises DomainError file.* for what is dangerous or unread."""
    original = base64.b64decode(str(paper.get("content") or ""))
    verdict = check_file(original, name=str(paper.get("name") or "ket-qua.pdf"))
    if verdict.shown is None:
        raise DomainError(verdict.code, verdict.sentence, "file", status=verdict.status)
    return FileContent(
        original=original,
        shown=verdict.shown,
        content_type=verdict.content_type,
        page_count=max(verdict.pages, 1),
        image_count=verdict.images,
        sha256=verdict.sha256,
    )


def _type_of(locked: LockedCase, leg: Leg, paper: Mapping[str, Any]) -> str:
    """What the template says the slot is, else what the agency says, else a result of some kind."""
    slot = paper.get("slot")
    results = locked.plan(leg.key).results
    planned = [one.paper_type for one in results if one.kind == "paper" and slot in (one.key, "", None)]
    for code in (*planned, str(paper.get("type") or "")):
        if code and PaperType.objects.filter(code=code).exists():
            return code
    return OTHER_RESULT


def _day(text: Any) -> date | None:
    try:
        return date.fromisoformat(str(text)) if text else None
    except ValueError:
        return None
