"""Money in the demo: before a result is taken away its charges are set, paid in one way or another, or exempt."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from dossiers.constants import PaymentMethod
from dossiers.models import Charge
from dossiers.services.collect_fee import collect_fee
from dossiers.services.exempt_charge import exempt_charge
from dossiers.services.set_charge_amount import set_charge_amount
from haddong_portal.accounts.constants import Role
from haddong_portal.home.demo.cast import Cast
from haddong_portal.home.demo.plan import PlannedVisit, dice_for

EXEMPT_SHARE, CASH_SHARE = 0.12, 0.7
REASONS = ("ho-ngheo", "nguoi-co-cong", "khuyet-tat", "dung-han")
# Amounts that a clerk reads off the paper where the catalogue names none.
USUAL_AMOUNTS_VND = (8_000, 10_000, 15_000, 30_000)


def settle_charges(dossier_id: int, visit: PlannedVisit, cast: Cast, desk_id: int) -> Callable[..., object] | None:
    """The next act on the dossier's money, None when nothing is owed or nobody is at the desk."""
    owed = Charge.objects.filter(dossier_id=dossier_id, settled_at__isnull=True).order_by("pk").first()
    clerk = cast.one(desk_id, Role.CLERK, visit.number + 1)
    if owed is None or clerk is None:
        return None
    dice = dice_for(visit.number, "fees", owed.kind, owed.amount_vnd is None)
    if dice.random() < EXEMPT_SHARE:
        return partial(
            exempt_charge, actor=clerk, dossier_id=dossier_id, charge_id=owed.pk, reason=dice.choice(REASONS)
        )
    if owed.amount_vnd is None:
        amount = dice.choice(USUAL_AMOUNTS_VND)
        return partial(
            set_charge_amount,
            actor=clerk,
            dossier_id=dossier_id,
            charge_id=owed.pk,
            amount_vnd=amount,
            reason="Theo số bản, số trang thực tế",
        )
    if dice.random() < CASH_SHARE:
        return partial(collect_fee, actor=clerk, dossier_id=dossier_id, charge_ids=[owed.pk])
    reference = f"FT{visit.number:06d}{owed.kind[:1].upper()}"
    return partial(
        collect_fee,
        actor=clerk,
        dossier_id=dossier_id,
        charge_ids=[owed.pk],
        method=PaymentMethod.TRANSFER,
        reference=reference,
    )
