"""Money, working time, names: the words on every screen."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.template import Context, Template

from haddong_portal.common.clock import VIETNAM
from haddong_portal.common.web import formatting


@pytest.mark.parametrize(
    ("minutes", "told"),
    [
        (660, "1 ngày 3 giờ làm việc"),
        (480, "1 ngày làm việc"),
        (485, "1 ngày làm việc"),
        (125, "2 giờ 5 phút làm việc"),
        (40, "40 phút làm việc"),
        (0, "0 phút làm việc"),
        (-240, "4 giờ làm việc"),
    ],
)
def test_working_time_is_told_in_days_of_eight_hours(minutes: int, told: str) -> None:
    assert formatting.working_time_text(minutes) == told


def test_money_has_vietnamese_separators_and_an_unstated_fee_is_not_free() -> None:
    assert formatting.vnd_text(1234567) == "1.234.567 đồng"
    assert formatting.vnd_text(0) == "0 đồng"
    assert formatting.vnd_text(None) == "—"
    assert formatting.number_text(1234.5) == "1.234,5"


def test_a_capped_count_says_so() -> None:
    assert formatting.capped_text(500) == "500"
    assert formatting.capped_text(501) == "500+"


def test_initials_come_from_the_first_and_the_last_word() -> None:
    assert formatting.initials("Nguyễn Thị Lan") == "NL"
    assert formatting.initials("Đức") == "Đ"
    assert formatting.initials("") == ""


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("{% vi_date at %}", "19/02/2024"),
        ("{% vi_date at 'long' %}", "thứ Hai, 19/02/2024"),
        ("{% vi_date at 'time' %}", "17:00"),
        ("{% vi_date on 'day' %}", "19/02"),
        ("{% vi_date nothing %}", "—"),
        ("{% vi_due at %}", "thứ Hai, 19/02/2024, trước 17:00"),
        ("{% vi_due nothing %}", "—"),
        ("{% mask_id '001099012345' %}", "001•••••2345"),
        ("{% vnd 20000 %}", "20.000 đồng"),
        ("{{ 'ctrl+enter'|keycaps }}", "Ctrl + Enter"),
        ("{{ 'j'|keycaps }}", "j"),
    ],
)
def test_template_tags_write_dates_money_and_masks(source: str, shown: str) -> None:
    context = {"at": datetime(2024, 2, 19, 17, tzinfo=VIETNAM), "on": date(2024, 2, 19), "nothing": None}
    assert Template("{% load portal_ui %}" + source).render(Context(context)) == shown
