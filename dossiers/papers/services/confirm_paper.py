"""Confirm a paper that waits: somebody compared it and says what is printed on it (domain.md §7.2, steps 2 and 4).

Staff who may store. Writes what is printed, the state VALID and one event. Type and owner may be put right here, while
nobody has used the paper yet.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from dossiers.papers.constants import PaperEventKind, PaperState, Trust
from dossiers.papers.models import Paper, PaperType
from dossiers.papers.permissions import STORE
from dossiers.papers.services.locking import check_state, lock_paper, refuse_stale
from dossiers.papers.services.paper_data import (
    PaperData,
    check_data,
    check_signed,
    paper_type_of,
    printed_columns,
    same_number,
)
from dossiers.papers.services.recording import record_paper_event
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import Conflict, DomainError


@transaction.atomic
def confirm_paper(
    *, actor: Actor, paper_id: int, data: PaperData, row_version: int | None = None, now: datetime | None = None
) -> Paper:
    """The paper, VALID. Raises Conflict paper.wrong_state, .changed, .duplicate, DomainError paper.only_declared and
    the refusals of `check_data`."""
    actor.require(STORE)
    paper = lock_paper(actor=actor, paper_id=paper_id)
    refuse_stale(paper, row_version)
    check_state(paper, {PaperState.PENDING})
    kind = paper_type_of(data.type_code)
    _check(paper, data, kind)
    _write(paper, data, kind)
    moment = now or clock.now()
    record_paper_event(
        paper_id=paper.pk, kind=PaperEventKind.CONFIRMED, actor=actor, at=moment, data={"trust": data.trust}
    )
    return paper


def _check(paper: Paper, data: PaperData, kind: PaperType) -> None:
    if data.trust == Trust.DECLARED:
        raise DomainError("paper.only_declared", "Phải đối chiếu bản chính hoặc kiểm tra chữ ký số trước.", "trust")
    assert paper.current_version is not None, "a stored paper has a version"
    check_data(data, kind)
    check_signed(data.trust, paper.current_version.signature_state)
    twin = same_number(data, kind)
    if twin is not None and twin.pk != paper.pk:
        raise Conflict(
            "paper.duplicate",
            "Kho đã có giấy tờ cùng loại, cùng số của người này.",
            "number",
            data={"paper_id": twin.pk},
        )


def _write(paper: Paper, data: PaperData, kind: PaperType) -> None:
    columns = printed_columns(data, kind)
    for name, value in columns.items():
        setattr(paper, name, value)
    paper.type, paper.state = kind, PaperState.VALID
    paper.owner_person_id, paper.owner_organisation_id = data.owner.person_id, data.owner.organisation_id
    paper.row_version += 1
    told = [name.removesuffix("_id") for name in columns]
    paper.save(
        update_fields=[*told, "number_index", "type", "state", "owner_person", "owner_organisation", "row_version"]
    )
