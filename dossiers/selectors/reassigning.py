"""What a leader needs to give work to others: who holds how much, who may take it, and how an order goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from dossiers.constants import STEP_OPEN
from dossiers.models import Reassignment, ReassignmentLine, StepRun
from haddong_portal.accounts.models import Post
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import NotFound

State = ReassignmentLine.State
RECENT = 8


@dataclass(frozen=True)
class Holder:
    """A person with open work in the unit; `has_left` when they hold no post there today."""

    user_id: int
    name: str
    count: int
    has_left: bool


@dataclass(frozen=True)
class ReassignPage:
    """The order's form: who has work, who may get it (id, name and title), and what was chosen in the work list."""

    holders: list[Holder]
    receivers: list[tuple[int, str]]
    chosen: list[tuple[int, str, str]]
    recent: list[Reassignment]


@dataclass(frozen=True)
class OrderReport:
    """How far an order is, and every dossier that was not moved with the reason."""

    order: Reassignment
    moved: int
    refused: int
    by_receiver: list[tuple[str, int]]
    not_moved: list[ReassignmentLine]

    @property
    def done(self) -> int:
        return self.moved + self.refused


def reassign_page(*, actor: Actor, dossier_ids: Sequence[int], now: datetime) -> ReassignPage:
    """For the actor's unit. Leavers stand first, then whoever has most."""
    posts = Post.objects.held_on(now.date()).filter(unit_id=actor.unit_id or 0, user__is_active=True)
    held = list(posts.order_by("user__full_name").values_list("user_id", "user__full_name", "title"))
    here = {user_id for user_id, _, _ in held}
    runs = StepRun.objects.filter(unit_id=actor.unit_id or 0, state__in=STEP_OPEN, officer__isnull=False)
    counts = runs.values("officer_id", "officer__full_name").annotate(count=Count("dossier_id", distinct=True))
    holders = [
        Holder(row["officer_id"], row["officer__full_name"], row["count"], row["officer_id"] not in here)
        for row in counts
    ]
    return ReassignPage(
        holders=sorted(holders, key=lambda one: (not one.has_left, -one.count, one.name)),
        receivers=list({user_id: (user_id, f"{name}, {title}") for user_id, name, title in held}.values()),
        chosen=_chosen(actor, dossier_ids),
        recent=list(
            Reassignment.objects.filter(unit_id=actor.unit_id or 0).select_related("from_user", "ordered_by")[:RECENT]
        ),
    )


def _chosen(actor: Actor, dossier_ids: Sequence[int]) -> list[tuple[int, str, str]]:
    """The chosen dossiers with open work in the unit: id, code, who holds it."""
    if not dossier_ids:
        return []
    runs = StepRun.objects.filter(unit_id=actor.unit_id or 0, state__in=STEP_OPEN, dossier_id__in=list(dossier_ids))
    rows = runs.order_by("dossier_id", "branch").values_list("dossier_id", "dossier__code", "officer__full_name")
    return list({pk: (pk, code, name or "chưa có người nhận") for pk, code, name in rows}.values())


def order_report(*, actor: Actor, reassignment_id: int) -> OrderReport:
    """NotFound reassign.not_found for another unit's order."""
    orders = Reassignment.objects.select_related("from_user", "ordered_by", "unit").filter(unit_id__in=actor.unit_ids)
    order = orders.filter(pk=reassignment_id).first()
    if order is None:
        raise NotFound("Không tìm thấy lượt giao lại này.", code="reassign.not_found")
    lines = ReassignmentLine.objects.filter(reassignment=order)
    counts = lines.aggregate(
        moved=Count("id", filter=Q(state=State.MOVED)), refused=Count("id", filter=Q(state=State.REFUSED))
    )
    moved = lines.filter(state=State.MOVED).values_list("to_user__full_name")
    return OrderReport(
        order=order,
        moved=counts["moved"],
        refused=counts["refused"],
        by_receiver=list(moved.annotate(count=Count("id")).order_by("to_user__full_name")),
        not_moved=list(lines.filter(state=State.REFUSED).select_related("dossier", "from_user").order_by("id")),
    )
