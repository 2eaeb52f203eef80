"""The filing API: a connected portal files, reads back and acts for its citizens; the same refusals as the form."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import Client

from dossiers.models import Dossier, DossierEvent, FiledPaper, Slip, WithdrawalRequest
from dossiers.services.accept_submission import accept_submission
from dossiers.services.request_supplement import request_supplement
from dossiers.services.return_submission import return_submission
from dossiers.services.take_dossier import take_dossier
from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Post, Unit
from haddong_portal.audit.models import AuditEntry
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.notices.models import Notice
from tests.dossiers.api.test_dossier_api import token_of
from tests.dossiers.filed import PHONE, asked, pdf, submitted
from tests.factories import PostFactory, PublishedProcedure, UnitFactory, UserFactory
from tests.sample_files import make_pdf

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/filings/"


@pytest.fixture
def portal_post() -> Post:
    """The city's portal, with a post far from any ward."""
    far = UnitFactory(ward=True, desk=True)
    user = UserFactory(full_name="Cổng Dịch vụ công thành phố", is_service_account=True)
    return PostFactory(user=user, unit=far, role=Role.CLERK)


@pytest.fixture
def client(portal_post: Post) -> Client:
    return Client(headers={"authorization": f"Bearer {token_of(portal_post.user, 'filings')}"})


def application(online: PublishedProcedure, ward: Unit, **changes: Any) -> dict[str, Any]:
    return {
        "procedure_code": online.procedure.national_code,
        "unit": ward.key,
        "person": {"full_name": "Trần Văn Tú", "personal_id": "001090000001", "birth_date": "1990-07-12"},
        "phone": PHONE,
        "phone_confirmed_at": (clock.now() - timedelta(minutes=2)).isoformat(),
        **changes,
    }


def send(
    client: Client,
    words: dict[str, Any],
    papers: list[tuple[int, Any]],
    *,
    key: str | None = "khoa-1",
    address: str = ADDRESS,
) -> Any:
    parts = {"requirement_ids": [number for number, _ in papers], "files": [file for _, file in papers]}
    headers = {"Idempotency-Key": key} if key else {}
    return client.post(address, {"application": json.dumps(words), **parts}, headers=headers)


@pytest.fixture
def filed(client: Client, online: PublishedProcedure, ward: Unit) -> Dossier:
    answer = send(client, application(online, ward), [(online.papers[0].pk, pdf())])
    assert answer.status_code == 201, answer.content
    return Dossier.objects.get(code=answer.json()["code"])


def test_a_filing_waits_for_the_desk_of_its_ward_and_its_repetition_gets_the_same_answer(
    client: Client, portal_post: Post, online: PublishedProcedure, ward: Unit
) -> None:
    words = application(online, ward)
    first = send(client, words, [(online.papers[0].pk, pdf())])
    again = send(client, words, [(online.papers[0].pk, pdf())])
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    dossier = Dossier.objects.get()
    assert first["Location"] == f"{ADDRESS}{dossier.code}/"
    assert (dossier.status, dossier.receiving_unit_id, dossier.line_no) == ("SUBMITTED", ward.pk, None)
    assert (dossier.filed_by_id, dossier.phone, dossier.channel) == (portal_post.user_id, PHONE, 2)
    assert FiledPaper.objects.get().dossier_id == dossier.pk
    assert DossierEvent.objects.get().actor_name == "Cổng Dịch vụ công thành phố"
    assert Notice.objects.get().event == "submission_received"


def test_repeated_after_the_desk_has_accepted_it_is_still_the_same_dossier(
    client: Client, online: PublishedProcedure, ward: Unit, desk_clerk_lan: Actor
) -> None:
    words = application(online, ward)
    first = send(client, words, [(online.papers[0].pk, pdf())])
    accept_submission(actor=desk_clerk_lan, dossier_id=Dossier.objects.get().pk)
    again = send(client, words, [(online.papers[0].pk, pdf())])
    assert (again.status_code, again.json()["code"]) == (200, first.json()["code"])
    assert again.json()["check_due_at"] is None


@pytest.mark.parametrize("other", ["words", "file"])
def test_a_key_used_for_another_content_is_refused(
    client: Client, online: PublishedProcedure, ward: Unit, other: str
) -> None:
    words, paper = application(online, ward), online.papers[0].pk
    send(client, words, [(paper, pdf())])
    if other == "words":
        answer = send(client, {**words, "request_note": "khác"}, [(paper, pdf())])
    else:
        answer = send(client, words, [(paper, pdf(content=make_pdf(page=b"/Rotate 90")))])
    assert (answer.status_code, answer.json()["code"]) == (409, "idempotency.other_content")
    assert Dossier.objects.count() == 1


def test_an_organisation_is_filed_for_through_its_signer(
    client: Client, online: PublishedProcedure, ward: Unit
) -> None:
    company = {
        "person": None,
        "organisation": {"name": "Công ty TNHH Lụa", "tax_code": "0101234567", "address": "Số 1 phố Lụa"},
        "representative": {"full_name": "Đỗ Thị Lụa", "personal_id": "001185000009", "authority": "Giám đốc"},
    }
    answer = send(client, application(online, ward, **company), [(online.papers[0].pk, pdf())])
    assert answer.status_code == 201, answer.content
    dossier = Dossier.objects.select_related("organisation", "representative").get()
    assert dossier.organisation is not None and dossier.representative is not None
    assert (dossier.organisation.tax_code, dossier.representative_relation) == ("0101234567", "Giám đốc")


@pytest.mark.parametrize(
    ("changes", "with_paper", "status", "code"),
    [
        ({}, False, 400, "dossier.paper_missing"),
        ({"phone_confirmed_at": None}, True, 400, "filing.phone_missing"),
        ({"phone_confirmed_at": "2999-01-01T00:00:00+07:00"}, True, 400, "filing.phone_missing"),
        ({"phone": "02433512345"}, True, 400, "phone_code.not_mobile"),
        ({"person": None}, True, 400, "dossier.one_applicant"),
        ({"person": {"full_name": "Trần Văn Tú", "personal_id": "12"}}, True, 400, "identifiers.id_length"),
        ({"person": None, "organisation": {"name": "Hội", "tax_code": ""}}, True, 400, "filing.tax_code_missing"),
        ({"person": None, "organisation": {"name": "X", "tax_code": "0101234567"}}, True, 400, "filing.signer_missing"),
        ({"representative": {"full_name": "Ai Đó"}}, True, 400, "filing.representative_id_missing"),
        ({"delivery": "postal"}, True, 400, "dossier.delivery_address"),
        ({"unit": "khong-co"}, True, 404, "unit.not_found"),
        ({"procedure_code": "9.999999"}, True, 400, "dossier.case_not_current"),
    ],
)
def test_refusals_have_the_forms_codes_and_leave_nothing(
    client: Client,
    online: PublishedProcedure,
    ward: Unit,
    changes: dict[str, Any],
    with_paper: bool,
    status: int,
    code: str,
) -> None:
    papers = [(online.papers[0].pk, pdf())] if with_paper else []
    answer = send(client, application(online, ward, **changes), papers)
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.content
    assert not Dossier.objects.exists() and not FiledPaper.objects.exists()


def test_a_hostile_file_is_refused_and_no_other_stays_on_the_disk(
    client: Client, online: PublishedProcedure, ward: Unit
) -> None:
    first, second = online.papers
    answer = send(client, application(online, ward), [(first.pk, pdf()), (second.pk, pdf(content=b"MZ\x90"))])
    assert (answer.status_code, answer.json()["code"]) == (400, "filing.bad_type")
    assert not Dossier.objects.exists()
    assert not [name for month in _folders("filed") for name in default_storage.listdir(month)[1]]


def _folders(top: str) -> list[str]:
    if not default_storage.exists(top):
        return []
    years = [f"{top}/{year}" for year in default_storage.listdir(top)[0]]
    return [f"{year}/{month}" for year in years for month in default_storage.listdir(year)[0]]


def test_a_paper_of_no_component_and_files_without_a_number_are_refused(
    client: Client, online: PublishedProcedure, ward: Unit
) -> None:
    words = application(online, ward)
    stray = send(client, words, [(999_999, pdf())])
    assert (stray.status_code, stray.json()["code"]) == (400, "filing.unpublished")
    body = {"application": json.dumps(words), "files": [pdf()]}
    unpaired = client.post(ADDRESS, body, headers={"Idempotency-Key": "khoa-2"})
    assert (unpaired.status_code, unpaired.json()["code"]) == (400, "filing.papers_unpaired")
    for text in ("{", '{"case_id": ' + "9" * 5000 + "}"):
        broken = client.post(ADDRESS, {"application": text}, headers={"Idempotency-Key": "khoa-3"})
        assert (broken.status_code, broken.json()["code"]) == (400, "api.bad_json")


def test_only_a_system_with_the_scope_files(
    portal_post: Post, ward: Unit, online: PublishedProcedure, desk_clerk_lan: Actor
) -> None:
    words, papers = application(online, ward), [(online.papers[0].pk, pdf())]
    assert send(Client(), words, papers).status_code == 401
    other_scope = Client(headers={"authorization": f"Bearer {token_of(portal_post.user, 'dossiers')}"})
    assert send(other_scope, words, papers).status_code == 403
    officer = PostFactory(unit=ward, role=Role.OFFICER)
    no_right = Client(headers={"authorization": f"Bearer {token_of(officer.user, 'filings')}"})
    assert send(no_right, words, papers).status_code == 403
    signed_in = Client()
    signed_in.force_login(Post.objects.get(user_id=desk_clerk_lan.user_id).user)
    refused = send(signed_in, words, papers)
    assert (refused.status_code, refused.json()["code"]) == (403, "filing.systems_only")


def test_the_state_is_read_back_by_the_sender_and_nobody_else(
    client: Client, filed: Dossier, online: PublishedProcedure, ward: Unit
) -> None:
    told = client.get(f"{ADDRESS}{filed.code}/")
    body = told.json()
    assert (body["status"], body["national_status"], body["asked"]) == ("SUBMITTED", 1, None)
    assert (body["may_withdraw"], body["slips"], body["due_at"]) == (True, [], None)
    assert told["ETag"] == '"1"'
    entry = AuditEntry.objects.get(action="dossier.own")
    assert (entry.channel, entry.object_id) == ("api", str(filed.pk))
    rival = PostFactory(user=UserFactory(is_service_account=True), unit=ward, role=Role.CLERK)
    elsewhere = Client(headers={"authorization": f"Bearer {token_of(rival.user, 'filings')}"})
    mine = submitted(online, ward)  # filed by the citizen, not by a system
    for answer in (
        elsewhere.get(f"{ADDRESS}{filed.code}/"),
        client.get(f"{ADDRESS}{mine.code}/"),
        elsewhere.post(f"{ADDRESS}{filed.code}/withdrawal/", {}, content_type="application/json"),
        elsewhere.post(f"{ADDRESS}{filed.code}/supplement/", {}),
        elsewhere.get(f"{ADDRESS}{filed.code}/slips/1.pdf"),
    ):
        assert (answer.status_code, answer.json()["code"]) == (404, "tracking.no_match")


def test_given_back_it_is_read_filled_up_and_filed_again(
    client: Client, filed: Dossier, online: PublishedProcedure, desk_clerk_lan: Actor
) -> None:
    return_submission(actor=desk_clerk_lan, dossier_id=filed.pk, lines=asked(online), reason="Tờ khai chưa ký")
    body = client.get(f"{ADDRESS}{filed.code}/").json()
    (line,) = body["asked"]["lines"]
    assert (body["status"], body["asked"]["reason"]) == ("WAIT_SUPPLEMENT", "Tờ khai chưa ký")
    assert (line["requirement_id"], line["fault"], line["given"]) == (online.papers[0].pk, "unsigned", False)
    slip = client.get(f"{ADDRESS}{filed.code}/slips/{body['slips'][0]['id']}.pdf")
    assert slip["Content-Type"] == "application/pdf" and slip.content.startswith(b"%PDF")
    address = f"{ADDRESS}{filed.code}/supplement/"
    nothing = client.post(address, {})
    assert (nothing.status_code, nothing.json()["code"]) == (400, "filing.lines_missing")
    stray = client.post(address, {"requirement_ids": [online.papers[1].pk], "files": [pdf()]})
    assert (stray.status_code, stray.json()["code"]) == (400, "filing.unpublished")
    done = client.post(address, {"requirement_ids": [online.papers[0].pk], "files": [pdf("da-ky.pdf")]})
    assert (done.status_code, done.json()["status"]) == (200, "SUBMITTED"), done.content
    assert DossierEvent.objects.order_by("-id")[0].actor_name == "Cổng Dịch vụ công thành phố"
    again = client.post(address, {"requirement_ids": [online.papers[0].pk], "files": [pdf()]})
    assert (again.status_code, again.json()["code"]) == (409, "dossier.illegal_move")


def test_after_acceptance_papers_are_a_supplement_and_a_withdrawal_is_asked_for(
    client: Client, filed: Dossier, online: PublishedProcedure, desk_clerk_lan: Actor, officer_minh: Actor
) -> None:
    accept_submission(actor=desk_clerk_lan, dossier_id=filed.pk)
    told = client.get(f"{ADDRESS}{filed.code}/").json()
    assert told["due_at"] and told["explanation"] and Slip.objects.get(dossier=filed).pk == told["slips"][0]["id"]
    take_dossier(actor=officer_minh, dossier_id=filed.pk)
    request_supplement(actor=officer_minh, dossier_id=filed.pk, lines=asked(online), reason="Chưa ký")
    body = {"requirement_ids": [online.papers[0].pk], "files": [pdf()]}
    sent = client.post(f"{ADDRESS}{filed.code}/supplement/", body)
    assert (sent.status_code, sent.json()["status"]) == (200, "WAIT_SUPPLEMENT"), sent.content
    assert sent.json()["check_due_at"] and sent.json()["asked"]["lines"][0]["given"]
    asked_for = client.post(f"{ADDRESS}{filed.code}/withdrawal/", {"reason": "Đổi ý"}, content_type="application/json")
    assert (asked_for.status_code, asked_for.json()["status"]) == (200, "WITHDRAW_REQUESTED")
    request = WithdrawalRequest.objects.get()
    assert (request.is_online, request.decided_at, request.recorded_by_id) == (True, None, filed.filed_by_id)


def test_before_acceptance_a_withdrawal_ends_it(client: Client, filed: Dossier) -> None:
    address = f"{ADDRESS}{filed.code}/withdrawal/"
    done = client.post(address, {}, content_type="application/json").json()
    assert (done["status"], done["national_status"], done["stop_reason"]) == ("STOPPED", 8, "withdrawn")
    assert (done["may_withdraw"], done["check_due_at"]) == (False, None)
    again = client.post(address, {}, content_type="application/json")
    assert (again.status_code, again.json()["code"]) == (409, "dossier.illegal_move")
