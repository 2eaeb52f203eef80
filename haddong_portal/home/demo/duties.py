"""Financial duties in the demo: in land matters officers ask for the tax, and most people bring the bank's paper."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from random import Random

from dossiers.constants import ChargeKind, Status
from dossiers.models import Charge, Dossier
from dossiers.services.confirm_payment import confirm_payment
from dossiers.services.request_payment import DutyLine, request_payment
from procedures.constants import StepAction

SECTOR = "Đất đai"
ASKED_SHARE, PAID_SHARE = 0.6, 0.8
AMOUNTS_VND = (1_250_000, 3_400_000, 12_000_000, 27_500_000)


def ask_duty(dossier: Dossier, dice: Random) -> Callable[..., object] | None:
    """The officer's request, once per dossier, while it is examined; None when the sector knows no such duty."""
    if dossier.status != Status.PROCESSING or dossier.current_action != StepAction.EXAMINE:
        return None
    land = Dossier.objects.filter(pk=dossier.pk, procedure_version__sector__name=SECTOR).exists()
    if not land or Charge.objects.filter(dossier=dossier, kind=ChargeKind.TAX).exists() or dice.random() > ASKED_SHARE:
        return None
    tax = DutyLine(
        kind=ChargeKind.TAX, label="Lệ phí trước bạ, thuế thu nhập cá nhân", amount_vnd=dice.choice(AMOUNTS_VND)
    )
    return partial(request_payment, lines=[tax], reason=f"Thông báo nộp thuế số {dice.randint(100, 999)}/TB-CCT")


def show_payment(number: int, dice: Random) -> Callable[..., object] | None:
    """The paper shown at the desk; None for people who have not paid yet."""
    if dice.random() > PAID_SHARE:
        return None
    return partial(confirm_payment, proof=f"Giấy nộp tiền vào ngân sách nhà nước số {number:06d}")
