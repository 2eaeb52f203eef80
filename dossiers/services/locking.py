"""The first two steps of every act on a dossier: lock the row, then check right, move, unit, holder and version."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dossiers.constants import StepState
from dossiers.models import Dossier, DossierEvent, StepRun
from dossiers.permissions import RIGHT_OF
from dossiers.rules.lifecycle import Command, check_move, stands_in
from haddong_portal.accounts.models import User
from haddong_portal.common.actors import Actor
from haddong_portal.common.dates import moment_text
from haddong_portal.common.errors import Conflict, NotAllowed, NotFound


@dataclass(frozen=True)
class InHand:
    """A locked dossier that the actor may act on, its open run, and the state it was found in."""

    dossier: Dossier
    run: StepRun
    from_status: str


def lock_dossier(*, actor: Actor, command: Command, dossier_id: int) -> InHand:
    """Lock and check; inside a transaction.

    Raises NotAllowed without the right or for another unit's step (dossier.other_unit), NotFound for a dossier the
    actor cannot see, DomainError dossier.illegal_move.
    """
    actor.require(RIGHT_OF[command])
    rows = Dossier.objects.visible_to(actor).select_for_update(no_key=True, of=("self",))
    dossier = rows.filter(pk=dossier_id).first()
    if dossier is None:
        raise NotFound("Không tìm thấy hồ sơ này.", code="dossier.not_found")
    check_move(command, dossier.status)
    if dossier.owner_unit_id not in actor.unit_ids:
        raise NotAllowed("Hồ sơ đang ở bước của đơn vị khác.", code="dossier.other_unit")
    run = StepRun.objects.select_related("step").get(dossier=dossier, run_no=dossier.current_run_no or 0)
    return InHand(dossier, run, dossier.status)


def lock_where(
    *, actor: Actor, command: Command, dossier_id: int, fits: Callable[[Actor, Dossier], bool], refusal: str
) -> Dossier:
    """Lock a dossier for an act that does not belong to whoever holds the open step (the desk's, a leader's).

    `fits` says whether it is this actor's to do; `refusal` is told when it is not (dossier.other_unit). Otherwise as
    `lock_dossier`.
    """
    actor.require(RIGHT_OF[command])
    rows = Dossier.objects.visible_to(actor).select_for_update(no_key=True, of=("self",))
    dossier = rows.filter(pk=dossier_id).first()
    if dossier is None:
        raise NotFound("Không tìm thấy hồ sơ này.", code="dossier.not_found")
    check_move(command, dossier.status)
    if not fits(actor, dossier):
        raise NotAllowed(refusal, code="dossier.other_unit")
    return dossier


def open_run(dossier: Dossier) -> StepRun | None:
    """The open run of the lead line, None when no step is open."""
    if dossier.current_run_no is None:
        return None
    return StepRun.objects.select_related("step").get(dossier=dossier, run_no=dossier.current_run_no)


def hold(in_hand: InHand, actor: Actor, row_version: int | None = None) -> None:
    """The step must be the actor's, or nobody's and of the actor's role; an act on a free step takes it.

    Raises Conflict dossier.taken, NotAllowed dossier.wrong_role, Conflict dossier.changed when `row_version` is stale.
    """
    dossier = in_hand.dossier
    if dossier.officer_id is not None and dossier.officer_id != actor.user_id:
        raise taken(dossier.officer_id)
    if dossier.officer_id is None and not stands_in(actor.role, dossier.current_role):
        raise wrong_role(in_hand.run)
    refuse_stale(dossier, row_version)


def taken(officer_id: int) -> Conflict:
    """Somebody else has it, and who."""
    name = User.objects.filter(pk=officer_id).values_list("full_name", flat=True).first() or "người khác"
    return Conflict("dossier.taken", f"{name} đã nhận việc này.", data={"officer_name": name})


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
    last = DossierEvent.objects.filter(dossier=dossier).order_by("-id").first()
    who, when = (last.actor_name, moment_text(last.at)) if last else ("người khác", "")
    raise Conflict(
        "dossier.changed",
        f"Hồ sơ vừa được {who} xử lý lúc {when}. Xin xem lại rồi làm tiếp.",
        data={"by": who, "at": last.at.isoformat() if last else None, "row_version": dossier.row_version},
    )
