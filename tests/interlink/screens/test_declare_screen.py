"""The declaration at the counter: drawn from the template, saved as typed, filled by card, refused with all kept."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from haddong_portal.accounts.models import Unit
from haddong_portal.common.actors import Actor
from interlink.models import DeclarationDraft, GroupVersion
from tests.interlink.forms.definitions import FILLED, SMALL
from tests.interlink.rows import published
from tests.interlink.screens.conftest import OpenSession

pytestmark = pytest.mark.django_db
CARD = "001090012345||Nguyễn Minh An|05121990|Nam|Số 5, phố Văn Quán|01012021"


@pytest.fixture
def group() -> GroupVersion:
    papers = [
        {"key": "notice", "label": "Giấy chứng sinh", "required": True},
        {"key": "marriage", "label": "Giấy chứng nhận kết hôn"},
    ]
    confirmations = [
        {
            "role": "owner",
            "label": "chủ sở hữu",
            "when": {"field": "delivery.way", "is": ["post"]},
            "needed_by": ["residence"],
        }
    ]
    return published(definition={**SMALL, "papers": papers, "confirmations": confirmations})


def begin(client: Client, group: GroupVersion) -> DeclarationDraft:
    answer = client.get(reverse("interlink:declare", args=[group.group.code]))
    assert answer.status_code == 302, answer.content
    return DeclarationDraft.objects.latest("pk")


def open_page(client: Client, draft: DeclarationDraft) -> str:
    answer = client.get(reverse("interlink:declaration", args=[draft.key]))
    assert answer.status_code == 200
    return answer.content.decode()


class TestDraft:
    def test_leaving_and_returning_loses_nothing(
        self, group: GroupVersion, desk_clerk_lan: Actor, open_session: OpenSession
    ) -> None:
        client = open_session(desk_clerk_lan)
        draft = begin(client, group)
        saved = client.post(reverse("interlink:declaration-save", args=[draft.key]), {**FILLED, "must_verify": "on"})
        assert saved.status_code == 200
        assert begin(client, group).key == draft.key
        page = open_page(client, draft)
        assert "Bệnh viện Hà Đông" in page
        assert re.search(r'name="must_verify"[^>]*checked', page)

    def test_it_is_encrypted_and_nobody_elses(
        self, group: GroupVersion, desk_clerk_lan: Actor, stranger_nga: Actor, open_session: OpenSession
    ) -> None:
        client = open_session(desk_clerk_lan)
        draft = begin(client, group)
        client.post(reverse("interlink:declaration-save", args=[draft.key]), FILLED)
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("SELECT content FROM interlink_declarationdraft")
            assert "Minh An" not in str(cursor.fetchall())
        other = open_session(stranger_nga)
        for name in ("declaration", "declaration-save", "declaration-person"):
            answer = other.post(reverse(f"interlink:{name}", args=[draft.key]), FILLED)
            assert answer.status_code == 404

    def test_discarding_begins_anew(
        self, group: GroupVersion, desk_clerk_lan: Actor, open_session: OpenSession
    ) -> None:
        client = open_session(desk_clerk_lan)
        draft = begin(client, group)
        client.post(reverse("interlink:declaration-discard", args=[draft.key]))
        assert begin(client, group).key != draft.key

    def test_the_strip_counts_what_is_missing(
        self, group: GroupVersion, desk_clerk_lan: Actor, open_session: OpenSession
    ) -> None:
        client = open_session(desk_clerk_lan)
        url = reverse("interlink:declaration-save", args=[begin(client, group).key])
        assert "4 mục" in client.post(url, {}).content.decode()
        assert "1 mục" in client.post(url, FILLED).content.decode()
        assert "0 mục" in client.post(url, FILLED | {"paper-notice": "paper"}).content.decode()


class TestPeople:
    @pytest.mark.parametrize("by_script", [True, False])
    def test_a_card_fills_its_part_and_keeps_the_rest(
        self, by_script: bool, group: GroupVersion, desk_clerk_lan: Actor, open_session: OpenSession
    ) -> None:
        client = open_session(desk_clerk_lan)
        draft = begin(client, group)
        data = {"fill": "requester", "payload-requester": CARD, "delivery__phone": "0912345678"}
        headers = {"HX-Request": "true"} if by_script else {}
        answer = client.post(reverse("interlink:declaration-person", args=[draft.key]), data, headers=headers)
        words = answer.content.decode()
        assert "Nguyễn Minh An" in words
        assert "05/12/1990" in words
        assert "Đã điền từ thẻ" in words
        assert ("<html" in words) is not by_script
        assert "0912345678" in open_page(client, draft)

    def test_a_card_that_cannot_be_read_says_so_and_keeps_what_was_typed(
        self, group: GroupVersion, desk_clerk_lan: Actor, open_session: OpenSession
    ) -> None:
        client = open_session(desk_clerk_lan)
        draft = begin(client, group)
        data = {"fill": "requester", "payload-requester": "12", **FILLED}
        words = client.post(reverse("interlink:declaration-person", args=[draft.key]), data).content.decode()
        assert "identifiers.id_length" in words
        assert "Nguyễn Minh An" in words

    def test_the_register_needs_a_name_and_says_when_it_is_not_connected(
        self, group: GroupVersion, desk_clerk_lan: Actor, open_session: OpenSession, settings: Any, monkeypatch: Any
    ) -> None:
        monkeypatch.setattr("haddong_portal.citizens.ports._registers", [])
        client = open_session(desk_clerk_lan)
        url = reverse("interlink:declaration-person", args=[begin(client, group).key])
        assert "look_up.no_person" in client.post(url, {"look_up": "requester"}).content.decode()
        data = FILLED | {"look_up": "requester", "requester__personal_id": "001090012345"}
        assert "look_up.not_connected" in client.post(url, data).content.decode()

    def test_the_registers_answer_is_shown_with_what_may_no_longer_be_asked(
        self, group: GroupVersion, desk_clerk_lan: Actor, open_session: OpenSession, monkeypatch: Any
    ) -> None:
        def register(**asked: Any) -> dict[str, str]:
            return {"Nơi thường trú": "Số 9, phố Bà Triệu"}

        monkeypatch.setattr("haddong_portal.citizens.ports._registers", [register])
        client = open_session(desk_clerk_lan)
        url = reverse("interlink:declaration-person", args=[begin(client, group).key])
        data = FILLED | {"look_up": "requester", "requester__personal_id": "001090012345"}
        words = client.post(url, data, headers={"HX-Request": "true"}).content.decode()
        assert "Số 9, phố Bà Triệu" in words
        assert "không được yêu cầu nộp hoặc xuất trình" in words


class TestSending:
    def test_a_refusal_keeps_everything_and_opens_the_part_at_fault(
        self, group: GroupVersion, desk_clerk_lan: Actor, open_session: OpenSession
    ) -> None:
        client = open_session(desk_clerk_lan)
        draft = begin(client, group)
        answer = client.post(
            reverse("interlink:declaration", args=[draft.key]), FILLED | {"requester__birth_date": "31/02/2024"}
        )
        assert answer.status_code == 422
        words = answer.content.decode()
        assert "declaration.bad_date" in words
        assert "Giấy tờ này bắt buộc" in words
        assert "Bệnh viện Hà Đông" in words

    def test_who_has_to_agree_follows_what_is_declared(
        self, group: GroupVersion, desk_clerk_lan: Actor, open_session: OpenSession
    ) -> None:
        client = open_session(desk_clerk_lan)
        draft = begin(client, group)
        assert "agreed-owner" not in open_page(client, draft)
        client.post(reverse("interlink:declaration-save", args=[draft.key]), {"delivery__way": "post"})
        assert "agreed-owner" in open_page(client, draft)

    def test_a_group_out_of_force_cannot_be_declared(
        self, desk_clerk_lan: Actor, ward: Unit, open_session: OpenSession
    ) -> None:
        assert open_session(desk_clerk_lan).get(reverse("interlink:declare", args=["khong-co"])).status_code == 400
