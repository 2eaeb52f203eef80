"""The first two steps of every act on a dossier: lock the row, then check right, move, unit, holder and version."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from dossiers.constants import EventKind, StepState
from dossiers.models import Dossier, DossierEvent, StepRun
from dossiers.permissions import RIGHT_OF
from dossiers.rules.lifecycle import Command, check_move, stands_in
from haddong_portal.accounts.models import User
from haddong_portal.common.actors import Actor
from haddong_portal.common.dates import moment_text
from haddong_portal.common.errors import Conflict, DomainError, NotAllowed, NotFound
from haddong_portal.common.prepared import PreparedModels
from procedures.rules.process_path import LEAD

# Acts that name somebody for a step that is open already.
NAMING = (EventKind.FORWARDED, EventKind.REASSIGNED)


@dataclass(frozen=True)
class InHand:
    """A locked dossier that the actor may act on, its open run, and the state it was found in."""

    dossier: Dossier
    run: StepRun
    from_status: str


def lock_dossier(*, actor: Actor, command: Command, dossier_id: int) -> InHand:
    """Lock and check; inside a transaction.

    Raises NotAllowed without the right or for another unit's step (dossier.other_unit), Conflict dossier.moved for one
    that has left the actor's unit, NotFound for a dossier the actor cannot see, DomainError dossier.illegal_move.
    """
    actor.require(RIGHT_OF[command])
    dossier = lock_visible(actor, dossier_id)
    check_state(command, dossier)
    if dossier.owner_unit_id not in actor.unit_ids:
        raise _not_here(actor, dossier)
    (run,) = _runs(dossier_id=dossier.pk, run_no=dossier.current_run_no or 0)
    return InHand(dossier, run, dossier.status)


def lock_where(
    *, actor: Actor, command: Command, dossier_id: int, fits: Callable[[Actor, Dossier], bool], refusal: str
) -> Dossier:
    """Lock a dossier for an act that does not belong to whoever holds the open step (the desk's, a leader's).

    `fits` says whether it is this actor's to do; `refusal` is told when it is not (dossier.other_unit). Otherwise as
    `lock_dossier`.
    """
    actor.require(RIGHT_OF[command])
    dossier = lock_visible(actor, dossier_id)
    check_state(command, dossier)
    if not fits(actor, dossier):
        raise NotAllowed(refusal, code="dossier.other_unit")
    return dossier


def _not_here(actor: Actor, dossier: Dossier) -> DomainError:
    """The dossier stands in another unit. A unit that had it before has lost a race: who moved it, when and where to
    (Conflict dossier.moved); anybody else never had it (NotAllowed dossier.other_unit)."""
    held = StepRun.objects.filter(dossier=dossier, unit_id__in=actor.unit_ids, branch=LEAD)
    had_it = any(stands_in(actor.role, role) for role in held.values_list("role", flat=True))
    if dossier.owner_unit_id in actor.unit_ids or not had_it:
        return NotAllowed("Hồ sơ đang ở bước của đơn vị khác.", code="dossier.other_unit")
    by, at = _last_move(dossier)
    told = f"{by} đã chuyển lúc {moment_text(at)}" if at else f"{by} đã chuyển đi"
    return Conflict(
        "dossier.moved",
        f"Hồ sơ đang ở {dossier.owner_unit.short_name}; {told}.",
        data={"by": by, "at": at.isoformat() if at else None, "unit": dossier.owner_unit.short_name},
    )


def lock_visible(actor: Actor, dossier_id: int) -> Dossier:
    """The row, locked, nothing else checked; NotFound dossier.not_found for what the actor cannot see.

    Most actors have one unit: that statement is kept.
    """
    units = sorted(actor.unit_ids)
    if actor.sees_all_units or len(units) != 1:
        found = list(_to_lock(Dossier.objects.visible_to(actor).filter(pk=dossier_id)))
    else:
        found = _in_unit(unit_id=units[0], dossier_id=dossier_id)
    if not found:
        raise NotFound("Không tìm thấy hồ sơ này.", code="dossier.not_found")
    return found[0]


def _to_lock(rows: QuerySet[Dossier]) -> QuerySet[Dossier]:
    return rows.select_for_update(no_key=True, of=("self",))


def _visible_in(unit_id: int) -> QuerySet[Dossier]:
    rows: QuerySet[Dossier] = Dossier.objects.visible_to(Actor(name="", unit_ids=frozenset({unit_id})))
    return rows


_in_unit = PreparedModels(
    lambda unit_id, dossier_id: _to_lock(_visible_in(unit_id).filter(pk=dossier_id)),
    unit_id=-7_000_001,
    dossier_id=-7_000_002,
)
_runs = PreparedModels(
    lambda dossier_id, run_no: StepRun.objects.select_related("step").filter(dossier=dossier_id, run_no=run_no),
    dossier_id=-7_000_001,
    run_no=30_001,  # a small number above zero: any other is known to find nothing
)


def current_run(dossier: Dossier) -> StepRun | None:
    """The open run of the lead line, None when no step is open."""
    if dossier.current_run_no is None:
        return None
    (run,) = _runs(dossier_id=dossier.pk, run_no=dossier.current_run_no)
    return run


def hold(in_hand: InHand, actor: Actor, row_version: int | None = None) -> None:
    """The step must be the actor's, or nobody's and of the actor's role; an act on a free step takes it.

    Raises Conflict dossier.taken, Conflict dossier.changed when `row_version` is stale, NotAllowed dossier.wrong_role.
    """
    dossier = in_hand.dossier
    if dossier.officer_id is not None and dossier.officer_id != actor.user_id:
        raise taken(in_hand.run)
    # Whoever saw an older step is told who moved it on, not that the new one is not theirs.
    refuse_stale(dossier, row_version)
    if dossier.officer_id is None and not stands_in(actor.role, dossier.current_role):
        raise wrong_role(in_hand.run)


def check_state(command: Command, dossier: Dossier) -> None:
    """`check_move` on a locked dossier; its refusal also tells who acted last, and when."""
    try:
        check_move(command, dossier.status)
    except DomainError as refusal:
        by, at = _last_act(dossier)
        told = f" {by} xử lý lần cuối lúc {moment_text(at)}." if at else ""
        data = {**refusal.data, "by": by, "at": at.isoformat() if at else None}
        raise DomainError(refusal.code, refusal.message + told, status=refusal.status, data=data) from None


def taken(run: StepRun) -> Conflict:
    """Somebody else has the step: who, and since when."""
    name = User.objects.filter(pk=run.officer_id or 0).values_list("full_name", flat=True).first() or "người khác"
    at, came = (run.taken_at, "đã nhận") if run.taken_at else (_handed_at(run), "được giao")
    return Conflict(
        "dossier.taken", f"{name} {came} việc này lúc {moment_text(at)}.", data={"by": name, "at": at.isoformat()}
    )


def _handed_at(run: StepRun) -> datetime:
    """When its holder was named: with the step, or by a colleague later."""
    named = DossierEvent.objects.filter(dossier_id=run.dossier_id, kind__in=NAMING)
    return max([run.handed_at, *named.order_by("-id").values_list("at", flat=True)[:1]])


def wrong_role(run: StepRun) -> NotAllowed:
    """The step waits for another role."""
    return NotAllowed(f"Bước “{run.name}” dành cho {run.get_role_display().lower()}.", code="dossier.wrong_role")


def is_worked_on(run: StepRun) -> bool:
    """Whether somebody has taken the run, not only been named for it."""
    return run.state == StepState.WORKING


def refuse_stale(dossier: Dossier, row_version: int | None) -> None:
    """Conflict dossier.changed, with who and when, unless the caller saw the row as it is now."""
    if row_version is None or row_version == dossier.row_version:
        return
    by, at = _last_act(dossier)
    raise Conflict(
        "dossier.changed",
        f"Hồ sơ vừa được {by} xử lý lúc {moment_text(at) if at else ''}. Xin xem lại rồi làm tiếp.",
        data={"by": by, "at": at.isoformat() if at else None, "row_version": dossier.row_version},
    )


def _last_act(dossier: Dossier) -> tuple[str, datetime | None]:
    """Who acted last, and when."""
    last = DossierEvent.objects.filter(dossier=dossier).order_by("-id").values_list("actor_name", "at").first()
    return last or ("người khác", None)


def _last_move(dossier: Dossier) -> tuple[str, datetime | None]:
    """Who handed the dossier to the unit it stands in, and when: the last act of another unit."""
    acts = DossierEvent.objects.filter(dossier=dossier).exclude(unit_id=dossier.owner_unit_id)
    return acts.order_by("-id").values_list("actor_name", "at").first() or _last_act(dossier)
