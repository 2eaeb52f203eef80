"""An administrator adds a group (marriage, then residence) from data alone."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from haddong_portal.accounts.constants import Role
from haddong_portal.common.errors import Conflict, DomainError, NotAllowed
from interlink.models import GroupVersion
from interlink.services.group_versions import (
    draft_group_version,
    problems_of,
    publish_group_version,
    retire_group_version,
    save_group_draft,
)
from interlink.services.load_linked_groups import load_linked_groups
from procedures.models import Procedure
from tests.factories import SAME_DAY, make_actor, publish_procedure
from tests.interlink.scene import MORNING, SHORT_STEPS, Scene

PERSON = (
    ("full_name", "Họ tên", "text"),
    ("personal_id", "Số định danh", "personal_id"),
    ("phone", "Điện thoại", "phone"),
)
MARRIAGE: dict[str, Any] = {
    "sections": [
        {"key": "requester", "label": "Người yêu cầu", "person": True},
        {"key": "spouse", "label": "Vợ hoặc chồng", "person": True},
        {"key": "residence", "label": "Nơi ở mới"},
    ],
    "fields": [
        *(
            {"key": f"requester.{key}", "label": label, "kind": kind, "section": "requester", "required": True}
            for key, label, kind in PERSON
        ),
        {"key": "spouse.full_name", "label": "Họ tên", "kind": "text", "section": "spouse", "required": True},
        {
            "key": "residence.wanted",
            "label": "Đăng ký thường trú chung",
            "kind": "choice",
            "section": "residence",
            "required": True,
            "choices": [{"value": "yes", "label": "Có"}, {"value": "no", "label": "Không"}],
        },
        {"key": "residence.place", "label": "Nơi đăng ký", "kind": "place", "section": "residence"},
    ],
    "legs": [
        {
            "key": "marriage",
            "kind": "dossier",
            "agency": "ward",
            "name": "Đăng ký kết hôn",
            "procedure_code": "1.000894",
            "limit": {"value": 1, "unit": "same_working_day"},
            "fields": {"one": {"from": "requester.full_name"}, "other": {"from": "spouse.full_name"}},
            "required": ["one", "other"],
            "results": [
                {"key": "certificate", "kind": "paper", "paper_type": "MARRIAGE_CERTIFICATE"},
                {"key": "number", "kind": "fact", "label": "Số"},
            ],
            "on_refusal": "stop",
        },
        {
            "key": "residence",
            "kind": "exchange",
            "agency": "police",
            "name": "Đăng ký thường trú",
            "after": ["marriage"],
            "when": {"field": "residence.wanted", "is": ["yes"]},
            "limit": {"value": 5, "unit": "working_days"},
            "fields": {"number": {"result": "marriage.number"}, "place": {"from": "residence.place"}},
            "required": ["number", "place"],
            "papers": {"certificate": {"result_paper": "marriage"}},
            "results": [{"key": "notice", "kind": "paper"}],
        },
    ],
    "subject": ["requester.personal_id", "spouse.full_name"],
    "requester": "requester",
    "group_limits": [{"limit": {"value": 6, "unit": "working_days"}}],
}
DECLARED = {
    "requester.full_name": "Trần Văn Tú",
    "requester.personal_id": "001090000001",
    "requester.phone": "0912345678",
    "spouse.full_name": "Lê Thị Hoa",
    "residence.wanted": "yes",
    "residence.place": "Số 5 phố Quang Trung",
}


def test_a_third_group_is_published_and_run_without_code(scene: Scene) -> None:
    made = publish_procedure(at=scene.ward, limit=SAME_DAY, duty_vnd=0, steps=SHORT_STEPS, name="Đăng ký kết hôn")
    Procedure.objects.filter(pk=made.procedure.pk).update(national_code="1.000894")
    admin = make_actor(scene.ward, Role.ADMINISTRATOR, "Quản trị")
    draft = draft_group_version(
        actor=admin,
        group_code="marriage",
        group_name="Kết hôn, thường trú",
        definition=MARRIAGE,
        effective_from=date(2024, 1, 1),
        now=MORNING,
    )
    publish_group_version(actor=admin, version_id=draft.pk, now=MORNING)
    case = scene.case(scene.open("marriage", DECLARED, now=MORNING, key="m", papers={}))
    assert scene.states(case) == {"marriage": "working", "residence": "waiting"}
    from dossiers.services.record_result import ResultData, record_result
    from dossiers.services.take_dossier import take_dossier

    dossier = scene.dossier(case, "marriage")
    take_dossier(actor=scene.clerk, dossier_id=dossier.pk, now=MORNING)
    record_result(
        actor=scene.clerk, dossier_id=dossier.pk, result=ResultData(name="Giấy kết hôn", number="9/2024"), now=MORNING
    )
    scene.deliver(dossier, MORNING)
    assert scene.payload(scene.message(case, "residence"))["fields"] == {
        "number": "9/2024",
        "place": "Số 5 phố Quang Trung",
    }
    scene.answer(case, "residence", "done")
    assert scene.state(case) == "ended"


def test_publication_says_every_reason_and_then_freezes(scene: Scene) -> None:
    admin = make_actor(scene.ward, Role.ADMINISTRATOR, "Quản trị")
    told = {"actor": admin, "group_code": "marriage", "group_name": "Kết hôn", "effective_from": date(2024, 1, 1)}
    with pytest.raises(DomainError, match="group.unreadable"):
        draft_group_version(**told, definition={"colour": 1})  # type: ignore[arg-type]
    draft = draft_group_version(**told, definition=MARRIAGE, now=MORNING)  # type: ignore[arg-type]
    with pytest.raises(DomainError) as refused:
        publish_group_version(actor=admin, version_id=draft.pk, now=MORNING)
    assert [one["code"] for one in refused.value.data["problems"]] == ["template.unknown_procedure"]  # type: ignore[attr-defined]
    assert problems_of({"x": 1})[0].code == "group.unreadable"
    with pytest.raises(NotAllowed):
        publish_group_version(actor=scene.clerk, version_id=draft.pk)
    without = {**MARRIAGE, "legs": [{**MARRIAGE["legs"][0], "procedure_code": "1.001193"}, MARRIAGE["legs"][1]]}
    save_group_draft(actor=admin, version_id=draft.pk, definition=without)
    publish_group_version(actor=admin, version_id=draft.pk, now=MORNING)
    with pytest.raises(Conflict, match="not_draft"):
        save_group_draft(actor=admin, version_id=draft.pk, definition=MARRIAGE)
    later = draft_group_version(**told | {"effective_from": date(2025, 1, 1)}, definition=without)  # type: ignore[arg-type]
    publish_group_version(actor=admin, version_id=later.pk, now=MORNING)
    draft.refresh_from_db()
    assert draft.effective_to == date(2024, 12, 31)
    retire_group_version(actor=admin, version_id=later.pk, effective_to=date(2025, 6, 30))


def test_loading_again_changes_nothing(scene: Scene) -> None:
    before = list(GroupVersion.objects.order_by("pk").values_list("pk", "state", "source_digest"))
    loaded = load_linked_groups(now=MORNING)
    assert (loaded.created, loaded.kept, loaded.drafts) == (0, 10, {})
    assert list(GroupVersion.objects.order_by("pk").values_list("pk", "state", "source_digest")) == before
