"""Put a paper into its owner's store (domain.md §7.2, step 7).

Staff for anybody; a citizen who proved who they are for themselves, as declared only. Writes the paper, its first
version with its files, and one event. It is VALID when somebody compared it or a signature proves it, else PENDING.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from dossiers.papers.constants import LIVE, PaperEventKind, PaperSource, Trust
from dossiers.papers.models import Paper, PaperType
from dossiers.papers.permissions import STORE
from dossiers.papers.services.paper_data import (
    FileContent,
    PaperData,
    check_data,
    paper_type_of,
    printed_columns,
    same_number,
    state_of,
)
from dossiers.papers.services.recording import record_paper_event
from dossiers.papers.services.versions import make_version
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.blobs.marks import mark_of
from haddong_portal.common.errors import Conflict, NotAllowed
from haddong_portal.common.update import update_row


@transaction.atomic
def store_paper(*, actor: Actor, data: PaperData, content: FileContent, now: datetime | None = None) -> Paper:
    """The paper. Raises NotAllowed, Conflict paper.duplicate (its `data` names the paper that is there already) and the
    refusals of `check_data` and `keep_files`."""
    check_may_store(actor, data)
    moment, kind = now or clock.now(), paper_type_of(data.type_code)
    check_data(data, kind, content)
    refuse_duplicate(data, kind, content)
    return new_paper(actor=actor, data=data, kind=kind, content=content, now=moment)


def check_may_store(actor: Actor, data: PaperData) -> None:
    """Staff with the right; else the owner alone, who can only declare."""
    own = actor.person_id is not None and data.owner.person_id == actor.person_id
    if own and (data.source, data.trust) == (PaperSource.UPLOADED, Trust.DECLARED):
        return
    if actor.person_id is not None:
        raise NotAllowed()
    actor.require(STORE)


def new_paper(*, actor: Actor, data: PaperData, kind: PaperType, content: FileContent, now: datetime) -> Paper:
    """Write the paper, its first version and the event; everything is checked."""
    paper = Paper(
        owner_person_id=data.owner.person_id,
        owner_organisation_id=data.owner.organisation_id,
        type=kind,
        source=data.source,
        state=state_of(data.trust),
        unit_id=actor.unit_id,
        created_by_id=actor.user_id,
        created_at=now,
        **printed_columns(data, kind),
    )
    paper.save(force_insert=True)
    paper.current_version = make_version(paper=paper, content=content, serial=1, actor=actor, now=now)
    update_row(paper, ("current_version",))
    record_paper_event(
        paper_id=paper.pk,
        kind=PaperEventKind.STORED,
        actor=actor,
        at=now,
        data={"source": data.source, "trust": data.trust, "version": 1, "pages": content.page_count},
    )
    return paper


def refuse_duplicate(data: PaperData, kind: PaperType, content: FileContent) -> None:
    """Conflict paper.duplicate for the same number of the same type and owner, or the same file."""
    found, what = same_number(data, kind), "cùng loại, cùng số"
    if found is None:
        same = Paper.objects.of(data.owner).filter(type=kind, state__in=LIVE)
        found = same.filter(current_version__original__mark=mark_of(content.original)).order_by("id").first()
        what = "cùng nội dung tệp"
    if found is not None:
        raise Conflict(
            "paper.duplicate",
            f"Kho đã có giấy tờ {what} của người này. Xin dùng lại, thêm bản mới hoặc thay thế giấy tờ đó.",
            "number",
            data={"paper_id": found.pk},
        )
