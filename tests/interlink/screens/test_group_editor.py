"""An administrator reads, edits, checks and publishes groups; a third group needs no code."""

from __future__ import annotations

import json
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from haddong_portal.accounts.constants import Role
from interlink.constants import GroupState, LegState
from interlink.forms.editor import PARTS, part_form
from interlink.forms.group_forms import SettingsForm
from interlink.models import GroupVersion, LinkedCase
from interlink.rules.parse_template import parse_template
from tests.factories import make_actor
from tests.interlink.scene import MORNING, Scene
from tests.interlink.screens.conftest import OpenSession

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(scene: Scene, open_session: OpenSession) -> Client:
    with time_machine.travel(MORNING, tick=False):
        return open_session(make_actor(scene.ward, Role.ADMINISTRATOR, "Quản Trị Viên"))


def in_december(test: Any) -> Any:
    return time_machine.travel(MORNING, tick=False)(test)


def url(name: str, *more: Any, group: str = "marriage", number: int = 1) -> str:
    return reverse(f"interlink:group-{name}", args=[group, number, *more])


def boxes(part: str, item: dict[str, Any]) -> dict[str, Any]:
    """An item as the browser sends its form."""
    found = PARTS[part].from_item(item)
    return {name: value for name, value in found.items() if value not in (None, "", False)}


def test_every_shipped_item_is_written_back_as_it_was(scene: Scene) -> None:
    for version in GroupVersion.objects.all():
        before = version.definition
        after: dict[str, Any] = dict(before)
        for part in PARTS:
            items = []
            for item in before.get(part) or ():
                form = part_form(part, before, boxes(part, item))
                assert form.is_valid(), (part, item, form.errors)
                items.append(form.item())
            after[part] = items
        settings = SettingsForm(SettingsForm.boxes(before))
        assert settings.is_valid(), settings.errors
        assert parse_template(settings.merged(after)) == parse_template(before), version


MARRIAGE_FIELDS = [
    {"key": "requester.full_name", "label": "Họ và tên", "kind": "text", "section": "requester", "required": True},
    {"key": "requester.personal_id", "label": "Số định danh", "kind": "personal_id", "section": "requester"},
    {"key": "requester.phone", "label": "Điện thoại", "kind": "phone", "section": "requester"},
    {"key": "spouse.full_name", "label": "Họ và tên", "kind": "text", "section": "spouse", "required": True},
]
MARRIAGE_LEGS = [
    {
        "key": "civil_status",
        "kind": "dossier",
        "agency": "ward",
        "name": "Đăng ký kết hôn",
        "procedure_code": "1.001193",
        "limit": {"value": 1, "unit": "same_working_day"},
        "fields": {"ten": {"from": "requester.full_name"}},
        "required": ["ten"],
        "results": [{"key": "number", "kind": "fact", "label": "Số giấy"}],
    },
    {
        "key": "residence",
        "kind": "exchange",
        "agency": "police",
        "name": "Nhập hộ",
        "after": ["civil_status"],
        "limit": {"value": 2, "unit": "working_days"},
        "fields": {"ten": {"from": "spouse.full_name"}, "so": {"result": "civil_status.number"}},
        "required": ["ten", "so"],
    },
]


@in_december
def test_a_third_group_is_set_up_published_and_declared_without_code(
    admin: Client, scene: Scene, open_session: OpenSession
) -> None:
    new = {"code": "marriage", "name": "Kết hôn, nhập hộ", "effective_from": "01/12/2024"}
    assert admin.post(reverse("interlink:group-new"), new).status_code == 302
    assert "Chưa công bố được" in admin.get(url("version")).content.decode()
    for key, label in (("requester", "Người yêu cầu"), ("spouse", "Vợ hoặc chồng")):
        section = {"key": key, "label": label, "person": "on"}
        assert admin.post(url("item", "sections", "moi"), section).status_code == 302
    for part, items in (("fields", MARRIAGE_FIELDS), ("legs", MARRIAGE_LEGS)):
        for item in items:
            answer = admin.post(url("item", part, "moi"), boxes(part, item))  # type: ignore[arg-type]
            assert answer.status_code == 302, answer.content.decode()[-2500:]
    settings = {"requester": "requester", "subject": "requester.personal_id", "group_limits": "3 working_days"}
    assert admin.post(url("settings"), settings).status_code == 302
    assert "Công bố được" in admin.get(url("version")).content.decode()
    assert admin.post(url("publish")).status_code == 302
    assert GroupVersion.objects.get(group__code="marriage").state == GroupState.PUBLISHED
    assert admin.get(url("item", "fields", "0")).status_code == 409

    desk = open_session(scene.clerk)
    page = desk.get(reverse("interlink:declare", args=["marriage"]), follow=True)
    assert "Vợ hoặc chồng" in page.content.decode()
    declared = {
        "requester__full_name": "Trần Văn Tú",
        "requester__personal_id": "001090000001",
        "requester__phone": "0912345678",
        "spouse__full_name": "Lê Thị Hoa",
    }
    assert desk.post(page.redirect_chain[-1][0], declared).status_code == 302
    case = LinkedCase.objects.get()
    scene.register(case, name="Giấy chứng nhận kết hôn")
    assert scene.states(case)["residence"] == LegState.READY
    assert scene.payload(scene.message(case, "residence"))["fields"]["ten"] == "Lê Thị Hoa"


@in_december
def test_what_keeps_a_group_from_publication_is_listed_with_codes(admin: Client, scene: Scene) -> None:
    copy = {"code": "birth", "name": "Khai sinh", "copy_of": "birth/1", "effective_from": "01/01/2027"}
    assert admin.post(reverse("interlink:group-new"), copy).status_code == 302
    draft = GroupVersion.objects.get(group__code="birth", state=GroupState.DRAFT)
    place = [leg["key"] for leg in draft.definition["legs"]].index("civil_status")
    assert (
        admin.post(url("item", "legs", place, group="birth", number=draft.version), {"remove": "1"}).status_code == 302
    )
    page = admin.get(url("version", group="birth", number=draft.version)).content.decode()
    assert "template.unknown_leg" in page
    refused = admin.post(url("publish", group="birth", number=draft.version))
    assert refused.status_code == 400
    assert "group.refused" in refused.content.decode()


@in_december
def test_a_mistake_in_the_json_is_named_by_its_line(admin: Client, scene: Scene) -> None:
    new = {"code": "marriage", "name": "Kết hôn", "effective_from": "01/12/2024"}
    admin.post(reverse("interlink:group-new"), new)
    broken = admin.post(url("json"), {"definition": '{\n "sections": [],\n "fields" []\n}'})
    assert broken.status_code == 422
    assert "Dòng 3, cột" in broken.content.decode()
    unknown = {"sections": [{"key": "requester", "label": "Người", "mau": "x"}]}
    wrong = admin.post(url("json"), {"definition": json.dumps(unknown, indent=1)})
    assert "Dòng 4" in wrong.content.decode()
    assert admin.post(url("json"), {"definition": json.dumps({"requester": "a"})}).status_code == 302


@in_december
def test_a_bad_line_in_a_mapping_is_named_and_nothing_is_saved(admin: Client, scene: Scene) -> None:
    admin.post(reverse("interlink:group-new"), {"code": "marriage", "name": "Kết hôn", "effective_from": "01/12/2024"})
    item = boxes("legs", MARRIAGE_LEGS[0]) | {"fields_map": "ten = requester.full_name\nhỏng"}
    answer = admin.post(url("item", "legs", "moi"), item)
    assert answer.status_code == 422
    assert "Dòng 2" in answer.content.decode()
    assert GroupVersion.objects.get(group__code="marriage").definition["legs"] == []


@in_december
def test_others_read_groups_but_change_none(scene: Scene, open_session: OpenSession) -> None:
    clerk = open_session(scene.clerk)
    assert clerk.get(reverse("interlink:groups")).status_code == 200
    assert clerk.get(url("version", group="birth")).status_code == 200
    assert clerk.get(reverse("interlink:group-new")).status_code == 403
    assert clerk.post(url("publish", group="birth")).status_code == 403
