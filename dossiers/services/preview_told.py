"""The message that an act will send to the applicant, as its words stand now. Reads only; the read is on record.

What a person has yet to type is shown as dots.
"""

from __future__ import annotations

from datetime import datetime

from dossiers.models import Dossier
from dossiers.selectors.told import event_of, way_to
from dossiers.services.notifying import applicant_facts, desk_place
from haddong_portal.audit.services.record_access import record_access
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import NotFound
from haddong_portal.notices.constants import NoticeEvent
from haddong_portal.notices.rules.facts import FACTS_OF
from haddong_portal.notices.services.preview_notice import NoticePreview, preview_notice

TO_BE_TYPED = "…"


def preview_told(*, actor: Actor, code: str, command: str, now: datetime) -> NoticePreview:
    """Raises NotFound dossier.not_found, notice.none when the act tells nobody or there is no way to tell."""
    rows = Dossier.objects.visible_to(actor).select_related("receiving_unit")
    dossier = rows.filter(code=code).first()
    if dossier is None:
        raise NotFound("Không tìm thấy hồ sơ này.", code="dossier.not_found")
    event = event_of(command)
    channel, recipient = way_to(dossier)
    if not event or not recipient:
        raise NotFound("Việc này không gửi tin cho người nộp.", code="notice.none")
    record_access(
        actor=actor,
        action="dossier.read",
        object_type="dossier",
        object_id=dossier.pk,
        person_id=dossier.person_id,
        purpose="xem trước tin sẽ gửi",
        now=now,
    )
    return preview_notice(
        event=NoticeEvent(event),
        channel=channel,
        recipient=recipient,
        recipient_name=dossier.applicant_name,
        facts={**dict.fromkeys(FACTS_OF[event], TO_BE_TYPED), **_facts(dossier, event)},
        now=now,
    )


def _facts(dossier: Dossier, event: str) -> dict[str, str]:
    desk = dossier.receiving_unit
    place = desk_place(desk, with_address=event == NoticeEvent.RESULT_READY)
    return applicant_facts(dossier, unit_name=desk.name, place=place)
