"""A clerk's day closed once: figures, counted cash, a reason for the difference; afterwards nothing changes it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from dossiers.constants import PaymentMethod
from dossiers.models import Charge, DayEnd, Payment
from dossiers.selectors.day_end import day_figures, open_drawers, sheets_of
from dossiers.selectors.day_end_pdf import day_end_pdf
from dossiers.services.close_day import close_day
from dossiers.services.collect_fee import collect_fee
from dossiers.services.void_payment import void_payment
from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Unit
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError
from tests.dossiers.conftest import Story
from tests.factories import MORNING, make_actor

pytestmark = pytest.mark.django_db
DAY = MORNING.date()


def refused(call: Callable[[], object]) -> str:
    with pytest.raises(DomainError) as refusal:
        call()
    return refusal.value.code


@pytest.fixture
def head(ward: Unit) -> Actor:
    return make_actor(ward, Role.ONE_STOP_HEAD, "Đỗ Văn Thành")


def collect(story: Story, **data: Any) -> Payment:
    charge = Charge.objects.get(dossier=story.received())
    given = {"actor": story.clerk, "dossier_id": charge.dossier_id, "charge_ids": [charge.pk], "now": story.now()}
    return collect_fee(**{**given, **data})[0]


def close(story: Story, **data: Any) -> DayEnd:
    given = {"actor": story.clerk, "day": DAY, "cash_counted_vnd": 8000, "now": MORNING + timedelta(hours=8)}
    return close_day(**{**given, **data})


@pytest.fixture
def day(story: Story, head: Actor) -> list[Payment]:
    """One in cash, one by transfer, one in cash that was voided."""
    cash = collect(story)
    transfer = collect(story, method=PaymentMethod.TRANSFER, reference="FT01")
    wrong = collect(story)
    void_payment(
        actor=head,
        dossier_id=wrong.charge.dossier_id,
        payment_id=wrong.pk,
        reason="Ghi nhầm người nộp",
        now=story.now(),
    )
    return [cash, transfer, wrong]


class TestClosing:
    def test_the_sheet_keeps_what_the_books_say(self, story: Story, day: list[Payment]) -> None:
        sheet = close(story)
        assert (sheet.cash_expected_vnd, sheet.cash_counted_vnd, sheet.note) == (8000, 8000, "")
        assert dict(sheet.figures["counts"])["Hồ sơ tiếp nhận trực tiếp, bưu chính"] == 3
        assert sheet.figures["totals"] == [["Lệ phí", "Chuyển khoản", 1, 8000], ["Lệ phí", "Tiền mặt", 1, 8000]]
        assert set(Payment.objects.filter(day_end=sheet)) == set(day)

    def test_a_difference_needs_its_reason(self, story: Story, day: list[Payment]) -> None:
        assert refused(lambda: close(story, cash_counted_vnd=7000)) == "day_end.note_missing"
        sheet = close(story, cash_counted_vnd=7000, note="Thiếu 1.000 đồng tiền lẻ")
        assert sheet.note == "Thiếu 1.000 đồng tiền lẻ"

    def test_a_day_is_closed_once_and_not_before_it_comes(self, story: Story, day: list[Payment]) -> None:
        assert refused(lambda: close(story, day=DAY + timedelta(days=1))) == "day_end.future"
        assert refused(lambda: close(story, cash_counted_vnd=-1)) == "day_end.counted"
        close(story)
        assert refused(lambda: close(story)) == "day_end.closed"

    def test_a_day_without_money_is_closed_too(self, story: Story) -> None:
        assert close(story, cash_counted_vnd=0).figures["totals"] == []

    def test_the_department_has_no_drawer(self, story: Story) -> None:
        assert refused(lambda: close(story, actor=story.officer)) == "auth.not_allowed"


class TestClosed:
    def test_nothing_is_collected_or_voided_any_more(self, story: Story, day: list[Payment], head: Actor) -> None:
        close(story)
        assert refused(lambda: collect(story)) == "payment.day_closed"
        voiding = {"actor": head, "dossier_id": day[0].charge.dossier_id, "payment_id": day[0].pk, "reason": "Nhầm"}
        assert refused(lambda: void_payment(**voiding, now=story.now())) == "payment.day_closed"
        assert collect(story, now=MORNING + timedelta(days=1)).day_end_id is None
        assert collect(story, actor=head).day_end_id is None


class TestReading:
    def test_the_head_sees_open_drawers_and_every_sheet(self, story: Story, day: list[Payment], head: Actor) -> None:
        assert open_drawers(head, DAY) == [{"name": story.clerk.name, "count": 3, "amount_vnd": 16000}]
        assert open_drawers(story.clerk, DAY) == []
        sheet = close(story)
        assert (open_drawers(head, DAY), sheets_of(head), sheets_of(story.clerk)) == ([], [sheet], [sheet])
        assert day_figures(unit_id=story.clerk.unit_id or 0, clerk_id=head.user_id or 0, day=DAY).receipts == []

    def test_a_sheet_is_printed_for_its_clerk_and_the_head(
        self, story: Story, day: list[Payment], head: Actor, stranger_nga: Actor
    ) -> None:
        sheet = close(story)
        for reader in (story.clerk, head):
            assert day_end_pdf(actor=reader, sheet_id=sheet.pk, now=story.now()).startswith(b"%PDF")
        assert refused(lambda: day_end_pdf(actor=stranger_nga, sheet_id=sheet.pk, now=MORNING)) == "day_end.not_found"
