"""The desk's list of what is still to be collected: whole, in order, narrowed, in two statements."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dossiers.constants import ChargeKind
from dossiers.models import Charge, Dossier
from dossiers.selectors.unpaid import UnpaidPage, unpaid_list
from dossiers.services.request_payment import DutyLine, request_payment
from dossiers.services.set_charge_amount import set_charge_amount
from haddong_portal.accounts.models import Unit
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError
from tests.dossiers.conftest import Story
from tests.factories import citizen, publish_procedure

pytestmark = pytest.mark.django_db


def codes(page: UnpaidPage) -> list[str]:
    return [row.code for row in page.rows]


@pytest.fixture
def five(story: Story) -> list[Dossier]:
    """Owing 8.000, 16.000, 8.000, 24.000 and 8.000 đồng."""
    found = []
    for number, amount in enumerate((8000, 16000, 8000, 24000, 8000), start=1):
        dossier = story.received(person=citizen(f"Người thứ {number}", number + 10))
        if amount != 8000:
            charge = Charge.objects.get(dossier=dossier)
            set_charge_amount(
                actor=story.clerk,
                dossier_id=dossier.pk,
                charge_id=charge.pk,
                amount_vnd=amount,
                reason="bản",
                now=story.now(),
            )
        found.append(dossier)
    return found


@pytest.mark.parametrize(("sort", "order"), [("cu-nhat", (0, 1, 2, 3, 4)), ("nhieu-nhat", (3, 1, 0, 2, 4))])
def test_pages_hold_every_row_once_in_order(
    sort: str, order: tuple[int, ...], story: Story, five: list[Dossier]
) -> None:
    seen, cursor = [], None
    while True:
        page = unpaid_list(actor=story.clerk, sort=sort, cursor=cursor, limit=2)
        seen += codes(page)
        assert (page.dossiers, page.amount_vnd) == (5, 64000)
        cursor = page.next_cursor
        if cursor is None:
            break
    assert seen == [five[at].code for at in order]


def test_it_is_narrowed_by_name_code_and_kind(story: Story, five: list[Dossier], ward: Unit) -> None:
    assert codes(unpaid_list(actor=story.clerk, q="nguoi thu 3")) == [five[2].code]
    assert codes(unpaid_list(actor=story.clerk, q=five[1].code[-6:])) == [five[1].code]
    assert codes(unpaid_list(actor=story.clerk, flag="chua-ro")) == []
    story.procedure = publish_procedure(at=ward, duty_vnd=None)
    unknown = story.received(person=citizen("Người mới", 9))
    row = unpaid_list(actor=story.clerk, flag="chua-ro").rows[0]
    assert (row.code, row.amount_vnd, row.unknown) == (unknown.code, 0, 1)
    waiting = story.done()
    assert codes(unpaid_list(actor=story.clerk, flag="cho-tra")) == [waiting.code]
    asked = story.taken()
    tax = DutyLine(kind=ChargeKind.TAX, label="Thuế", amount_vnd=500)
    request_payment(actor=story.officer, dossier_id=asked.pk, lines=[tax], reason="Thông báo", now=story.now())
    assert codes(unpaid_list(actor=story.clerk, flag="nghia-vu")) == [asked.code]


def test_what_is_paid_or_ended_or_elsewhere_is_not_on_it(story: Story, stranger_nga: Actor) -> None:
    story.pay(story.received())
    story.returned()
    owing = story.received()
    assert codes(unpaid_list(actor=story.clerk)) == [owing.code]
    assert codes(unpaid_list(actor=stranger_nga)) == []


def test_two_statements_however_long(story: Story, five: list[Dossier]) -> None:
    with CaptureQueriesContext(connection) as found:
        unpaid_list(actor=story.clerk)
    assert len(found) == 2


@pytest.mark.parametrize(
    ("who", "data", "code"),
    [("officer", {}, "auth.not_allowed"), ("clerk", {"cursor": "hong"}, "list.bad_cursor")],
)
def test_what_is_refused(who: str, data: dict[str, Any], code: str, story: Story) -> None:
    with pytest.raises(DomainError) as refusal:
        unpaid_list(actor=getattr(story, who), **data)
    assert refusal.value.code == code
