"""Replace a paper by a newer one of the same kind (issued again, corrected). Staff who may replace.

Writes the new paper with its version and both events; the old one stays, for what it was used for.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from dossiers.papers.constants import LIVE, PaperEventKind, PaperState
from dossiers.papers.models import Paper, PaperType
from dossiers.papers.permissions import REPLACE
from dossiers.papers.services.locking import check_reason, check_state, lock_paper, refuse_stale
from dossiers.papers.services.paper_data import FileContent, PaperData, check_data, paper_type_of, same_number
from dossiers.papers.services.recording import record_paper_event
from dossiers.papers.services.store_paper import new_paper
from dossiers.papers.services.versions import owner_of
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import Conflict, DomainError
from haddong_portal.common.update import update_row


@transaction.atomic
def replace_paper(
    *,
    actor: Actor,
    paper_id: int,
    data: PaperData,
    content: FileContent,
    reason: str,
    row_version: int | None = None,
    now: datetime | None = None,
) -> Paper:
    """The new paper. Raises DomainError paper.reason_missing, .other_kind, Conflict paper.wrong_state, .changed,
    .duplicate, and the refusals of `store_paper`."""
    actor.require(REPLACE)
    told = check_reason(reason)
    old = lock_paper(actor=actor, paper_id=paper_id)
    refuse_stale(old, row_version)
    check_state(old, LIVE)
    kind = paper_type_of(data.type_code)
    _check(old, data, kind, content)
    moment = now or clock.now()
    new = new_paper(actor=actor, data=data, kind=kind, content=content, now=moment)
    old.state, old.replaced_by, old.row_version = PaperState.REPLACED, new, old.row_version + 1
    update_row(old, ("state", "replaced_by", "row_version"))
    record_paper_event(
        paper_id=old.pk, kind=PaperEventKind.REPLACED, actor=actor, at=moment, note=told, data={"by_paper_id": new.pk}
    )
    return new


def _check(old: Paper, data: PaperData, kind: PaperType, content: FileContent) -> None:
    if data.owner != owner_of(old) or kind.pk != old.type_id:
        raise DomainError("paper.other_kind", "Giấy tờ thay thế phải cùng loại và của cùng một người.", "type_code")
    check_data(data, kind, content)
    twin = same_number(data, kind)
    if twin is not None and (twin.pk != old.pk or twin.issued_on == data.issued_on):
        raise Conflict(
            "paper.duplicate",
            "Kho đã có giấy tờ cùng loại, cùng số, cùng ngày cấp. Xin thêm bản mới vào giấy tờ đó.",
            "number",
            data={"paper_id": twin.pk},
        )
