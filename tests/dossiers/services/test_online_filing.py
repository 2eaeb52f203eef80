"""Filing online: a draft with its papers and proven phone, sent once; the desk accepts, gives back or refuses."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import connection

from dossiers.constants import FormKind
from dossiers.models import Charge, Dossier, FiledPaper, FilingDraft, Slip, StepRun
from dossiers.services.accept_submission import accept_submission
from dossiers.services.filing_data import PaperUpload
from dossiers.services.filing_draft import add_paper
from dossiers.services.refuse_submission import refuse_submission
from dossiers.services.resubmit_online import resubmit_online
from dossiers.services.return_submission import return_submission
from dossiers.services.submit_online import submit_online
from dossiers.services.supplement_papers import add_asked_paper
from haddong_portal.accounts.models import Unit
from haddong_portal.citizens.models import Person
from haddong_portal.common.actors import Actor
from haddong_portal.common.clock import VIETNAM
from haddong_portal.common.errors import Conflict, DomainError, NotFound
from haddong_portal.notices.models import Notice
from tests.dossiers.filed import IP, LATER, PDF, asked, draft_of, pdf, proof_of, submitted
from tests.factories import MORNING, PublishedProcedure, receive


@pytest.mark.django_db
def test_a_submission_has_a_code_and_a_check_but_no_line_and_no_promise(online: PublishedProcedure, ward: Unit) -> None:
    dossier = submitted(online, ward)
    assert dossier.status == "SUBMITTED"
    assert dossier.code == f"{ward.org_code}-240305-0001"
    assert (dossier.line_no, dossier.due_at, dossier.accepted_at, dossier.received_by_id) == (None, None, None, None)
    assert dossier.check_due_at == datetime(2024, 3, 6, 9, 0, tzinfo=VIETNAM)  # eight working hours on
    assert list(dossier.checklist.values_list("state", flat=True)) == ["electronic", "missing"]
    assert Notice.objects.get().event == "submission_received"
    assert FilingDraft.objects.get().content == ""


@pytest.mark.django_db
def test_sent_twice_it_is_one_dossier(online: PublishedProcedure, ward: Unit) -> None:
    key = draft_of(online, ward)
    first = submit_online(key=key, client_ip=IP, now=MORNING)
    second = submit_online(key=key, client_ip=IP, now=LATER)
    assert (first.already, second.already, second.code) == (False, True, first.code)
    assert Dossier.objects.count() == Notice.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_sends_at_once_make_one_dossier(online: PublishedProcedure, ward: Unit) -> None:
    key = draft_of(online, ward)
    answers: list[str] = []

    def send() -> None:
        try:
            answers.append(submit_online(key=key, client_ip=IP, now=MORNING).code)
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 2
    assert len(set(answers)) == Dossier.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("missing", "code"), [({"proven": False}, "filing.phone_missing"), ({"papers": False}, "dossier.paper_missing")]
)
def test_an_incomplete_draft_is_refused_and_kept(
    online: PublishedProcedure, ward: Unit, missing: dict[str, bool], code: str
) -> None:
    key = draft_of(online, ward, **missing)
    with pytest.raises(DomainError) as refusal:
        submit_online(key=key, client_ip=IP, now=MORNING)
    assert refusal.value.code == code
    assert FilingDraft.objects.get(key=key).content != ""


@pytest.mark.django_db
def test_a_procedure_that_is_not_fully_online_cannot_be_filed(procedure: PublishedProcedure, ward: Unit) -> None:
    with pytest.raises(DomainError) as refusal:
        draft_of(procedure, ward)
    assert refusal.value.code == "filing.not_online"


@pytest.mark.django_db
def test_an_unproven_claim_changes_nobody(online: PublishedProcedure, ward: Unit, desk_clerk_lan: Actor) -> None:
    receive(desk_clerk_lan, online, phone="0987654321")
    dossier = submitted(online, ward)
    assert Person.objects.get().phone == "0987654321"
    assert dossier.phone == "0912345678"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "filing.empty"), (b"MZ\x90 not a pdf", "filing.bad_type"), (PDF + b"x" * 5000, "filing.too_large")],
)
def test_a_hostile_file_is_refused_and_the_others_stay(
    online: PublishedProcedure, ward: Unit, settings: Any, content: bytes, code: str
) -> None:
    settings.UPLOAD_MAX_BYTES = 4000
    key = draft_of(online, ward)
    with pytest.raises(DomainError) as refusal:
        add_paper(key=key, upload=PaperUpload(online.papers[1].pk, pdf(content=content)), now=MORNING)
    assert refusal.value.code == code
    assert FiledPaper.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("setting", "value", "code"),
    [("FILING_FILES_MAX", 1, "filing.too_many"), ("FILING_TOTAL_MAX_BYTES", 60, "filing.total_too_large")],
)
def test_count_and_total_are_limited(
    online: PublishedProcedure, ward: Unit, settings: Any, setting: str, value: int, code: str
) -> None:
    key = draft_of(online, ward)
    setattr(settings, setting, value)
    with pytest.raises(DomainError) as refusal:
        add_paper(key=key, upload=PaperUpload(online.papers[1].pk, pdf()), now=MORNING)
    assert refusal.value.code == code


@pytest.mark.django_db
def test_a_path_in_the_name_reaches_no_folder(online: PublishedProcedure, ward: Unit) -> None:
    key = draft_of(online, ward, papers=False)
    upload = pdf()
    upload._name = "..\\..\\etc/../pass\x00wd.pdf"  # Django itself would clean it on the way in
    paper = add_paper(key=key, upload=PaperUpload(online.papers[0].pk, upload), now=MORNING)
    assert paper.name == "passwd.pdf"
    assert paper.file.name.startswith("filed/2024/03/")
    assert "passwd" not in paper.file.name


@pytest.mark.django_db(transaction=True)
def test_an_erased_draft_takes_its_files_along(online: PublishedProcedure, ward: Unit) -> None:
    key = draft_of(online, ward)
    name = FiledPaper.objects.get().file.name
    assert default_storage.exists(name)
    FilingDraft.objects.filter(key=key).delete()
    assert not default_storage.exists(name)


@pytest.mark.django_db
def test_accepted_it_is_like_one_of_the_counter(online: PublishedProcedure, ward: Unit, desk_clerk_lan: Actor) -> None:
    dossier = submitted(online, ward)
    accept_submission(actor=desk_clerk_lan, dossier_id=dossier.pk, row_version=dossier.row_version, now=LATER)
    dossier.refresh_from_db()
    assert (dossier.status, dossier.book_no, dossier.line_no) == ("ACCEPTED", "01/2024", 1)
    assert (dossier.accepted_at, dossier.due_at) == (LATER, datetime(2024, 3, 8, 17, 0, tzinfo=VIETNAM))
    assert dossier.printed_due_at == dossier.due_at
    assert list(StepRun.objects.filter(dossier=dossier).values_list("state", flat=True)) == ["done", "done", "waiting"]
    slip = Slip.objects.get(dossier=dossier)
    assert (slip.form_kind, slip.number, slip.due_at) == (FormKind.RECEIPT, 1, dossier.due_at)
    assert (Charge.objects.get(dossier=dossier).amount_vnd, dossier.unpaid_vnd) == (8000, 8000)
    assert list(Notice.objects.order_by("pk").values_list("event", flat=True))[-1] == "dossier_received"


@pytest.mark.django_db
def test_given_back_and_filed_again_the_check_starts_anew(
    online: PublishedProcedure, ward: Unit, desk_clerk_lan: Actor
) -> None:
    dossier = submitted(online, ward)
    return_submission(
        actor=desk_clerk_lan, dossier_id=dossier.pk, lines=asked(online), reason="Tờ khai chưa ký", now=LATER
    )
    dossier.refresh_from_db()
    assert (dossier.status, dossier.check_due_at) == ("WAIT_SUPPLEMENT", None)
    assert Slip.objects.get(dossier=dossier).form_kind == FormKind.SUPPLEMENT_REQUEST
    proof = proof_of(dossier)
    with pytest.raises(DomainError) as refusal:
        resubmit_online(proof=proof, now=LATER)
    assert refusal.value.code == "filing.lines_missing"
    add_asked_paper(proof=proof, requirement_id=online.papers[0].pk, file=pdf(), now=LATER + timedelta(seconds=1))
    resubmit_online(proof=proof, now=LATER)
    dossier.refresh_from_db()
    assert (dossier.status, dossier.check_due_at) == ("SUBMITTED", datetime(2024, 3, 6, 10, 0, tzinfo=VIETNAM))
    with pytest.raises(Conflict) as again:
        return_submission(actor=desk_clerk_lan, dossier_id=dossier.pk, lines=asked(online), reason="Vẫn thế", now=LATER)
    assert again.value.code == "supplement.same_reason"
    accept_submission(actor=desk_clerk_lan, dossier_id=dossier.pk, now=LATER)


@pytest.mark.django_db
def test_refused_it_ends_with_form_three(online: PublishedProcedure, ward: Unit, desk_clerk_lan: Actor) -> None:
    dossier = submitted(online, ward)
    refuse_submission(actor=desk_clerk_lan, dossier_id=dossier.pk, reason="Không thuộc thẩm quyền", now=LATER)
    dossier.refresh_from_db()
    assert (dossier.status, dossier.closed_at) == ("REFUSED_INTAKE", LATER)
    assert Slip.objects.get(dossier=dossier).form_kind == FormKind.REFUSAL
    with pytest.raises(DomainError) as late:
        accept_submission(actor=desk_clerk_lan, dossier_id=dossier.pk, now=LATER)
    assert late.value.code == "dossier.illegal_move"


@pytest.mark.django_db
def test_a_stranger_sees_no_filing_and_a_stale_page_is_told(
    online: PublishedProcedure, ward: Unit, desk_clerk_lan: Actor, stranger_nga: Actor
) -> None:
    dossier = submitted(online, ward)
    with pytest.raises(NotFound):
        accept_submission(actor=stranger_nga, dossier_id=dossier.pk, now=LATER)
    with pytest.raises(Conflict) as stale:
        accept_submission(actor=desk_clerk_lan, dossier_id=dossier.pk, row_version=99, now=LATER)
    assert stale.value.code == "dossier.changed"
