"""What a rule-set's values change on the screens of clerks and citizens."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from dossiers.models import Dossier, RuleSet
from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Unit
from haddong_portal.common.actors import Actor
from tests.dossiers.screens.conftest import OpenSession
from tests.factories import PublishedProcedure, RuleSetFactory, make_actor, publish_procedure, receive

pytestmark = pytest.mark.django_db
OFFER = "Trả ngay, người nộp không cần giấy hẹn"


@pytest.fixture
def procedure(ward: Unit) -> PublishedProcedure:
    """Solved the same day."""
    return publish_procedure(at=ward, limit={"unit": "same_day", "amount": "1"})


def prescribe(**words: object) -> None:
    rules = RuleSet.objects.first() or RuleSetFactory()
    rules.policy = {**rules.policy, **{key: {"value": word} for key, word in words.items()}}
    rules.save()


@pytest.mark.parametrize("optional", [True, False])
def test_the_clerk_is_offered_to_go_without_a_receipt(
    desk_clerk_lan: Actor, open_session: OpenSession, intake_form: dict[str, str], optional: bool
) -> None:
    prescribe(receipt_optional_for_instant_result=optional)
    client = open_session(desk_clerk_lan)
    draft = str(client.get(reverse("dossiers:intake"))["Location"])
    strip = client.post(f"{draft}luu/", {**intake_form, "without_receipt": "on"}).content.decode()
    assert (OFFER in strip) is optional
    assert ('name="without_receipt"' in strip and "checked" in strip) is optional
    answer = client.post(draft, {**intake_form, "without_receipt": "on"})
    if not optional:
        assert answer.status_code == 400 and "dossier.receipt_needed" in answer.content.decode()
        return
    code = Dossier.objects.get().code
    page = client.get(answer["Location"]).content.decode()
    assert "Không cấp, trả kết quả ngay" in page and "In giấy tiếp nhận" not in page
    assert client.get(reverse("dossiers:receipt-pdf", args=[code])).status_code == 409
    story = client.get(reverse("dossiers:dossier", args=[code])).content.decode()
    assert "Cấp lại giấy hẹn" in story, "whoever asks later gets one"


@pytest.mark.parametrize(
    ("fields", "shown", "hidden"),
    [
        (["code", "state", "degree"], ["Được tiếp nhận", "bước"], ["Hẹn trả kết quả:"]),
        (["due"], ["Hẹn trả kết quả:", "Tiến trình hồ sơ"], ["Được tiếp nhận", "bước (", "Đã trả"]),
    ],
)
def test_the_tracking_page_shows_what_the_rule_set_lets_it(
    client: Client,
    desk_clerk_lan: Actor,
    procedure: PublishedProcedure,
    fields: list[str],
    shown: list[str],
    hidden: list[str],
) -> None:
    code = receive(desk_clerk_lan, procedure).code
    prescribe(public_tracking_fields=fields)
    page = client.post("/tra-cuu/", {"code": code, "last_digits": ""}).content.decode()
    assert all(words in page for words in shown)
    assert not any(words in page for words in hidden)


def test_a_register_by_quarter_is_opened_and_closed_by_quarter(
    ward: Unit, desk_clerk_lan: Actor, procedure: PublishedProcedure, open_session: OpenSession
) -> None:
    prescribe(register_book_period="calendar_quarter")
    receive(desk_clerk_lan, procedure)
    head = open_session(make_actor(ward, Role.ONE_STOP_HEAD, "Đỗ Văn Thành"))
    page = head.get(reverse("dossiers:register")).content.decode()
    assert "quyển số I/2024" in page and "Khóa sổ" not in page
    assert head.get(reverse("dossiers:register-file", args=[ward.pk, 2024, "csv"]) + "?quy=I").status_code == 200
