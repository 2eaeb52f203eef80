"""At the end of the play: the desks' papers of the last days go to the offices on lists, and one officer's work is
given on. Lists take what is on none yet and the order is made once, so a finished play does nothing more."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count

from dossiers.constants import STEP_OPEN
from dossiers.models import DeliveryList, Reassignment, StepRun
from dossiers.selectors.deliveries import new_delivery
from dossiers.services.confirm_delivery import confirm_delivery
from dossiers.services.hand_over_batch import hand_over_batch
from dossiers.services.order_reassignment import order_reassignment
from dossiers.services.run_reassignment import run_reassignment
from haddong_portal.accounts.constants import Role
from haddong_portal.common.actors import Actor
from haddong_portal.home.demo.cast import Cast

LINES, CONFIRMED_EVERY, LEFT_WORK_MIN = 12, 2, 2


def deliver_papers(cast: Cast, *, now: datetime) -> None:
    """One list per desk and office; every second one is confirmed, now and then with a dossier missing."""
    for desk_id in cast.units_with(Role.CLERK):
        clerk = cast.one(desk_id, Role.CLERK, 0)
        if clerk is None:
            continue
        for office_id, _, _ in sorted(new_delivery(actor=clerk, to_unit_id=None, dossier_ids=[], now=now).waiting):
            rows = new_delivery(actor=clerk, to_unit_id=office_id, dossier_ids=[], now=now).rows[:LINES]
            ids = [row.pk for row in rows]
            delivery = hand_over_batch(actor=clerk, to_unit_id=office_id, dossier_ids=ids, now=now)
            _confirm(delivery, cast.one(office_id, Role.OFFICER, delivery.number), now)


def _confirm(delivery: DeliveryList, receiver: Actor | None, now: datetime) -> None:
    if receiver is None or delivery.pk % CONFIRMED_EVERY:
        return
    lines = list(delivery.lines.values_list("pk", flat=True))
    found = lines[:-1] if len(lines) > LINES // 2 else lines
    confirm_delivery(actor=receiver, delivery_list_id=delivery.pk, line_ids=found, now=now)


def give_work_on(cast: Cast, *, now: datetime) -> None:
    """The officer with most open work in a unit with a leader and a colleague moves on; once in the play."""
    if Reassignment.objects.exists():
        return
    held = StepRun.objects.filter(state__in=STEP_OPEN, role=Role.OFFICER, officer__isnull=False)
    counts = held.values_list("unit_id", "officer_id").annotate(count=Count("dossier_id", distinct=True))
    for unit_id, officer_id, count in counts.order_by("-count", "unit_id", "officer_id"):
        leader, other = cast.one(unit_id, Role.LEADER, 0), cast.colleague(unit_id, Role.OFFICER, officer_id or 0)
        if count < LEFT_WORK_MIN or leader is None or other is None or other.user_id is None:
            continue
        order = order_reassignment(
            actor=leader,
            from_user_id=officer_id,
            to_user_ids=[other.user_id],
            reason="Được điều động sang đơn vị khác.",
            now=now,
        )
        run_reassignment(reassignment_id=order.pk, now=now)
        return
