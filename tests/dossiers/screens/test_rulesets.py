"""The administrator's rule-sets: read, changed on the page, refused beside the field."""

from __future__ import annotations

import pytest
from django.urls import reverse

from dossiers.models import RuleSet
from dossiers.services.load_rulesets import load_rulesets
from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Unit
from haddong_portal.common.actors import Actor
from tests.budgets.conftest import at_most
from tests.dossiers.screens.conftest import OpenSession
from tests.factories import MORNING, make_actor

pytestmark = pytest.mark.django_db
PAGE_MAX = 4
FORM = {
    "version": "1",
    "value": "2",
    "certainty": "high",
    "applies_from": MORNING.date().isoformat(),
    "reason": "Phòng Tư pháp xác nhận ngày 05/03",
}


@pytest.fixture
def administrator(ward: Unit) -> Actor:
    RuleSet.objects.all().delete()
    RuleSet.history.all().delete()
    load_rulesets()
    return make_actor(ward, Role.ADMINISTRATOR, "Ngô Thị Quản")


def value_url(path: str, series: str = "R2") -> str:
    return reverse("dossiers:ruleset-value", args=[series, path])


def test_each_value_stands_with_meaning_source_and_certainty(administrator: Actor, open_session: OpenSession) -> None:
    client = open_session(administrator)
    assert client.get(reverse("dossiers:rulesets")).content.decode().count("data-row ") == 4
    page = client.get(reverse("dossiers:ruleset", args=["R2"])).content.decode()
    for words in (
        "Chờ người nộp bổ sung nhiều nhất",
        "30 ngày",
        "thực tiễn, chưa tìm thấy văn bản",
        "Chưa xác nhận",
        "Nghị định 61/2018/NĐ-CP, điều 19",
        "tính lại từ đầu",
        "/BPTNTKQ",
    ):
        assert words in page, words
    assert value_url("supplement_wait") in page and value_url("clock_start") in page and "office_hours" not in page


def test_a_change_is_saved_and_told(administrator: Actor, open_session: OpenSession) -> None:
    client = open_session(administrator)
    assert client.get(value_url("reappointment_max")).status_code == 200
    answer = client.post(value_url("reappointment_max"), FORM, follow=True)
    page = answer.content.decode()
    assert "Lần sửa 2 áp dụng từ 05/03/2024" in page
    assert "Số lần được hẹn lại: 1 lần → 2 lần" in page and administrator.name in page
    assert RuleSet.objects.get(code="R2.2").policy["reappointment_max"]["value"] == 2


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"value": "nhiều"}, 400, "ruleset.bad_value"),
        ({"reason": "xx"}, 400, "ruleset.reason"),
        ({"version": "0"}, 409, "ruleset.changed"),
        ({"applies_from": "hôm nay"}, 422, ""),
    ],
)
def test_a_refusal_stands_beside_its_field(
    administrator: Actor, open_session: OpenSession, change: dict[str, str], status: int, code: str
) -> None:
    answer = open_session(administrator).post(value_url("reappointment_max"), FORM | change)
    assert answer.status_code == status and code in answer.content.decode()
    assert not RuleSet.objects.filter(version=2).exists()


@pytest.mark.parametrize(
    "path",
    [
        "supplement_clock_policy",
        "digitise_at_intake",
        "public_tracking_fields",
        "guidance_again_for",
        "same_day_cutoff",
        "supplement_wait",
        "form:refusal:name",
    ],
)
def test_each_kind_of_value_has_its_field(administrator: Actor, open_session: OpenSession, path: str) -> None:
    page = open_session(administrator).get(value_url(path)).content.decode()
    assert 'name="value"' in page
    assert ('name="unit"' in page) == (path == "supplement_wait")


@pytest.mark.parametrize(("series", "path"), [("R2", "office_hours"), ("R2", "form:refusal:signed_by"), ("R9", "gate")])
def test_what_is_not_there_is_not_found(
    administrator: Actor, open_session: OpenSession, series: str, path: str
) -> None:
    assert open_session(administrator).get(value_url(path, series)).status_code == 404


def test_a_rule_sets_page_costs_at_most_four_statements(administrator: Actor, open_session: OpenSession) -> None:
    client, path = open_session(administrator), reverse("dossiers:ruleset", args=["R2"])
    client.get(path)
    with at_most(PAGE_MAX):
        client.get(path)
