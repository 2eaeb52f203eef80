"""An administrator edits the catalogue of paper types; its lists keep their shape, its history who changed what."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from dossiers.papers.forms.types import PaperTypeForm
from dossiers.papers.models import PaperType
from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Unit, User
from haddong_portal.audit.models import AuditEntry
from tests.dossiers.screens.conftest import OpenSession
from tests.factories import make_actor

pytestmark = pytest.mark.django_db
ROW: dict[str, Any] = {
    "code": "NEW_PAPER",
    "name": "Giấy mới",
    "other_names": '["giấy mới"]',
    "national_codes": "[]",
    "result_of": "[]",
    "fields": '[{"key": "holder", "label": "Họ tên", "kind": "text"}]',
    "digitise": "optional",
    "minutes_saved": "5",
    "in_force_from": "01/01/2024",
    "source": "design",
    "sort_order": "99",
}


def test_an_administrator_adds_and_edits(ward: Unit, open_session: OpenSession) -> None:
    actor = make_actor(ward, Role.ADMINISTRATOR, "Ngô Thị Sáu")
    User.objects.filter(pk=actor.user_id).update(is_staff=True)  # what assigning such a post does
    sau = open_session(actor)
    assert sau.post(reverse("admin:papers_papertype_add"), ROW).status_code == 302
    kind = PaperType.objects.get(code="NEW_PAPER")
    change = reverse("admin:papers_papertype_change", args=[kind.pk])
    assert sau.post(change, ROW | {"code": "OTHER", "valid_months": "6"}).status_code == 302
    kind.refresh_from_db()
    assert (kind.code, kind.valid_months, kind.history.count()) == ("NEW_PAPER", 6, 2)
    assert AuditEntry.objects.filter(action="paper_type.edited", object_id=str(kind.pk)).count() == 2


def test_others_do_not(ward: Unit, open_session: OpenSession) -> None:
    lan = open_session(make_actor(ward, Role.CLERK, "Nguyễn Thị Lan"))
    assert lan.post(reverse("admin:papers_papertype_add"), ROW).status_code in (302, 403)
    assert not PaperType.objects.exists()


@pytest.mark.parametrize(
    ("field", "wrong", "code"),
    [
        ("other_names", '"khai sinh"', "paper_type.texts"),
        ("national_codes", "[1]", "paper_type.texts"),
        ("result_of", '[" "]', "paper_type.texts"),
        ("fields", '{"key": "a"}', "paper_type.fields"),
        ("fields", '[{"key": "a", "label": "A"}]', "paper_type.fields"),
        ("fields", '[{"key": "A b", "label": "A", "kind": "text"}]', "paper_type.fields"),
        ("fields", '[{"key": "a", "label": "A", "kind": "money"}]', "paper_type.fields"),
        (
            "fields",
            '[{"key": "a", "label": "A", "kind": "text"}, {"key": "a", "label": "B", "kind": "date"}]',
            "paper_type.same_key",
        ),
    ],
)
def test_lists_keep_their_shape(field: str, wrong: str, code: str) -> None:
    form = PaperTypeForm(ROW | {field: wrong})
    assert [error.code for error in form.errors.as_data()[field]] == [code]
