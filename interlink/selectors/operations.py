"""The operations page: how each agency answers, and everything that stands still with the reason and the way on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError
from haddong_portal.common.web.looks import Look
from interlink.constants import COUNTED_LEGS, ENDED_LEGS, LegState, MessageState, Transport
from interlink.models import Agency, AgencyMessage, Leg, LinkedCase
from interlink.selectors.leg_lines import LEG_LOOKS
from interlink.selectors.message_log import GIVEN_UP, MESSAGE_LOOKS

KINDS = ("dead", "retry", "held", "late", "unacknowledged")
PAGE_ROWS = 50
UP = Look("Thông", "circle-check", "ok")
SHAKY = Look("Chập chờn", "alert-triangle", "warn")
DOWN = Look("Tạm ngừng gửi", "player-pause-filled", "late")
BY_PAPER = Look("Phiếu giấy", "printer", "none")
OWN = Look("Tại đơn vị", "building", "none")
OFF = Look("Không dùng", "circle-x", "none")


@dataclass(frozen=True, slots=True)
class AgencyHealth:
    """One agency: its connection, and what waits there."""

    agency: Agency
    look: Look
    pending: int
    open: int
    dead: int
    late: int


@dataclass(frozen=True, slots=True)
class StandingRow:
    """One thing that stands still: a message that cannot leave, or a leg."""

    key: str
    code: str
    leg: Leg
    what: str
    why: str
    look: Look
    since: datetime | None
    message: AgencyMessage | None = None


@dataclass(frozen=True, slots=True)
class OperationsPage:
    """`counts` by kind, stopped at 501."""

    agencies: list[AgencyHealth]
    rows: list[StandingRow]
    next_cursor: str | None
    counts: Mapping[str, int]


def operations_page(*, actor: Actor, kind: str, cursor: str | None, now: datetime) -> OperationsPage:
    """`kind` is one of KINDS; of the cases that the actor may see."""
    cases = LinkedCase.objects.visible_to(actor).values("pk")
    messages = AgencyMessage.objects.filter(leg__case__in=cases)
    legs = Leg.objects.filter(case__in=cases)
    rows = _message_rows(messages, kind, cursor) if kind in ("dead", "retry") else _leg_rows(legs, kind, cursor, now)
    counts = {one: _count(messages, legs, one, now) for one in KINDS}
    shown = rows[:PAGE_ROWS]
    following = shown[-1].key if len(rows) > PAGE_ROWS else None
    return OperationsPage(_health(legs, messages, now), shown, following, counts)


def _messages_of(messages: QuerySet[AgencyMessage], kind: str) -> QuerySet[AgencyMessage]:
    if kind == "dead":
        return messages.filter(state__in=GIVEN_UP)
    return messages.filter(state__in=[MessageState.PENDING, MessageState.SENT], attempts__gt=0)


def _legs_of(legs: QuerySet[Leg], kind: str, now: datetime) -> QuerySet[Leg]:
    if kind == "held":
        return legs.filter(state__in=[LegState.HELD, LegState.RETURNED, LegState.SUPPLEMENT])
    if kind == "late":
        return legs.filter(state__in=COUNTED_LEGS, due_at__lt=now)
    return legs.filter(state__in=[LegState.READY, LegState.SENT], ack_due_at__lt=now)


def _message_rows(messages: QuerySet[AgencyMessage], kind: str, cursor: str | None) -> list[StandingRow]:
    rows = _messages_of(messages, kind).select_related("agency", "leg__case", "leg__agency")
    rows = rows.defer("payload", "receipt", "leg__result", "leg__case__declaration").order_by("id")
    found = rows.filter(id__gt=_after_message(cursor)) if cursor else rows
    return [
        StandingRow(
            key=str(row.pk),
            code=row.leg.case.code,
            leg=row.leg,
            what=str(row.get_kind_display()),
            why=row.last_error or "chưa gửi được",
            look=MESSAGE_LOOKS[row.state],
            since=row.created_at,
            message=row,
        )
        for row in found[: PAGE_ROWS + 1]
    ]


def _leg_rows(legs: QuerySet[Leg], kind: str, cursor: str | None, now: datetime) -> list[StandingRow]:
    rows = _legs_of(legs, kind, now).select_related("case__version", "agency")
    rows = rows.defer("result", "case__declaration").order_by("id")
    found = rows.filter(id__gt=_after(cursor)) if cursor else rows
    return [
        StandingRow(
            key=str(leg.pk),
            code=leg.case.code,
            leg=leg,
            what=leg.get_clock_of_display() or "",
            why=_why(leg, kind),
            look=LEG_LOOKS[leg.state],
            since=_since(leg, kind),
        )
        for leg in found[: PAGE_ROWS + 1]
    ]


def _why(leg: Leg, kind: str) -> str:
    words = {"late": "đã quá hạn của việc", "unacknowledged": "cơ quan chưa xác nhận tiếp nhận trong thời hạn"}
    return words.get(kind) or leg.reason or "chưa ghi lý do"


def _since(leg: Leg, kind: str) -> datetime | None:
    return {"late": leg.due_at, "unacknowledged": leg.ack_due_at}.get(kind, leg.sent_at or leg.started_at)


def _count(messages: QuerySet[AgencyMessage], legs: QuerySet[Leg], kind: str, now: datetime) -> int:
    rows: QuerySet[Any] = _messages_of(messages, kind) if kind in ("dead", "retry") else _legs_of(legs, kind, now)
    return int(rows.order_by().values("pk")[:501].count())


def _health(legs: QuerySet[Leg], messages: QuerySet[AgencyMessage], now: datetime) -> list[AgencyHealth]:
    late = Count("pk", filter=Q(state__in=COUNTED_LEGS, due_at__lt=now))
    by_leg = legs.exclude(state__in=ENDED_LEGS).order_by().values("agency").annotate(open=Count("pk"), late=late)
    waiting = Count("pk", filter=Q(state__in=[MessageState.PENDING, MessageState.SENT]))
    given_up = Count("pk", filter=Q(state__in=GIVEN_UP))
    living = messages.exclude(state__in=[MessageState.ACKNOWLEDGED, MessageState.WITHDRAWN]).order_by()
    by_message = living.values("agency").annotate(pending=waiting, dead=given_up)
    of_legs = {row["agency"]: row for row in by_leg}
    of_messages = {row["agency"]: row for row in by_message}
    none: dict[str, int] = {}
    return [
        AgencyHealth(
            agency=agency,
            look=agency_look(agency, now),
            pending=of_messages.get(agency.pk, none).get("pending", 0),
            open=of_legs.get(agency.pk, none).get("open", 0),
            dead=of_messages.get(agency.pk, none).get("dead", 0),
            late=of_legs.get(agency.pk, none).get("late", 0),
        )
        for agency in Agency.objects.order_by("name")
    ]


def agency_look(agency: Agency, now: datetime) -> Look:
    """How the connection stands."""
    if not agency.is_active:
        return OFF
    if agency.transport == Transport.PAPER:
        return BY_PAPER
    if agency.transport == Transport.OWN:
        return OWN
    if agency.paused_until and agency.paused_until > now:
        return DOWN
    return SHAKY if agency.failures_in_row else UP


def _after(cursor: str) -> int:
    try:
        return int(cursor)
    except ValueError:
        raise _bad_cursor() from None


def _after_message(cursor: str) -> UUID:
    try:
        return UUID(cursor)
    except ValueError:
        raise _bad_cursor() from None


def _bad_cursor() -> DomainError:
    return DomainError("list.bad_cursor", "Trang này không còn, xin mở lại danh sách từ đầu.")
