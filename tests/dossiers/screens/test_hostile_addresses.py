"""Numbers that no computer counts to, and days that no calendar has: refused or passed over, never a server error."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from dossiers.papers.rules.validity import last_valid_day
from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Unit
from procedures.selectors.intake import filed_case
from tests.dossiers.screens.conftest import OpenSession
from tests.factories import make_actor

pytestmark = pytest.mark.django_db
HUGE = "9" * 5000


@pytest.fixture
def head(ward: Unit, open_session: OpenSession) -> Client:
    return open_session(make_actor(ward, Role.ONE_STOP_HEAD, "Đỗ Thị Hạnh"))


@pytest.mark.parametrize(
    "address",
    [
        "/ho-so/so-theo-doi/?nam={0}&don-vi={0}&sau={0}",
        "/ho-so/y-kien/?xong=1&sau={0}",
        "/ho-so/phieu-tai-quay/?truoc={0}",
        "/kho-giay/tep-hong/?sau={0}",
        "/thong-bao/?sau={0}&don-vi={0}",
        "/thong-bao/cua-toi/?sau={0}",
        "/thong-bao/goi-dien/?sau=2024-03-05:{0}",
        "/kho-giay/so-lieu/?tu=9999-12-31&den=9999-12-31",
        "/kho-giay/so-lieu/?tu=0001-01-01&den=0001-01-01",
        "/kho-giay/so-lieu/dung-lai/?cong-chuc={0}&sau={0}",
    ],
)
def test_an_address_with_huge_numbers(head: Client, address: str) -> None:
    assert head.get(address.format(HUGE)).status_code < 500


@pytest.mark.parametrize("year", ["0", "99999", "2024"])
def test_a_book_of_no_year_is_not_closed(head: Client, ward: Unit, year: str) -> None:
    answer = head.post(f"/ho-so/so-theo-doi/{ward.pk}-{year}/khoa/", follow=True)
    assert "register." in answer.content.decode()


def test_a_case_that_nobody_counts_to_is_none() -> None:
    assert filed_case("1.000656", HUGE) is None


def test_a_paper_issued_on_the_last_day_of_the_calendar_does_not_expire() -> None:
    assert last_valid_day(date.max, 6) is None
    assert last_valid_day(date(9999, 6, 30), 6) == date(9999, 12, 30)
