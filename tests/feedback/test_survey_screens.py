"""The survey as a citizen meets it: with plain forms, and in a phone's browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.utils import timezone

from feedback.models import SurveyAnswer
from feedback.services.load_questions import load_questions
from haddong_portal.accounts.models import Unit
from haddong_portal.common import clock
from haddong_portal.common.survey_codes import survey_code
from tests.browser import assert_axe, assert_nothing_from_outside
from tests.factories import UnitFactory

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.running import RunningPortal

PHONE = {"width": 390, "height": 844}
FACES = ("Rất không hài lòng", "Không hài lòng", "Bình thường", "Hài lòng", "Rất hài lòng")


def fresh_code(unit: Unit, slip: str) -> str:
    return survey_code(unit_id=unit.pk, form="01", procedure_code="1.001193", slip=slip, issued_on=clock.today())


@pytest.fixture
def path(ward: Unit) -> str:
    load_questions()
    return f"/danh-gia/{fresh_code(ward, 'receipt/1')}/"


@pytest.mark.django_db
def test_plain_forms_are_enough(client: Client, path: str) -> None:
    page = client.get(path).content.decode()
    assert all(face in page for face in FACES)
    tapped = client.post(path, {"score": "4"})
    assert (tapped.status_code, tapped["Location"]) == (302, f"{path}y-kien/")
    more = client.get(f"{path}y-kien/").content.decode()
    assert "Đã ghi nhận. Cảm ơn ông/bà" in more
    assert more.count("<fieldset") == 8
    done = client.post(f"{path}y-kien/", {"dd-thai-do": "3", "comment": "Chị Lan rất tận tình"})
    assert "Cảm ơn ông/bà đã góp ý" in done.content.decode()
    answer = SurveyAnswer.objects.get()
    assert (answer.score, answer.comment, answer.replies.count()) == (4, "Chị Lan rất tận tình", 1)


@pytest.mark.django_db
def test_a_second_phone_is_told_politely_and_changes_nothing(client: Client, path: str) -> None:
    client.post(path, {"score": "4"})
    other = Client()
    again = other.post(path, {"score": "1"})
    assert again.status_code == 200
    assert "Đánh giá trước đó vẫn giữ nguyên" in again.content.decode()
    assert other.get(f"{path}y-kien/")["Location"] == path
    assert other.post(f"{path}y-kien/", {"comment": "chen vào"})["Location"] == path
    assert (SurveyAnswer.objects.get().score, SurveyAnswer.objects.get().comment) == (4, "")


@pytest.mark.django_db
def test_the_page_does_not_tell_whether_somebody_has_rated(path: str) -> None:
    def looked_at() -> str:
        page = Client().get(path).content.decode()
        return page[page.index("<h1>") : page.index("</form>")]

    before = looked_at()
    Client().post(path, {"score": "1"})
    assert looked_at() == before


@pytest.mark.django_db
def test_a_cookie_of_one_code_opens_no_other(client: Client, path: str, ward: Unit) -> None:
    client.post(path, {"score": "4"})
    other = f"/danh-gia/{fresh_code(ward, 'receipt/2')}/"
    client.cookies["survey"]["path"] = "/"
    assert client.get(f"{other}y-kien/")["Location"] == other


@pytest.mark.django_db
def test_forged_and_old_codes_get_a_clear_sentence(client: Client, ward: Unit) -> None:
    forged = client.get("/danh-gia/17-01-240404-abc-1.001193.AAAA/")
    assert forged.status_code == 404
    assert "Mã này không đúng hoặc không còn dùng được." in forged.content.decode()
    day = timezone.localdate().replace(year=2023, day=1)
    old = survey_code(unit_id=ward.pk, form="01", procedure_code="", slip="x", issued_on=day)
    for answer in (client.get(f"/danh-gia/{old}/"), client.post(f"/danh-gia/{old}/", {"score": "5"})):
        assert answer.status_code == 410
        assert "đã hết hạn" in answer.content.decode()


@pytest.mark.browser
def test_a_grandmother_rates_on_her_phone(running_portal: RunningPortal, page: Page) -> None:
    with running_portal.database():
        load_questions()
        unit = UnitFactory(ward=True, desk=True)
        code = fresh_code(unit, "receipt/77")
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # a typed dict of playwright's own
    outside = assert_nothing_from_outside(page, running_portal.url("/"))
    page.goto(running_portal.url(f"/danh-gia/{code}/"))
    assert_axe(page)
    box = page.get_by_role("button", name="Rất hài lòng", exact=True).bounding_box()
    assert box is not None
    assert box["height"] >= 64
    assert box["y"] + box["height"] <= PHONE["height"]
    page.get_by_role("button", name="Rất hài lòng", exact=True).click()
    page.get_by_role("heading", name="Đã ghi nhận. Cảm ơn ông/bà.").wait_for()
    assert_axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    with running_portal.database():
        assert SurveyAnswer.objects.get(unit=unit).score == 5
    page.get_by_text("Lịch sự, tận tình").click()
    page.get_by_label("Ý kiến khác").fill("Cháu cảm ơn")
    page.get_by_role("button", name="Gửi thêm ý kiến").click()
    page.get_by_role("heading", name="Cảm ơn ông/bà đã góp ý.").wait_for()
    assert_axe(page)
    page.goto(running_portal.url("/danh-gia/khong-co/"))
    assert_axe(page)
    assert outside == []
