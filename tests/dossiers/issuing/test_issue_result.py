"""A recorded result is signed and goes into its owner's store: once, as PDF/A, with a code; corrections replace it."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from dossiers.models import DossierEvent, ResultFile
from dossiers.papers.constants import OwnerRef, PaperSource, PaperState, SignatureState, Trust
from dossiers.papers.models import Paper, PaperVersion, VerificationCode
from dossiers.papers.selectors.held import papers_for
from dossiers.papers.services.reading import read_file
from dossiers.services.correct_mistake import ResultChange, correct_mistake
from dossiers.services.decide_refusal import decide_refusal
from dossiers.services.issue_result import issue_for_event
from dossiers.services.record_result import ResultData, record_result
from haddong_portal.accounts.models import Unit
from haddong_portal.common.errors import DomainError
from haddong_portal.common.signing.keys import key_of
from haddong_portal.common.signing.pdfa_check import pdfa_faults
from haddong_portal.common.signing.sign_pdf import sign_pdf
from haddong_portal.common.signing.verify_pdf import verify_pdf
from haddong_portal.plumbing.models import EventDelivery
from tests.dossiers.issuing.conftest import Desk, paper_pdf
from tests.signing_help import key_from, plain_pdf, stranger

pytestmark = pytest.mark.django_db


def test_it_becomes_a_signed_paper_of_the_applicant(desk: Desk) -> None:
    result = desk.record(number="12/XN-UBND")
    version = desk.issue(result.dossier_id)

    assert version is not None
    paper, dossier = version.paper, desk.story.fresh(result.dossier_id)
    assert (paper.owner_person_id, paper.type.code, paper.number) == (dossier.person_id, "MARITAL_STATUS", "12/XN-UBND")
    assert (paper.source, paper.trust, paper.state) == (PaperSource.ISSUED, Trust.SIGNED_ISSUER, PaperState.VALID)
    assert (paper.issuer_unit_id, str(paper.issued_on)) == (dossier.signing_unit_id, "2024-03-05")
    assert str(paper.valid_to) == "2024-09-05", "six months for this type"
    assert version.signature_state == SignatureState.VALID
    held = papers_for(owner=OwnerRef(dossier.person_id), type_codes=["MARITAL_STATUS"], on=paper.issued_on)
    assert held["MARITAL_STATUS"][0].usable
    result.refresh_from_db()
    assert result.paper_version_id == version.pk


def test_the_stored_file_is_signed_pdfa_and_the_upload_stays_as_it_came(desk: Desk) -> None:
    original = paper_pdf()
    version = desk.issued(original)

    stored = read_file(version.original)
    report = verify_pdf(stored, desk.story.now())
    assert stored.startswith(original) and pdfa_faults(stored) == []
    assert report.state == "VALID" and report.last is not None
    code = VerificationCode.objects.get(version=version)
    assert report.last.contact.endswith(f"/xac-thuc/{code.code}/")
    result = ResultFile.objects.get(paper_version=version)
    assert result.file.open("rb").read() == original
    assert code.reference == f"dossier:{result.dossier.code}"


def test_a_scanned_picture_is_signed_as_a_page(desk: Desk) -> None:
    drawn = io.BytesIO()
    Image.new("RGB", (600, 800), "white").save(drawn, "JPEG")
    version = desk.issued(drawn.getvalue())

    assert version.content_type == "application/pdf"
    assert pdfa_faults(read_file(version.original)) == []


def test_delivered_twice_it_is_issued_once(desk: Desk) -> None:
    result = desk.record()
    first, second = desk.issue(result.dossier_id), desk.issue(result.dossier_id)

    assert first == second
    assert (Paper.objects.count(), PaperVersion.objects.count(), VerificationCode.objects.count()) == (1, 1, 1)


def test_the_worker_is_told_by_a_durable_delivery(desk: Desk) -> None:
    desk.record()

    assert EventDelivery.objects.filter(subscriber="dossiers.issue_result", state="pending").exists()


def test_signing_holds_no_lock(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """While the signature is made no row of the result is locked: locks come after it."""
    result = desk.record()
    seen: list[str] = []
    from dossiers.services import issue_result as module

    real = module.sign_result_file

    def watched(**parts: Any) -> Any:
        seen.extend(query["sql"] for query in captured.captured_queries if "FOR NO KEY UPDATE" in query["sql"])
        return real(**parts)

    monkeypatch.setattr(module, "sign_result_file", watched)
    with CaptureQueriesContext(connection) as captured:
        desk.issue(result.dossier_id)

    assert seen == []
    assert any("FOR NO KEY UPDATE" in query["sql"] for query in captured.captured_queries)


def test_a_file_that_carries_a_trusted_signature_is_kept_as_it_is(desk: Desk) -> None:
    unit = Unit.objects.get(pk=desk.story.clerk.unit_id)
    signed = sign_pdf(paper_pdf(), signer=key_of(unit.key), reason="Ký ở phần mềm khác", now=desk.story.now())
    version = desk.issued(signed)

    assert read_file(version.original) == signed
    assert version.paper.trust == Trust.SIGNED_ISSUER
    assert version.signature["signatures"][0]["reason"] == "Ký ở phần mềm khác"


def test_a_strangers_signature_counts_for_nothing_and_is_said(desk: Desk) -> None:
    signed = sign_pdf(plain_pdf(), signer=key_from(stranger(), desk.home), reason="", now=desk.story.now())
    version = desk.issued(signed)

    assert read_file(version.original) == signed
    assert (version.signature_state, version.paper.trust) == (SignatureState.UNTRUSTED, Trust.CHECKED)


def test_without_certificate_it_goes_on_unsigned_with_less_trust(desk: Desk) -> None:
    for path in desk.home.glob("*.p12"):
        path.unlink()
    version = desk.issued()

    assert (version.signature_state, version.paper.trust) == (SignatureState.NONE, Trust.CHECKED)


def test_without_certificate_recording_is_refused_where_the_setting_says_so(desk: Desk, settings: Any) -> None:
    settings.SIGNING_REQUIRED = True
    for path in desk.home.glob("*.p12"):
        path.unlink()
    with pytest.raises(DomainError) as refused:
        desk.record()

    assert refused.value.code == "signing.no_certificate"
    assert "chưa có chứng thư số" in refused.value.message
    assert not ResultFile.objects.exists()


def test_a_result_on_paper_only_issues_nothing(desk: Desk) -> None:
    dossier = desk.story.at_desk()
    record_result(actor=desk.story.clerk, dossier_id=dossier.pk, result=ResultData(name="Giấy"), now=desk.story.now())

    assert desk.issue(dossier) is None
    assert not Paper.objects.exists()


def _correct(desk: Desk, wrong: ResultFile, number: str) -> PaperVersion:
    right = ResultData(
        name=wrong.name,
        number=number,
        issued_on=wrong.issued_on,
        file=ContentFile(paper_pdf("Bản đúng"), name="dung.pdf"),
    )
    correct_mistake(
        actor=desk.story.leader,
        dossier_id=wrong.dossier_id,
        change=ResultChange(wrong.pk, right),
        mistake_by="agency",
        reason="Ghi sai tên",
        now=desk.story.now(),
    )
    version = desk.issue(wrong.dossier_id)
    assert version is not None
    return version


def test_a_correction_replaces_the_paper(desk: Desk) -> None:
    old = desk.issued(number="12/XN-UBND")
    new = _correct(desk, ResultFile.objects.get(paper_version=old), "12a/XN-UBND")

    old.paper.refresh_from_db()
    assert (old.paper.state, old.paper.replaced_by_id) == (PaperState.REPLACED, new.paper_id)
    assert new.paper.state == PaperState.VALID


def test_a_correction_under_the_same_number_is_a_new_version(desk: Desk) -> None:
    old = desk.issued(number="12/XN-UBND")
    new = _correct(desk, ResultFile.objects.get(paper_version=old), "12/XN-UBND")

    assert (new.paper_id, new.serial) == (old.paper_id, 2)
    assert Paper.objects.get().current_version_id == new.pk


def test_a_written_refusal_is_issued_too(desk: Desk) -> None:
    dossier = desk.story.taken()
    decide_refusal(actor=desk.story.leader, dossier_id=dossier.pk, reason="Không đủ điều kiện", now=desk.story.now())
    version = desk.issue(dossier)

    assert version is not None and version.paper.type.code == "OTHER_RESULT"
    assert version.signature_state == SignatureState.VALID


def test_other_events_issue_nothing(desk: Desk) -> None:
    dossier = desk.story.received()

    assert issue_for_event(DossierEvent.objects.filter(dossier=dossier).latest("id").pk) is None


def test_a_second_signature_time_is_the_moment_of_issuing(desk: Desk) -> None:
    result = desk.record()
    at = desk.story.now() + timedelta(minutes=5)
    version = desk.issue(result.dossier_id, now=at)

    assert version is not None
    assert version.signature["signatures"][0]["signed_at"] == at.replace(microsecond=0).isoformat()
