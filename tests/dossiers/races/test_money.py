"""Two clerks at one charge, many at one receipt book: paid once, numbered without a gap."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest
from django.db import connection, transaction

from dossiers.models import Charge, DayEnd, Payment
from dossiers.services.close_day import close_day
from dossiers.services.collect_fee import collect_fee
from dossiers.services.void_payment import void_payment
from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Unit
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError
from tests.dossiers.races.conftest import AtOnce, alone
from tests.factories import MORNING, PublishedProcedure, citizen, make_actor, receive

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def test_one_charge_is_paid_once(
    at_once: AtOnce, ward: Unit, desk_clerk_lan: Actor, procedure: PublishedProcedure
) -> None:
    rival = make_actor(ward, Role.CLERK, "Hoàng Thị Yến")
    pk = receive(desk_clerk_lan, procedure).dossier_id
    charge = Charge.objects.get(dossier_id=pk)
    pay = partial(collect_fee, dossier_id=pk, charge_ids=[charge.pk], now=MORNING)
    answers = at_once([partial(pay, actor=clerk) for clerk in (desk_clerk_lan, rival)])
    assert sorted(one.code if isinstance(one, DomainError) else "ok" for one in answers) == ["charge.settled", "ok"]
    assert list(Payment.objects.values_list("receipt_no", flat=True)) == [1]


def test_receipt_numbers_have_no_gap_over_many_connections(
    at_once: AtOnce, desk_clerk_lan: Actor, procedure: PublishedProcedure
) -> None:
    calls = []
    for number in range(1, 13):
        pk = receive(desk_clerk_lan, procedure, person=citizen("Trần Văn Tú", number)).dossier_id
        ids = [Charge.objects.get(dossier_id=pk).pk]
        calls.append(partial(collect_fee, actor=desk_clerk_lan, dossier_id=pk, charge_ids=ids, now=MORNING))
        calls.append(partial(collect_fee, actor=desk_clerk_lan, dossier_id=pk, charge_ids=[-1], now=MORNING))
    at_once(calls, threads=4)
    assert sorted(Payment.objects.values_list("receipt_no", flat=True)) == list(range(1, 13))


def while_another_waits(first: Callable[[], Any], second: Callable[[], Any]) -> Any:
    """What `second` answers from another connection that meets `first` before its commit."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        with transaction.atomic():
            first()
            answer = pool.submit(alone, second)
            until = time.monotonic() + 30
            while not answer.done() and time.monotonic() < until and not _somebody_waits():
                time.sleep(0.02)
            assert not answer.done(), f"it did not wait: {answer.result()}"
        return answer.result()


def _somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM pg_locks WHERE NOT granted)")
        return bool(cursor.fetchone()[0])


@pytest.fixture
def payment(desk_clerk_lan: Actor, procedure: PublishedProcedure) -> Payment:
    pk = receive(desk_clerk_lan, procedure).dossier_id
    ids = [Charge.objects.get(dossier_id=pk).pk]
    return collect_fee(actor=desk_clerk_lan, dossier_id=pk, charge_ids=ids, now=MORNING)[0]


@pytest.fixture
def closing(desk_clerk_lan: Actor) -> Callable[[], DayEnd]:
    return partial(
        close_day, actor=desk_clerk_lan, day=MORNING.date(), cash_counted_vnd=8000, note="Đã đếm lại", now=MORNING
    )


@pytest.fixture
def voiding(ward: Unit, payment: Payment) -> Callable[[], Payment]:
    head = make_actor(ward, Role.ONE_STOP_HEAD, "Đỗ Văn Thành")
    return partial(
        void_payment,
        actor=head,
        dossier_id=payment.charge.dossier_id,
        payment_id=payment.pk,
        reason="Thu nhầm",
        now=MORNING,
    )


def test_a_sheet_waits_for_a_receipt_that_is_being_voided(
    closing: Callable[[], DayEnd], voiding: Callable[[], Payment]
) -> None:
    sheet = while_another_waits(voiding, closing)
    assert (sheet.cash_expected_vnd, sheet.figures["totals"]) == (0, [])


def test_a_receipt_on_a_sheet_that_is_being_signed_is_not_voided(
    closing: Callable[[], DayEnd], voiding: Callable[[], Payment]
) -> None:
    assert while_another_waits(closing, voiding).code == "payment.day_closed"
    assert Payment.objects.get().voided_at is None


def test_nothing_is_collected_into_a_sheet_that_is_being_signed(
    closing: Callable[[], DayEnd], desk_clerk_lan: Actor, procedure: PublishedProcedure
) -> None:
    pk = receive(desk_clerk_lan, procedure).dossier_id
    ids = [Charge.objects.get(dossier_id=pk).pk]
    collecting = partial(collect_fee, actor=desk_clerk_lan, dossier_id=pk, charge_ids=ids, now=MORNING)
    assert while_another_waits(closing, collecting).code == "payment.day_closed"
    assert not Payment.objects.exists()
