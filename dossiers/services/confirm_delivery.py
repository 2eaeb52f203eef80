"""The receiving unit checks a delivery list line by line and signs for it (NĐ 61/2018 art. 18).

Anybody of the receiving unit who may hand over; once. Writes the list's receipt, the lines that were not found and one
event for each dossier; whoever handed them over hears of missing ones.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.urls import reverse

from dossiers.constants import EventKind
from dossiers.models import DeliveryLine, DeliveryList
from dossiers.permissions import RIGHT_OF
from dossiers.rules.lifecycle import Command
from dossiers.services.recording import Told, record_events
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.dates import moment_text
from haddong_portal.common.errors import Conflict, DomainError, NotFound
from haddong_portal.notices.constants import NoticeEvent
from haddong_portal.notices.services.queue_staff_notice import queue_staff_notice


@transaction.atomic
def confirm_delivery(
    *, actor: Actor, delivery_list_id: int, line_ids: Collection[int], now: datetime | None = None
) -> DeliveryList:
    """The list. `line_ids` are the lines that were found; the others are marked missing. Raises NotFound
    delivery.not_found, Conflict delivery.confirmed, DomainError delivery.strange_line."""
    actor.require(RIGHT_OF[Command.DELIVER])
    rows = DeliveryList.objects.filter(pk=delivery_list_id, to_unit_id__in=actor.unit_ids)
    delivery = rows.select_for_update(no_key=True, of=("self",)).first()
    if delivery is None:
        raise NotFound("Không tìm thấy danh sách bàn giao này.", code="delivery.not_found")
    if delivery.received_at is not None:
        name = str(delivery.received_by)
        raise Conflict(
            "delivery.confirmed",
            f"{name} đã xác nhận danh sách này lúc {moment_text(delivery.received_at)}.",
            data={"by": name},
        )
    moment = clock.local(now or clock.now())
    lines = list(
        DeliveryLine.objects.filter(delivery_list=delivery).select_related("dossier").only("id", "dossier__status")
    )
    found = set(line_ids)
    if found - {line.pk for line in lines}:
        raise DomainError("delivery.strange_line", "Có dòng không thuộc danh sách này.", "line_ids")
    missing = DeliveryLine.objects.filter(delivery_list=delivery).exclude(pk__in=found).update(missing=True)
    delivery.received_by_id, delivery.received_at = actor.user_id, moment
    delivery.save(update_fields=["received_by", "received_at"])
    told = [_told(delivery, line, is_there=line.pk in found) for line in lines]
    record_events(kind=EventKind.DELIVERY_CONFIRMED, actor=actor, at=moment, told=told)
    if missing:
        _tell(delivery, missing, actor, moment)
    return delivery


def _told(delivery: DeliveryList, line: DeliveryLine, *, is_there: bool) -> Told:
    what = "đã nhận" if is_there else "không thấy hồ sơ"
    note = f"Danh sách số {delivery.number}/{delivery.year}: {what}"
    data = {"delivery_list_id": delivery.pk, "number": delivery.number, "missing": not is_there}
    return Told(line.dossier_id, line.dossier.status, note, data)


def _tell(delivery: DeliveryList, missing: int, actor: Actor, now: datetime) -> None:
    queue_staff_notice(
        user_id=delivery.handed_by_id,
        reference=f"delivery:{delivery.pk}",
        rule="delivery_missing",
        event=NoticeEvent.DELIVERY_MISSING,
        facts={
            "count": str(missing),
            "unit": actor.unit_name,
            "link": reverse("dossiers:delivery", args=[delivery.pk]),
        },
        unit_id=delivery.from_unit_id,
        now=now,
    )
