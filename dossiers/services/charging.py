"""What the acts on money share: new charges, the locked dossier of the desk and its charges, what is still unpaid."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Sum

from dossiers.models import Charge, DayEnd, Dossier
from dossiers.rules.act_policy import HandOverUnpaid
from dossiers.rules.charges import charges_due
from dossiers.rules.fees_due import FeeTerm
from dossiers.selectors.rulesets import policy_by_id
from dossiers.services.locking import lock_visible
from haddong_portal.accounts.models import User
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import Conflict, DomainError, NotAllowed, NotFound
from haddong_portal.common.text import clean_text

REASON_LENGTH_MAX = 300
AMOUNT_MAX_VND = 2_000_000_000


def new_charges(terms: Sequence[FeeTerm], channel: int, *, now: datetime) -> list[Charge]:
    """Unsaved charges of an intake by the catalogue's terms."""
    return [
        Charge(kind=due.kind, label=due.label, amount_vnd=due.amount_vnd, created_at=now)
        for due in charges_due(terms, channel)
    ]


def unpaid_sum(charges: Iterable[Charge]) -> int:
    """Đồng still owed; what is unknown counts nothing yet."""
    return sum(charge.amount_vnd or 0 for charge in charges if charge.settled_at is None)


def reckon_unpaid(dossier: Dossier) -> None:
    """Set `dossier.unpaid_vnd` from its charges as stored; the act saves the column."""
    open_charges = Charge.objects.filter(dossier=dossier, settled_at__isnull=True)
    dossier.unpaid_vnd = open_charges.aggregate(total=Sum("amount_vnd"))["total"] or 0


def lock_at_counter(*, actor: Actor, right: str, dossier_id: int) -> Dossier:
    """The locked dossier of the actor's own desk. Raises NotAllowed, NotFound dossier.not_found."""
    actor.require(right)
    dossier = lock_visible(actor, dossier_id)
    if dossier.receiving_unit_id not in actor.unit_ids:
        raise NotAllowed("Hồ sơ do bộ phận Một cửa khác tiếp nhận.", code="dossier.other_desk")
    return dossier


def lock_drawer(clerk_id: int | None) -> None:
    """Lock the account row of the clerk who collected: collecting, voiding and closing the day wait for each other.

    After every dossier, before any payment.
    """
    list(User.objects.select_for_update(no_key=True).filter(pk=clerk_id or 0).values_list("pk"))


def refuse_closed_day(actor: Actor, unit_id: int, now: datetime) -> None:
    """DomainError payment.day_closed once the clerk has signed today's sheet; with the drawer locked."""
    if DayEnd.objects.filter(unit_id=unit_id, clerk=actor.user_id, day=now.date()).exists():
        raise DomainError(
            "payment.day_closed",
            "Ông/bà đã khóa ngày hôm nay nên không thu thêm được; xin nhờ quầy khác hoặc thu vào ngày làm việc sau.",
            status=409,
        )


def lock_charges(dossier: Dossier, charge_ids: Iterable[int]) -> list[Charge]:
    """The dossier's open charges with these ids, locked in order.

    Raises DomainError charge.none, NotFound charge.not_found, Conflict charge.settled.
    """
    wanted = sorted(set(charge_ids))
    if not wanted:
        raise DomainError("charge.none", "Chưa chọn khoản nào.", "charge_ids")
    rows = Charge.objects.select_for_update(no_key=True).filter(dossier=dossier, pk__in=wanted)
    charges = list(rows.order_by("pk"))
    if len(charges) != len(wanted):
        raise NotFound("Không tìm thấy khoản phải thu này.", code="charge.not_found")
    for charge in charges:
        if charge.settled_at is not None:
            raise Conflict("charge.settled", f"“{charge.label}” đã thu hoặc đã được miễn.", "charge_ids")
    return charges


def told_reason(text: str, field: str = "reason") -> str:
    """The reason in words; DomainError charge.reason_missing."""
    cleaned = clean_text(text)[:REASON_LENGTH_MAX]
    if not cleaned:
        raise DomainError("charge.reason_missing", "Phải ghi lý do.", field)
    return cleaned


def refuse_unpaid(dossier: Dossier) -> None:
    """DomainError hand_over.unpaid while a charge is neither paid nor exempt, unless the rule-set allows it."""
    labels = list(Charge.objects.filter(dossier=dossier, settled_at__isnull=True).values_list("label", flat=True))
    if not labels:
        return
    if policy_by_id(dossier.ruleset_id).acts.hands_over_unpaid == HandOverUnpaid.ALLOW:
        return
    raise DomainError(
        "hand_over.unpaid",
        f"Chưa thu đủ phí, lệ phí ({'; '.join(labels)}). Xin thu tiền hoặc ghi miễn, giảm rồi trả kết quả.",
        status=409,
    )
