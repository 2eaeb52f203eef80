"""What is signed verifies; whatever is done to it afterwards is seen and said."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pypdf import PdfReader

from haddong_portal.common.errors import DomainError
from haddong_portal.common.signing.keys import key_of
from haddong_portal.common.signing.report import SignatureState
from haddong_portal.common.signing.sign_pdf import sign_pdf
from haddong_portal.common.signing.stamps import Stamp
from haddong_portal.common.signing.verify_pdf import verify_pdf
from tests.signing_help import NOW, WARD, WARD_NAME, days, key_from, pem_of, plain_pdf, signed_pdf, stranger

STAMP = Stamp(
    unit=WARD_NAME, person="Nguyễn Thị Bích Ngọc", code="ABCD-EFGH", verify_url="https://motcua.example/xac-thuc/ABCD/"
)
LATER = NOW + timedelta(days=30)


def test_a_signed_file_verifies_and_says_who_and_when(home: Path) -> None:
    report = verify_pdf(signed_pdf(), LATER)

    assert report.state == SignatureState.VALID
    (only,) = report.signatures
    assert (only.signer, only.unit, only.signed_at) == (WARD_NAME, WARD_NAME, NOW)
    assert only.intact and only.trusted and only.whole_file and only.is_demo and not only.time_trusted
    assert report.as_json()["signatures"][0]["signed_at"] == NOW.isoformat()


def test_signing_only_appends(home: Path) -> None:
    original = plain_pdf()

    assert signed_pdf(original).startswith(original)


def test_a_file_without_signature_proves_nothing(home: Path) -> None:
    report = verify_pdf(plain_pdf())

    assert report.state == SignatureState.NONE
    assert report.why_not == "Tệp không có chữ ký số."


def test_the_stamp_shows_at_the_top_right_with_vietnamese_and_a_code_that_opens_verification(home: Path) -> None:
    signed = sign_pdf(plain_pdf(), signer=key_of(WARD), reason="Phát hành", stamp=STAMP, now=NOW)

    document = pypdfium2.PdfDocument(signed)
    document.init_forms()
    picture = document[0].render(scale=4, may_draw_forms=True).to_pil()
    document.close()
    (code,) = zxingcpp.read_barcodes(picture)
    assert code.text == STAMP.verify_url
    assert code.position.top_left.x > picture.width * 0.8 and code.position.bottom_left.y < picture.height * 0.1
    words = _words_of_stamp(signed)
    assert {WARD_NAME, "Người ký: Nguyễn Thị Bích Ngọc", "Thời gian ký: 05/03/2024 09:30:15 +07:00"} <= set(words)


def _words_of_stamp(signed: bytes) -> list[str]:
    """The stamp's lines, read as a page of their own through the fonts inside the signed file."""
    with pikepdf.open(io.BytesIO(signed)) as pdf:
        (widget,) = pdf.pages[0].obj.Annots
        drawing = next(iter(widget.AP.N.Resources.XObject.values()))
        alone = pikepdf.new()
        alone.add_blank_page(page_size=(200, 50))
        alone.pages[0].obj.Resources = alone.copy_foreign(pdf.make_indirect(drawing.Resources))
        alone.pages[0].obj.Contents = alone.make_stream(drawing.read_bytes())
        target = io.BytesIO()
        alone.save(target)
    return [line.strip() for line in PdfReader(target).pages[0].extract_text().splitlines()]


def test_several_signers_one_after_another(home: Path) -> None:
    once = signed_pdf(final=False)
    twice = signed_pdf(once, now=NOW + timedelta(hours=1), final=False)

    report = verify_pdf(twice, LATER)

    assert report.state == SignatureState.VALID
    assert [each.signed_at for each in report.signatures] == [NOW, NOW + timedelta(hours=1)]


def test_a_final_signature_lets_nobody_sign_after_it(home: Path) -> None:
    with pytest.raises(DomainError) as refused:
        signed_pdf(signed_pdf())

    assert refused.value.code == "signing.locked"


def test_whoever_the_portal_does_not_trust_proves_nothing(home: Path) -> None:
    signed = sign_pdf(plain_pdf(), signer=key_from(stranger(), home), reason="", now=NOW)

    report = verify_pdf(signed, LATER)

    assert report.state == SignatureState.UNTRUSTED
    assert report.signatures[0].code == "signing.unknown_authority"
    assert report.signatures[0].intact


def test_a_trusted_root_counts_once_it_is_named(home: Path, settings: object) -> None:
    authority = stranger()
    signed = sign_pdf(plain_pdf(), signer=key_from(authority, home), reason="", now=NOW)
    (home / "real.pem").write_bytes(pem_of(authority))
    settings.SIGNING_TRUST_ROOTS = [str(home / "real.pem")]  # type: ignore[attr-defined]

    assert verify_pdf(signed, LATER).state == SignatureState.VALID


@pytest.mark.parametrize(
    ("made_days_before", "code"), [(4000, "signing.expired"), (-500, "signing.not_yet_valid")], ids=["over", "early"]
)
def test_a_certificate_out_of_its_time_when_signing(home: Path, made_days_before: int, code: str) -> None:
    from haddong_portal.common.signing.demo_ca import _authority

    key = key_from(_authority(home, NOW), home, made=NOW - days(made_days_before))
    object.__setattr__(key, "check_valid", lambda now: None)  # somebody else's software does not look
    report = verify_pdf(sign_pdf(plain_pdf(), signer=key, reason="", now=NOW), NOW + days(5000))

    assert report.state == SignatureState.UNTRUSTED
    assert report.signatures[0].code == code


def test_our_own_software_signs_with_no_certificate_out_of_its_time(home: Path) -> None:
    for at, code in ((NOW + days(4000), "certificate_expired"), (NOW - days(500), "certificate_not_yet_valid")):
        with pytest.raises(DomainError) as refused:
            signed_pdf(now=at)
        assert refused.value.code == f"signing.{code}"


def test_a_certificate_that_ran_out_after_signing_still_proves(home: Path) -> None:
    assert verify_pdf(signed_pdf(), NOW + days(5000)).state == SignatureState.VALID


def test_a_time_of_signing_yet_to_come_is_not_believed(home: Path) -> None:
    report = verify_pdf(signed_pdf(now=NOW + days(2)), NOW)

    assert report.signatures[0].code == "signing.time_in_future"
    assert report.state == SignatureState.UNTRUSTED


def test_bytes_appended_after_signing_are_seen(home: Path) -> None:
    report = verify_pdf(signed_pdf() + b"\n% more\n", LATER)

    assert report.state in (SignatureState.PARTIAL, SignatureState.INVALID)
    assert not report.signatures[0].whole_file


def _updated(signed: bytes, text: str) -> bytes:
    """An incremental update that draws something else on page 1: what a shadow attack does."""
    writer = IncrementalPdfFileWriter(io.BytesIO(signed))
    page = writer.root["/Pages"]["/Kids"][0]
    from pyhanko.pdf_utils.generic import StreamObject

    stream = StreamObject(stream_data=f"BT /F1 14 Tf 60 600 Td ({text}) Tj ET".encode())
    page["/Contents"] = writer.add_object(stream)
    writer.update_container(page)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


@pytest.mark.parametrize("final", [True, False])
def test_shadow_attack_replacing_what_is_drawn(home: Path, final: bool) -> None:
    report = verify_pdf(_updated(signed_pdf(final=final), "Khac"), LATER)

    assert report.state == SignatureState.INVALID
    assert report.signatures[0].code == "signing.changed_after"


def test_shadow_attack_hiding_signed_content(home: Path) -> None:
    """Content prepared under a cover before signing, uncovered afterwards by an update."""
    writer = IncrementalPdfFileWriter(io.BytesIO(signed_pdf(plain_pdf(pages=2))))
    pages = writer.root["/Pages"]
    pages["/Kids"].pop(0)
    pages["/Count"] = type(pages["/Count"])(1)
    writer.update_container(pages)
    target = io.BytesIO()
    writer.write(target)

    report = verify_pdf(target.getvalue(), LATER)

    assert report.state == SignatureState.INVALID


def test_a_second_signer_cannot_cover_up_a_change(home: Path) -> None:
    changed = _updated(signed_pdf(final=False), "Khac")
    report = verify_pdf(signed_pdf(changed, now=NOW + timedelta(hours=1), final=False), LATER)

    assert report.state == SignatureState.INVALID
    assert report.signatures[0].code == "signing.changed_after"
    assert report.signatures[1].code == ""


def test_a_signature_moved_into_another_file_is_not_its_own(home: Path) -> None:
    """The whole signed file put behind other bytes: places no longer agree."""
    report = verify_pdf(b"%PDF-1.7\n%other\n" + signed_pdf(), LATER)

    assert report.state == SignatureState.INVALID


def test_a_byte_range_that_leaves_something_out_is_refused(home: Path) -> None:
    signed = signed_pdf()
    found = re.search(rb"/ByteRange \[0 (\d+) (\d+) (\d+)\]", signed)
    assert found
    shorter = str(int(found[3]) - 5).encode().rjust(len(found[3]), b"0")
    report = verify_pdf(signed[: found.start(3)] + shorter + signed[found.end(3) :], LATER)

    assert report.state == SignatureState.INVALID


@pytest.mark.parametrize(
    "rubbish", [b"", b"%PDF-1.7", b"/ByteRange [0 1 2 3]", b"\x00" * 4000, b"%PDF-1.4\n/ByteRange"]
)
def test_rubbish_is_no_proof_and_no_error(home: Path, rubbish: bytes) -> None:
    assert verify_pdf(rubbish).state in (SignatureState.NONE, SignatureState.INVALID)


def test_what_cannot_be_read_cannot_be_signed(home: Path) -> None:
    for content in (b"", b"not a pdf", plain_pdf()[:300]):
        with pytest.raises(DomainError) as refused:
            sign_pdf(content, signer=key_of(WARD), reason="", now=NOW)
        assert refused.value.code == "signing.unreadable"


def test_the_signature_is_pades_and_final(home: Path) -> None:
    reader = PdfFileReader(io.BytesIO(signed_pdf()))
    signature = reader.embedded_regular_signatures[0]

    assert signature.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    assert signature.docmdp_level is not None and signature.docmdp_level.value == 1
