"""Use a stored paper in place of a new one (domain.md §7.5): every rule at the moment of use, and the use on record.

Staff who may re-use. Writes one PaperUse and one event; the same use told twice is the same row.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from dossiers.papers.constants import OwnerRef, PaperEventKind, UsePurpose
from dossiers.papers.models import Paper, PaperUse, PaperVersion
from dossiers.papers.permissions import USE
from dossiers.papers.services.locking import lock_paper
from dossiers.papers.services.recording import record_paper_event
from dossiers.papers.services.reusing import check_usable, prove_content
from dossiers.papers.services.versions import owner_of
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import Conflict, DomainError, NotFound
from haddong_portal.common.insert import insert_row


def use_paper(
    *,
    actor: Actor,
    paper_id: int,
    owner: OwnerRef,
    type_codes: Iterable[str],
    purpose: str,
    reference: str,
    requirement_name: str = "",
    now: datetime | None = None,
) -> PaperUse:
    """The use. `owner` is the applicant or whom they represent; `type_codes` are those the requirement accepts.

    Raises NotAllowed; NotFound paper.not_found; DomainError paper.wrong_owner, paper.wrong_type; Conflict with the code
    of the ground (paper.expired, .revoked, .single_use, …); paper.damaged, .missing, .unreachable.
    """
    actor.require(USE)
    moment = clock.local(now or clock.now())
    proven = _prove_content(actor, paper_id, moment)
    with transaction.atomic():
        paper = lock_paper(actor=actor, paper_id=paper_id)
        if paper.current_version_id != proven.pk:
            raise Conflict("paper.changed", "Giấy tờ vừa có bản mới. Xin xem lại rồi làm tiếp.")
        _check(paper, proven, owner, frozenset(type_codes), moment)
        use = PaperUse(
            version=proven,
            purpose=UsePurpose(purpose),
            reference=reference,
            requirement_name=requirement_name[:500],
            clerk_id=actor.user_id,
            unit_id=actor.unit_id,
            used_at=moment,
            pages_saved=proven.page_count,
            minutes_saved=paper.type.minutes_saved,
        )
        return _the_same(use) or _record(use, paper, actor)


def _prove_content(actor: Actor, paper_id: int, now: datetime) -> PaperVersion:
    """The current version, its original read in full: hash unchanged at the time of use."""
    rows = PaperVersion.objects.filter(current_of__in=Paper.objects.visible_to(actor).filter(pk=paper_id))
    version = rows.select_related("original", "shown").defer("text").first()
    if version is None:
        raise NotFound("Không tìm thấy giấy tờ này trong kho.", code="paper.not_found")
    prove_content(version, now=now)
    return version


def _check(paper: Paper, version: PaperVersion, owner: OwnerRef, type_codes: frozenset[str], now: datetime) -> None:
    if owner_of(paper) != owner:
        raise DomainError("paper.wrong_owner", "Giấy tờ này không phải của người nộp hoặc người được đại diện.")
    if paper.type.code not in type_codes:
        raise DomainError("paper.wrong_type", f"“{paper.type.name}” không đúng loại giấy tờ được yêu cầu.")
    check_usable(paper, version, now=now)


def _the_same(use: PaperUse) -> PaperUse | None:
    """The use that is on record already; the paper is locked, so nobody writes it meanwhile."""
    rows = PaperUse.objects.filter(version=use.version, reference=use.reference, purpose=use.purpose)
    return rows.filter(requirement_name=use.requirement_name).first()


def _record(use: PaperUse, paper: Paper, actor: Actor) -> PaperUse:
    insert_row(use)
    record_paper_event(
        paper_id=paper.pk,
        kind=PaperEventKind.USED,
        actor=actor,
        at=use.used_at,
        reference=use.reference,
        note=use.requirement_name,
        data={"use_id": use.pk, "purpose": use.purpose, "pages": use.pages_saved, "minutes": use.minutes_saved},
    )
    return use
