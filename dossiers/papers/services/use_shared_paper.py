"""A clerk uses a paper that a citizen hands over by its share code, for something at hand (purpose CITIZEN_SHARE).

Staff who may re-use, for a reference they may act on. The paper may be another person's than the applicant's: handing
over the code is that person's consent to this one use. Takes one use of the code; writes one PaperUse and one event.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from dossiers.papers.constants import PaperEventKind, UsePurpose
from dossiers.papers.models import Paper, PaperUse, ShareCode
from dossiers.papers.permissions import USE
from dossiers.papers.ports import read_reference
from dossiers.papers.services.open_shared_paper import check_tries, take_one_use
from dossiers.papers.services.recording import record_paper_event
from dossiers.papers.services.reusing import check_usable, prove_content
from dossiers.papers.services.share_digest import share_digest
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError, NotFound
from haddong_portal.common.insert import insert_row


@transaction.atomic
def use_shared_paper(
    *, actor: Actor, code: str, reference: str, requirement_name: str = "", now: datetime | None = None
) -> PaperUse:
    """The use. Raises NotFound paper.no_reference and the refusals of `take_shared_paper`."""
    moment = clock.local(now or clock.now())
    actor.require(USE)
    if read_reference(actor, reference) is None:
        raise NotFound("Không tìm thấy hồ sơ này.", code="paper.no_reference")
    share = take_shared_paper(actor=actor, code=code, now=moment)
    return record_shared_use(share, actor=actor, reference=reference, requirement_name=requirement_name, now=moment)


def take_shared_paper(*, actor: Actor, code: str, type_codes: Collection[str] = (), now: datetime) -> ShareCode:
    """The code's row, locked, one of its uses taken, its paper proven; inside a transaction. `type_codes`: what the
    paper may be, anything when none is named.

    Raises NotAllowed; NotFound share.no_match; DomainError paper.wrong_type; Conflict with the ground against the paper
    (paper.expired, paper.pending, …); paper.damaged, .missing, .unreachable; share.too_many_tries (429).
    """
    actor.require(USE)
    check_tries(f"user/{actor.user_id}")
    _lock_paper_of(code)
    share = take_one_use(code, now)
    if type_codes and share.paper.type.code not in type_codes:
        raise DomainError("paper.wrong_type", f"“{share.paper.type.name}” không đúng loại giấy tờ được yêu cầu.")
    _check(share, now)
    return share


def record_shared_use(
    share: ShareCode, *, actor: Actor, reference: str, requirement_name: str, now: datetime
) -> PaperUse:
    """Write the use of a code that was taken, and the paper's event."""
    use = _use_of(share, actor, reference, requirement_name, now)
    insert_row(use)
    record_paper_event(
        paper_id=share.paper_id,
        kind=PaperEventKind.USED,
        actor=actor,
        at=now,
        reference=reference,
        note=use.requirement_name,
        data={"use_id": use.pk, "purpose": use.purpose, "share": share.pk},
    )
    return use


def _lock_paper_of(code: str) -> None:
    """The paper before its code, as every act on a paper does; nothing happens for a code of nothing."""
    rows = Paper.objects.select_for_update(no_key=True, of=("self",))
    list(rows.filter(share_codes__digest=share_digest(code)).values_list("pk"))


def _check(share: ShareCode, now: datetime) -> None:
    """The rules of every re-use, with the consent that the code is."""
    version = share.paper.current_version
    assert version is not None, "a stored paper has a version"
    check_usable(share.paper, version, consented=True, now=now)
    prove_content(version, now=now)


def _use_of(share: ShareCode, actor: Actor, reference: str, requirement_name: str, now: datetime) -> PaperUse:
    version = share.paper.current_version
    assert version is not None, "a stored paper has a version"
    return PaperUse(
        version=version,
        purpose=UsePurpose.CITIZEN_SHARE,
        reference=reference,
        requirement_name=requirement_name[:500],
        clerk_id=actor.user_id,
        unit_id=actor.unit_id,
        used_at=now,
        pages_saved=version.page_count,
        minutes_saved=share.paper.type.minutes_saved,
    )
