"""A clerk's day in figures: received, handed back, collected by kind and method; the sheets already signed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import F

from dossiers.constants import ChargeKind, EventKind, PaymentMethod
from dossiers.models import DayEnd, Dossier, DossierEvent, Payment
from haddong_portal.accounts.constants import Role
from haddong_portal.common.actors import Actor
from haddong_portal.common.clock import VIETNAM
from procedures.constants import Channel

SHEETS_SHOWN = 30
COUNTED = (
    (EventKind.HANDED_OVER, "Hồ sơ đã trả kết quả"),
    (EventKind.SUPPLEMENT_RECEIVED, "Lượt tiếp nhận bổ sung"),
    (EventKind.RESULT_RECORDED, "Kết quả đã nhận về"),
)


@dataclass(frozen=True)
class ReceiptLine:
    """One receipt of the day, voided ones too."""

    id: int
    receipt_no: int
    dossier_code: str
    payer_name: str
    kind: str
    kind_label: str
    method: str
    method_label: str
    amount_vnd: int
    paid_at: datetime
    voided_at: datetime | None
    void_reason: str


@dataclass(frozen=True)
class TotalLine:
    """Receipts that hold, by kind and method."""

    kind_label: str
    method_label: str
    count: int
    amount_vnd: int


@dataclass(frozen=True)
class DayFigures:
    """What the books say of one clerk's day."""

    counts: list[tuple[str, int]]
    receipts: list[ReceiptLine]
    totals: list[TotalLine]
    cash_vnd: int

    @property
    def payment_ids(self) -> list[int]:
        return [line.id for line in self.receipts]

    @property
    def total_vnd(self) -> int:
        return sum(line.amount_vnd for line in self.totals)

    def to_json(self) -> dict[str, object]:
        """What the signed sheet keeps: counts and totals; the receipts are tied to it as rows."""
        return {
            "counts": [[label, count] for label, count in self.counts],
            "totals": [[line.kind_label, line.method_label, line.count, line.amount_vnd] for line in self.totals],
        }


def day_bounds(day: date) -> tuple[datetime, datetime]:
    """From midnight to midnight, Vietnamese time."""
    start = datetime.combine(day, time(0), tzinfo=VIETNAM)
    return start, start + timedelta(days=1)


def day_figures(*, unit_id: int, clerk_id: int, day: date) -> DayFigures:
    """Three statements."""
    receipts = _receipts(unit_id, clerk_id, day)
    valid = [line for line in receipts if line.voided_at is None]
    return DayFigures(
        counts=_counts(unit_id, clerk_id, day),
        receipts=receipts,
        totals=_totals(valid),
        cash_vnd=sum(line.amount_vnd for line in valid if line.method == PaymentMethod.CASH),
    )


def sheets_of(actor: Actor, *, limit: int = SHEETS_SHOWN) -> list[DayEnd]:
    """The own signed sheets; the head of the desk sees everybody's. Newest first."""
    rows = DayEnd.objects.filter(unit__in=actor.unit_ids).select_related("clerk")
    if actor.role != Role.ONE_STOP_HEAD:
        rows = rows.filter(clerk=actor.user_id)
    return list(rows.order_by("-day", "-signed_at")[:limit])


def sheet_on(actor: Actor, day: date) -> DayEnd | None:
    """The own sheet of that day."""
    return DayEnd.objects.filter(unit=actor.unit_id, clerk=actor.user_id, day=day).first()


def open_drawers(actor: Actor, day: date) -> list[dict[str, Any]]:
    """For the head: who collected on `day` and has not signed, with the sum; empty for everybody else."""
    if actor.role != Role.ONE_STOP_HEAD:
        return []
    start, end = day_bounds(day)
    rows = Payment.objects.filter(unit__in=actor.unit_ids, paid_at__gte=start, paid_at__lt=end, day_end__isnull=True)
    found: dict[str, dict[str, Any]] = {}
    for name, amount_vnd, voided_at in rows.values_list("collected_by__full_name", "amount_vnd", "voided_at"):
        line = found.setdefault(name, {"name": name, "count": 0, "amount_vnd": 0})
        line["count"] += 1
        line["amount_vnd"] += 0 if voided_at else amount_vnd
    return sorted(found.values(), key=lambda line: str(line["name"]))


def _receipts(unit_id: int, clerk_id: int, day: date) -> list[ReceiptLine]:
    start, end = day_bounds(day)
    rows = Payment.objects.filter(unit=unit_id, collected_by=clerk_id, paid_at__gte=start, paid_at__lt=end)
    fields = rows.order_by("year", "receipt_no").values(
        *("id", "receipt_no", "method", "amount_vnd", "paid_at", "voided_at", "void_reason"),
        kind=F("charge__kind"),
        dossier_code=F("charge__dossier__code"),
        payer_name=F("charge__dossier__applicant_name"),
    )
    return [
        ReceiptLine(
            **row, kind_label=str(ChargeKind(row["kind"]).label), method_label=str(PaymentMethod(row["method"]).label)
        )
        for row in fields
    ]


def _counts(unit_id: int, clerk_id: int, day: date) -> list[tuple[str, int]]:
    start, end = day_bounds(day)
    received = Dossier.objects.filter(
        receiving_unit=unit_id, received_by=clerk_id, accepted_at__gte=start, accepted_at__lt=end
    )
    channels = list(received.values_list("channel", flat=True))
    kinds = [kind for kind, _ in COUNTED]
    done = DossierEvent.objects.filter(actor_user_id=clerk_id, at__gte=start, at__lt=end, kind__in=kinds)
    events = list(done.values_list("kind", flat=True))
    online = channels.count(Channel.ONLINE)
    return [
        ("Hồ sơ tiếp nhận trực tiếp, bưu chính", len(channels) - online),
        ("Hồ sơ tiếp nhận trực tuyến", online),
        *((label, events.count(kind)) for kind, label in COUNTED),
    ]


def _totals(valid: Sequence[ReceiptLine]) -> list[TotalLine]:
    sums: dict[tuple[str, str], list[int]] = {}
    for line in valid:
        sums.setdefault((line.kind_label, line.method_label), []).append(line.amount_vnd)
    return [TotalLine(kind, method, len(amounts), sum(amounts)) for (kind, method), amounts in sorted(sums.items())]
