"""Both groups through the screens: one declaration, the receipt, each act on a leg, and what is refused."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from haddong_portal.common.actors import Actor
from interlink.constants import LegState, MessageState
from interlink.forms.declaration import name_of
from interlink.models import AgencyMessage, DeclarationDraft, IdentityDecision, LinkedCase
from tests.interlink.scene import BIRTH, CHILD_NUMBER, DEATH, MORNING, Scene
from tests.interlink.screens.conftest import OpenSession
from tests.sample_files import SMALL_PDF

pytestmark = pytest.mark.django_db
BOXES = {name_of(key): value for key, value in BIRTH.items()}


@pytest.fixture(autouse=True)
def _december(_morning: None) -> Iterator[None]:
    with time_machine.travel(MORNING, tick=False):
        yield


@pytest.fixture
def desk(scene: Scene, open_session: OpenSession) -> Client:
    return open_session(scene.clerk)


def begin(client: Client, group: str = "birth") -> DeclarationDraft:
    client.get(reverse("interlink:declare", args=[group]))
    return DeclarationDraft.objects.latest("pk")


def act(client: Client, case: LinkedCase, name: str, prefix: str, *args: str, **data: str) -> Any:
    row_version = str(LinkedCase.objects.get(pk=case.pk).row_version)
    values = {f"{prefix}-{key}": value for key, value in ({"row_version": row_version} | data).items()}
    return client.post(reverse(f"interlink:{name}", args=[case.code, *args]), values)


class TestDeclaring:
    def test_one_page_opens_one_case_and_ends_on_the_receipt(self, desk: Client, scene: Scene) -> None:
        draft = begin(desk)
        url = reverse("interlink:declaration", args=[draft.key])
        answer = desk.post(url, BOXES | {"paper-birth_notice": "paper"})
        assert answer.status_code == 302, answer.content.decode()[-3000:]
        case = LinkedCase.objects.get()
        assert answer.url == reverse("interlink:receipt", args=[case.code])
        assert not DeclarationDraft.objects.exists()
        assert scene.states(case)["civil_status"] == LegState.WORKING
        receipt = desk.get(answer.url).content.decode()
        assert case.code in receipt
        assert "Đăng ký thường trú" in receipt
        pdf = desk.get(reverse("interlink:receipt-pdf", args=[case.code]))
        assert pdf.content.startswith(b"%PDF")

    def test_a_paper_brought_as_a_file_goes_into_the_store(self, desk: Client) -> None:
        from dossiers.papers.models import Paper

        draft = begin(desk)
        file = SimpleUploadedFile("chung-sinh.pdf", SMALL_PDF, content_type="application/pdf")
        url = reverse("interlink:declaration", args=[draft.key])
        answer = desk.post(url, BOXES | {"paper-birth_notice": "file", "paper-birth_notice-file": file})
        assert answer.status_code == 302, answer.content.decode()[-3000:]
        paper, case = Paper.objects.get(), LinkedCase.objects.get()
        assert paper.owner_person_id == case.requester_id
        assert json.loads(case.declaration)["papers"]["birth_notice"]["paper"] == str(paper.public_id)

    def test_a_file_that_is_none_is_refused_at_its_line_and_nothing_is_written(self, desk: Client) -> None:
        draft = begin(desk)
        file = SimpleUploadedFile("chung-sinh.pdf", b"not a pdf", content_type="application/pdf")
        url = reverse("interlink:declaration", args=[draft.key])
        answer = desk.post(url, BOXES | {"paper-birth_notice": "file", "paper-birth_notice-file": file})
        assert answer.status_code >= 400
        assert "error-paper-birth_notice" in answer.content.decode()
        assert not LinkedCase.objects.exists()

    def test_the_same_event_twice_is_refused_naming_the_open_case(self, desk: Client, scene: Scene) -> None:
        case = scene.birth()
        url = reverse("interlink:declaration", args=[begin(desk).key])
        answer = desk.post(url, BOXES | {"paper-birth_notice": "paper"})
        assert answer.status_code == 409
        assert case.code in answer.content.decode()
        assert DeclarationDraft.objects.count() == 1

    def test_the_promise_follows_what_is_declared(self, desk: Client, scene: Scene) -> None:
        url = reverse("interlink:declaration-save", args=[begin(desk, "death").key])
        boxes = {name_of(key): value for key, value in DEATH.items()}
        insured = desk.post(url, boxes).content.decode()
        none = desk.post(url, boxes | {"allowance__kind": "none"}).content.decode()
        assert "Trợ cấp mai táng" in insured or "tử tuất" in insured.lower()
        assert insured != none


class TestActs:
    def test_a_papers_answer_typed_in_moves_the_case_on(self, scene: Scene, open_session: OpenSession) -> None:
        case = scene.birth()
        scene.register(case)
        client = open_session(scene.officer)
        prefix, args = "outcome-personal_number", ("personal_number",)
        page = client.get(reverse("interlink:case", args=[case.code])).content.decode()
        assert "Nhập kết quả cơ quan trả" in page
        bare = act(client, case, "record-outcome", prefix, *args, outcome="done", number="1")
        assert bare.status_code == 400
        assert "outcome.fact" in bare.content.decode()
        done = act(
            client, case, "record-outcome", prefix, *args, outcome="done", number="1", fact__personal_id=CHILD_NUMBER
        )
        assert done.status_code == 302, done.content.decode()[-2000:]
        assert scene.states(case)["permanent_residence"] == LegState.READY
        assert CHILD_NUMBER in client.get(reverse("interlink:case", args=[case.code])).content.decode()

    def test_a_supplement_is_what_the_citizen_is_asked_for_and_the_desk_completes_it(
        self, scene: Scene, desk: Client, client: Client
    ) -> None:
        case = at_insurance(scene)
        scene.answer(case, "health_insurance", "supplement", reason="Chọn nơi khám khác")
        tracked = client.get(reverse("linked-tracking:link", args=[case.tracking_token])).content.decode()
        assert "Cấp thẻ bảo hiểm y tế" in tracked
        assert "Chọn nơi khám khác" in tracked
        url = reverse("interlink:correct", args=[case.code])
        assert "01/12/2024" in desk.get(url).content.decode()
        answer = desk.post(url, BOXES | {"insurance__facility": "Bệnh viện 103"})
        assert answer.status_code == 302, answer.content.decode()[-3000:]
        assert scene.states(case)["health_insurance"] == LegState.WORKING
        assert AgencyMessage.objects.filter(leg__case=case, kind="supplement").count() == 1

    def test_what_identifies_the_event_cannot_be_corrected_away(self, scene: Scene, desk: Client) -> None:
        case = scene.birth()
        url = reverse("interlink:correct", args=[case.code])
        answer = desk.post(url, BOXES | {"birth_notice__number": "GCS-khác"})
        assert answer.status_code == 409
        assert "declaration.subject_fixed" in answer.content.decode()

    def test_a_leg_is_begun_again_and_a_stale_page_is_refused(self, scene: Scene, open_session: OpenSession) -> None:
        case = at_insurance(scene)
        client = open_session(scene.head)
        restart = ("restart", "restart-health_insurance", "health_insurance")
        stale = act(client, case, *restart, reason="Gửi nhầm nơi", row_version="1")
        assert stale.status_code == 409
        assert act(client, case, *restart, reason="Gửi nhầm nơi").status_code == 302
        assert scene.leg(case, "health_insurance").generation == 2

    def test_stopping_needs_a_reason_and_ends_everything(self, scene: Scene, open_session: OpenSession) -> None:
        case = at_insurance(scene)
        client = open_session(scene.head)
        assert act(client, case, "stop", "stop", reason="").status_code == 422
        assert act(client, case, "stop", "stop", reason="Người yêu cầu rút").status_code == 302
        assert scene.state(case) == "stopped"
        assert "Dừng hồ sơ liên thông" not in client.get(reverse("interlink:case", args=[case.code])).content.decode()

    def test_an_owners_word_is_recorded_by_the_clerk(self, scene: Scene, desk: Client) -> None:
        fields = {"household_head.full_name": "Lê Thị Chủ", "household_head.personal_id": "001170000077"}
        case = scene.birth(residence__parents_own="no", **{k.replace(".", "__"): v for k, v in fields.items()})
        assert "Ghi ý kiến" in desk.get(reverse("interlink:case", args=[case.code])).content.decode()
        role, prefix = "household_head", "confirm-household_head"
        answer = act(desk, case, "confirm", prefix, role, answer="given", method="desk")
        assert answer.status_code == 302, answer.content.decode()[-2000:]
        assert case.confirmations.get().state == "given"

    def test_an_officers_word_about_two_people_stands_on_the_page(
        self, scene: Scene, open_session: OpenSession, citizen_tu: Any
    ) -> None:
        from haddong_portal.citizens.services.find_or_create_person import PersonData, find_or_create_person

        case = scene.birth()
        find_or_create_person(data=PersonData(full_name="Trần Văn Tư", personal_id="001090000015"), now=MORNING)
        client = open_session(scene.officer)
        words = {"one": "001090000001", "other": "001090000015", "same": "no", "reason": "Hai thẻ khác nhau"}
        assert act(client, case, "identity", "identity", **words).status_code == 302
        assert IdentityDecision.objects.get().is_same is False
        page = client.get(reverse("interlink:case", args=[case.code])).content.decode()
        assert "không phải một người" in page
        unknown = act(client, case, "identity", "identity", **words | {"other": "001090000023"})
        assert "identity.not_found" in unknown.content.decode()

    def test_a_message_that_gave_up_goes_out_again(self, scene: Scene, open_session: OpenSession) -> None:
        case = at_insurance(scene)
        message = scene.message(case, "health_insurance")
        AgencyMessage.objects.filter(pk=message.pk).update(state=MessageState.DEAD, last_error="hết lượt", attempts=9)
        client = open_session(scene.head)
        assert "Gửi lại" in client.get(reverse("interlink:operations")).content.decode()
        assert client.post(reverse("interlink:release", args=[message.pk])).status_code == 302
        message.refresh_from_db()
        assert (message.state, message.attempts) == (MessageState.PENDING, 0)

    def test_who_may_not_is_refused_by_the_door(self, scene: Scene, desk: Client) -> None:
        case = scene.birth()
        for name, prefix, args in (("stop", "stop", ()), ("identity", "identity", ())):
            assert act(desk, case, name, prefix, *args, reason="x").status_code == 403


def at_insurance(scene: Scene) -> LinkedCase:
    """The number is there: residence and insurance are at their agencies."""
    case = scene.birth()
    scene.register(case)
    scene.answer(case, "personal_number", "done", number="1", facts={"personal_id": CHILD_NUMBER})
    return case


class TestApi:
    URL = "/api/v1/linked-cases/"

    def send(self, client: Client, key: str = "k-1", **changes: Any) -> Any:
        body = {"group": "birth", "facts": BIRTH, "papers": {"birth_notice": {"state": "electronic"}}} | changes
        return client.post(
            self.URL, json.dumps(body), content_type="application/json", headers={"Idempotency-Key": key}
        )

    def test_a_portal_declares_once_and_reads_each_leg(self, scene: Scene, desk: Client) -> None:
        first = self.send(desk)
        assert first.status_code == 201, first.content
        again = self.send(desk)
        assert (again.status_code, again.json()["code"]) == (200, first.json()["code"])
        read = desk.get(first["Location"])
        body = read.json()
        assert [leg["key"] for leg in body["legs"]][:2] == ["civil_status", "personal_number"]
        assert body["group"] == "birth"
        assert "Trần Văn Tú" not in read.content.decode()

    def test_every_fault_comes_back_at_once(self, scene: Scene, desk: Client) -> None:
        answer = self.send(desk, facts={"requester.full_name": "Trần Văn Tú"}, papers={})
        assert answer.status_code == 400
        assert answer.json()["code"] == "declaration.refused"
        assert len(answer.json()["faults"]) > 5

    def test_another_units_case_is_not_there(
        self, scene: Scene, stranger_nga: Actor, open_session: OpenSession
    ) -> None:
        case = scene.birth()
        assert open_session(stranger_nga).get(f"{self.URL}{case.code}/").status_code == 404
