"""Editors: what a draft lacks, publishing, everyday words, who performs what."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Unit, User
from procedures.models import Procedure, ProcedureVersion, Synonym, UnitProcedure
from tests.procedures.screens.conftest import BIRTH, INCOMPLETE, UNCLEAR

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client: Client, performed: Unit, person_in: Callable[[Role], User]) -> Client:
    client.force_login(person_in(Role.CATALOGUE_EDITOR))
    return client


def test_a_draft_says_which_part_it_lacks(editor: Client) -> None:
    page = editor.get(reverse("procedures:catalogue")).content.decode()
    assert INCOMPLETE in page
    assert "đối tượng thực hiện" in page


def test_an_incomplete_draft_is_not_published(editor: Client) -> None:
    version = ProcedureVersion.objects.get(procedure__national_code=INCOMPLETE)
    page = editor.post(reverse("procedures:publish", args=[version.pk]), follow=True).content.decode()
    assert "procedure.incomplete" in page
    version.refresh_from_db()
    assert version.state == "draft"


def test_a_mended_draft_is_published_and_public(editor: Client, client: Client) -> None:
    version = ProcedureVersion.objects.get(procedure__national_code=INCOMPLETE)
    version.subjects = ["Công dân Việt Nam"]
    version.missing_parts = []
    version.save(update_fields=["subjects", "missing_parts"])
    assert "Công bố<span" in editor.get(reverse("procedures:catalogue")).content.decode()
    editor.post(reverse("procedures:publish", args=[version.pk]), {"back": "//evil.example/"})
    assert Client().get(reverse("procedures:detail", args=[INCOMPLETE])).status_code == 200


def test_the_way_back_never_leaves_the_portal(editor: Client) -> None:
    version = ProcedureVersion.objects.get(procedure__national_code=INCOMPLETE)
    for address in ("//evil.example/", "https://evil.example/"):
        response = editor.post(reverse("procedures:publish", args=[version.pk]), {"back": address})
        assert response["Location"] == reverse("procedures:catalogue")


def test_an_everyday_word_is_added_found_and_removed(editor: Client) -> None:
    data = {"term": "giấy làm cha", "means": "khai sinh", "codes": BIRTH, "note": ""}
    assert editor.post(reverse("procedures:synonym-new"), data).status_code == 302
    word = Synonym.objects.get(term_folded="giay lam cha")
    assert word.codes == [BIRTH]
    assert "giấy làm cha" in editor.get(reverse("procedures:synonyms") + "?q=lam cha").content.decode()
    found = editor.get(reverse("procedures:suggest") + "?q=giay lam cha").content.decode()
    assert reverse("procedures:detail", args=[BIRTH]) in found
    editor.post(reverse("procedures:synonym-delete", args=[word.pk]))
    assert not Synonym.objects.filter(pk=word.pk).exists()


def test_a_renamed_word_replaces_the_old_one(editor: Client) -> None:
    data = {"term": "chữ cũ", "means": "khai sinh", "codes": "", "note": ""}
    editor.post(reverse("procedures:synonym-new"), data)
    word = Synonym.objects.get(term_folded="chu cu")
    editor.post(reverse("procedures:synonym", args=[word.pk]), {**data, "term": "chữ mới"})
    assert list(Synonym.objects.values_list("term_folded", flat=True)) == ["chu moi"]


def test_a_word_without_meaning_is_refused_and_kept_on_screen(editor: Client) -> None:
    response = editor.post(reverse("procedures:synonym-new"), {"term": "trống", "means": "", "codes": "", "note": ""})
    assert response.status_code == 400
    assert "synonym.no_meaning" in response.content.decode()
    assert "trống" in response.content.decode()


def test_not_performed_here_needs_a_reason_and_shows_it(editor: Client, performed: Unit) -> None:
    address = reverse("procedures:performed", args=[performed.key])
    procedure = Procedure.objects.get(national_code=UNCLEAR)
    refused = editor.post(address, {"procedure": procedure.pk, "performed": "0", "reason": " "}, follow=True)
    assert "performance.reason_missing" in refused.content.decode()
    editor.post(address, {"procedure": procedure.pk, "performed": "0", "reason": "Nộp tại quận."})
    assert UnitProcedure.objects.get(procedure=procedure, unit=performed).reason == "Nộp tại quận."
    assert "Nộp tại quận." in Client().get(reverse("procedures:unit", args=[performed.key])).content.decode()


def test_saying_performed_keeps_who_handles_it(editor: Client, performed: Unit) -> None:
    procedure = Procedure.objects.get(national_code=BIRTH)
    address = reverse("procedures:performed", args=[performed.key])
    editor.post(address, {"procedure": procedure.pk, "performed": "0", "reason": "Tạm ngừng."})
    editor.post(address, {"procedure": procedure.pk, "performed": "1"})
    row = UnitProcedure.objects.get(procedure=procedure, unit=performed)
    assert (row.performed, row.handling_unit_id) == (True, performed.pk)


def test_the_navigation_leads_to_the_own_desk(editor: Client, performed: Unit) -> None:
    for name, target in (("own-posters", "unit-posters"), ("own-performed", "performed")):
        response = editor.get(reverse(f"procedures:{name}"))
        assert response["Location"] == reverse(f"procedures:{target}", args=[performed.key])


def test_scans_are_listed(editor: Client) -> None:
    editor.get(reverse("procedures:qr", args=[BIRTH]))
    assert "Đăng ký khai sinh" in editor.get(reverse("procedures:scans")).content.decode()


@pytest.mark.parametrize("name", ["catalogue", "synonyms", "scans"])
def test_editing_is_for_editors(client: Client, catalogue: None, person_in: Callable[[Role], User], name: str) -> None:
    client.force_login(person_in(Role.CLERK))
    assert client.get(reverse(f"procedures:{name}")).status_code == 403
