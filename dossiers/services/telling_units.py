"""Tell a unit about a dossier: its leader, else one of its officers, under the bell and by mail."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from dossiers.models import Dossier, OpinionRequest
from dossiers.services.notifying import REASON_TOLD_MAX, reference_of
from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Post
from haddong_portal.common import clock
from haddong_portal.common.dates import due_text
from haddong_portal.notices.constants import NoticeEvent
from haddong_portal.notices.services.queue_staff_notice import queue_staff_notice

# Whom a unit's message goes to: the first role that somebody holds.
SPEAKERS = (Role.LEADER, Role.OFFICER, Role.ONE_STOP_HEAD, Role.CLERK)


def tell_unit(
    *,
    dossier: Dossier,
    unit_id: int,
    rule: str,
    event: NoticeEvent,
    unit_name: str,
    due: str,
    reason: str = "",
    speakers: tuple[Role, ...] = SPEAKERS,
    link: str = "",
    now: datetime,
) -> int | None:
    """The account that is told, None when nobody holds a post there. `unit_name` is who writes; `link` leads
    elsewhere than to the dossier, for units that may not read it."""
    user_id = speaker_of(unit_id, now, speakers)
    if user_id is None:
        return None
    facts = {
        "code": dossier.code,
        "procedure": dossier.procedure_name,
        "due": due,
        "unit": unit_name,
        "link": link or reverse("dossiers:dossier", kwargs={"code": dossier.code}),
        "reason": reason[:500],
    }
    queue_staff_notice(
        user_id=user_id,
        reference=reference_of(dossier.pk),
        rule=rule,
        event=event,
        facts=facts,
        unit_id=unit_id,
        now=now,
    )
    return user_id


def tell_no_longer_asked(
    dossier: Dossier, opinion: OpinionRequest, *, unit_name: str, reason: str, now: datetime
) -> int | None:
    """A unit that was asked need not answer any more. It may have lost the right to read: its list tells the rest."""
    return tell_unit(
        dossier=dossier,
        unit_id=opinion.unit_id,
        rule=f"opinion_closed:{opinion.pk}",
        event=NoticeEvent.OPINION_CLOSED,
        unit_name=unit_name,
        due=due_text(opinion.due_at),
        reason=reason[:REASON_TOLD_MAX],
        link=reverse("dossiers:opinion-list"),
        now=now,
    )


def speaker_of(unit_id: int, now: datetime, speakers: tuple[Role, ...] = SPEAKERS) -> int | None:
    """Who hears for the unit that day."""
    posts = Post.objects.held_on(clock.local(now).date()).filter(unit_id=unit_id, role__in=speakers)
    held = list(posts.filter(user__is_active=True).order_by("id").values_list("role", "user_id"))
    return min(held, key=lambda post: speakers.index(Role(post[0])), default=(None, None))[1]
