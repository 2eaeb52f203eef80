"""Hand many dossiers to another unit at once, on one list that both sign (NĐ 61/2018 art. 18).

What the actor's unit holds and whose next step is the other unit's is passed on; what stands there already, untaken,
goes along as paper. All or nothing: the printed list must be what is carried. Writes the runs, one DeliveryList with
its lines, events, a message to the receiving unit; the list's number comes last and is gapless.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.urls import reverse

from dossiers.constants import EventKind, StepState
from dossiers.models import DeliveryLine, DeliveryList, Dossier, StepRun
from dossiers.permissions import RIGHT_OF
from dossiers.rules.delivering import LINES_MAX
from dossiers.rules.lifecycle import Command, check_step
from dossiers.selectors.processes import process_plan
from dossiers.services.finish_step import finish_step
from dossiers.services.lateness import NOT_SAID, Lateness
from dossiers.services.locking import check_state
from dossiers.services.recording import record_event
from dossiers.services.saving import save_columns
from dossiers.services.standing import places_of
from dossiers.services.telling_units import speaker_of
from haddong_portal.accounts.models import Unit
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import Conflict, DomainError, NotAllowed, NotFound
from haddong_portal.notices.constants import NoticeEvent
from haddong_portal.notices.services.queue_staff_notice import queue_staff_notice
from haddong_portal.plumbing.services.next_number import next_number

TOLD_MAX = 3


@transaction.atomic
def hand_over_batch(
    *,
    actor: Actor,
    to_unit_id: int,
    dossier_ids: Sequence[int],
    note: str = "",
    late: Lateness = NOT_SAID,
    now: datetime | None = None,
) -> DeliveryList:
    """The list. `late` is the reason for steps that end late. Raises DomainError delivery.empty, .too_many,
    .same_unit, .unit_unknown, or delivery.refused naming each dossier that cannot go and why; nothing goes then."""
    actor.require(RIGHT_OF[Command.DELIVER])
    moment = clock.local(now or clock.now())
    to_unit = _checked(actor, to_unit_id, dossier_ids, moment)
    dossiers, steps, refused = _locked(actor, dossier_ids), {}, []
    for pk in dict.fromkeys(dossier_ids):
        try:
            if pk not in dossiers:
                raise NotFound("Không tìm thấy hồ sơ này.", code="dossier.not_found")
            with transaction.atomic():
                steps[pk] = _send(dossiers[pk], to_unit, actor, late, moment)
        except DomainError as refusal:
            refused.append((dossiers[pk].code if pk in dossiers else "", refusal))
    if refused:
        raise _refusal(refused)
    delivery = _write(actor, to_unit, steps, note, moment)
    for pk in steps:
        _record(dossiers[pk], delivery, to_unit, actor, moment)
    _tell(delivery, to_unit, len(steps), actor, moment)
    return delivery


def _checked(actor: Actor, to_unit_id: int, dossier_ids: Sequence[int], now: datetime) -> Unit:
    if not dossier_ids:
        raise DomainError("delivery.empty", "Chưa chọn hồ sơ nào để bàn giao.", "dossier_ids")
    if len(set(dossier_ids)) > LINES_MAX:
        raise DomainError("delivery.too_many", f"Mỗi danh sách nhiều nhất {LINES_MAX} hồ sơ.", "dossier_ids")
    if to_unit_id == actor.unit_id:
        raise DomainError("delivery.same_unit", "Bên nhận phải là đơn vị khác.", "to_unit_id")
    unit = Unit.objects.valid_on(now.date()).filter(pk=to_unit_id).first()
    if unit is None:
        raise DomainError("delivery.unit_unknown", "Đơn vị được chọn không còn hoạt động.", "to_unit_id")
    return unit


def _locked(actor: Actor, dossier_ids: Sequence[int]) -> dict[int, Dossier]:
    """Locked in the order of their ids, so that two lists never wait for each other."""
    rows = Dossier.objects.visible_to(actor).filter(pk__in=list(dossier_ids)).order_by("id")
    return {row.pk: row for row in rows.select_for_update(no_key=True, of=("self",))}


def _send(dossier: Dossier, to_unit: Unit, actor: Actor, late: Lateness, now: datetime) -> str:
    """Pass the step on, or take along what stands there already; the name of the step at the receiving unit."""
    check_state(Command.DELIVER, dossier)
    if dossier.owner_unit_id in actor.unit_ids:
        _check_next(dossier, to_unit)
        event = finish_step(
            actor=actor, dossier_id=dossier.pk, note=f"Bàn giao cho {to_unit.short_name}", late=late, now=now
        )
        return str(event.data["next_step"])
    if dossier.owner_unit_id != to_unit.pk:
        raise NotAllowed("Hồ sơ đang ở đơn vị khác.", code="dossier.other_unit")
    return _stands_there(dossier, actor)


def _check_next(dossier: Dossier, to_unit: Unit) -> None:
    """The next step of the process is the receiving unit's."""
    run = StepRun.objects.select_related("step").get(dossier=dossier, run_no=dossier.current_run_no or 0)
    check_step(Command.FINISH_STEP, run.action)
    step = process_plan(dossier.iso_process_id).following(run.step.sequence)
    if step is None or places_of(dossier).of(step) != to_unit.pk:
        raise Conflict("delivery.not_next", f"Bước tiếp theo của hồ sơ không thuộc {to_unit.short_name}.")


def _stands_there(dossier: Dossier, actor: Actor) -> str:
    """Passed on by the actor's unit, not yet taken, and on no list since."""
    runs = StepRun.objects.filter(dossier=dossier, branch=0)
    run = runs.get(run_no=dossier.current_run_no or 0)
    before = runs.filter(run_no__lt=run.run_no).order_by("-run_no").first()
    if before is None or before.unit_id not in actor.unit_ids:
        raise NotAllowed("Hồ sơ không do đơn vị ông/bà chuyển đến.", code="dossier.other_unit")
    if run.state != StepState.WAITING:
        raise Conflict("delivery.taken", "Bên nhận đã nhận việc này rồi.")
    if DeliveryLine.objects.filter(dossier=dossier, delivery_list__handed_at__gte=run.handed_at).exists():
        raise Conflict("delivery.on_list", "Hồ sơ đã có trong một danh sách bàn giao.")
    return run.name


def _refusal(refused: Sequence[tuple[str, DomainError]]) -> DomainError:
    """Every dossier that cannot go, with its reason."""
    told = "; ".join(f"{code or 'hồ sơ không rõ mã'}: {one.message}" for code, one in refused[:TOLD_MAX])
    more = f" và {len(refused) - TOLD_MAX} hồ sơ khác" if len(refused) > TOLD_MAX else ""
    return DomainError(
        "delivery.refused",
        f"Chưa bàn giao hồ sơ nào, vì có {len(refused)} hồ sơ không đi cùng được. {told}{more}",
        "dossier_ids",
        status=409,
        data={"lines": [{"code": code, "reason": one.code, "message": one.message} for code, one in refused]},
    )


def _write(actor: Actor, to_unit: Unit, steps: dict[int, str], note: str, now: datetime) -> DeliveryList:
    """The numbered list; the counter row stays locked until commit."""
    from_unit_id = actor.unit_id or 0
    number = next_number(kind="delivery", holder=str(from_unit_id), period=f"{now:%Y}")
    delivery = DeliveryList(
        from_unit_id=from_unit_id,
        to_unit=to_unit,
        year=now.year,
        number=number,
        handed_by_id=actor.user_id or 0,
        handed_at=now,
        note=note.strip()[:500],
    )
    delivery.save(force_insert=True)
    DeliveryLine.objects.bulk_create(
        DeliveryLine(delivery_list=delivery, dossier_id=pk, position=position, step_name=step)
        for position, (pk, step) in enumerate(steps.items(), start=1)
    )
    return delivery


def _record(dossier: Dossier, delivery: DeliveryList, to_unit: Unit, actor: Actor, now: datetime) -> None:
    dossier.refresh_from_db(fields=["status", "row_version"])
    save_columns(dossier, [], now=now)
    record_event(
        dossier=dossier,
        kind=EventKind.DELIVERED,
        actor=actor,
        at=now,
        from_status=dossier.status,
        note=f"Danh sách số {delivery.number}/{delivery.year}, bên nhận {to_unit.short_name}",
        data={"delivery_list_id": delivery.pk, "number": delivery.number, "to_unit_id": to_unit.pk},
    )


def _tell(delivery: DeliveryList, to_unit: Unit, count: int, actor: Actor, now: datetime) -> None:
    user_id = speaker_of(to_unit.pk, now)
    if user_id is None:
        return
    queue_staff_notice(
        user_id=user_id,
        reference=f"delivery:{delivery.pk}",
        rule="delivery_sent",
        event=NoticeEvent.DELIVERY_SENT,
        facts={
            "count": str(count),
            "unit": actor.unit_name,
            "link": reverse("dossiers:delivery", args=[delivery.pk]),
        },
        unit_id=to_unit.pk,
        now=now,
    )
