"""Make a recorded result ready for its owner's store: signed with the unit's certificate as PDF/A, with stamp and code.

What carries a valid signature already is kept as it is. Without a certificate it stays unsigned and counts for less.
Nothing is locked here: signing takes a moment.
"""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from datetime import datetime

import pikepdf
from django.conf import settings
from django.urls import reverse

from dossiers.models import Dossier, ResultFile
from dossiers.papers.constants import SignatureState, Trust
from dossiers.papers.rules.verification_codes import new_code, shown_code
from dossiers.papers.services.paper_data import FileContent
from dossiers.services.result_content import UploadedResult
from haddong_portal.accounts.models import Unit
from haddong_portal.common.errors import Conflict
from haddong_portal.common.signing.keys import has_key, key_of, unit_holder
from haddong_portal.common.signing.pdfa import prepare_pdf
from haddong_portal.common.signing.report import SignatureReport
from haddong_portal.common.signing.sign_pdf import sign_pdf
from haddong_portal.common.signing.signed import is_signed
from haddong_portal.common.signing.stamps import Stamp
from haddong_portal.common.signing.verify_pdf import verify_pdf

PDF = "application/pdf"


@dataclass(frozen=True)
class SignedResult:
    """The file for the store, the code printed on it, and how far it is to be trusted."""

    content: FileContent
    code: str
    trust: Trust


def check_certificate(unit: Unit, content: bytes) -> None:
    """Conflict signing.no_certificate where SIGNING_REQUIRED says that no result of a unit stays unsigned."""
    if settings.SIGNING_REQUIRED and not has_key(unit_holder(unit.key)) and not is_signed(content):
        raise Conflict(
            "signing.no_certificate",
            f"{unit.name} chưa có chứng thư số nên chưa ghi nhận được kết quả điện tử. Xin báo quản trị hệ thống.",
            "file",
        )


def check_result_certificate(unit: Unit, file: UploadedResult | None) -> None:
    """The same for an upload; a result on paper only needs no certificate."""
    if file is not None and settings.SIGNING_REQUIRED:
        check_certificate(unit, b"".join(file.chunks()))


def sign_result_file(
    *, dossier: Dossier, result: ResultFile, content: bytes, content_type: str, now: datetime
) -> SignedResult:
    """Raises DomainError signing.*."""
    code = new_code()
    unit = dossier.signing_unit
    if content_type == PDF and is_signed(content):
        return _as_it_is(content, PDF, code, now)
    check_certificate(unit, content)
    if not has_key(unit_holder(unit.key)):
        return _as_it_is(content, content_type, code, now)
    signed = sign_pdf(
        prepare_pdf(content, content_type).content,
        signer=key_of(unit_holder(unit.key)),
        reason=f"Phát hành kết quả hồ sơ {dossier.code}",
        place=settings.PORTAL_PLACE,
        stamp=Stamp(unit=unit.name, person=result.signer_name, code=shown_code(code), verify_url=verify_url(code)),
        contact=verify_url(code),
        now=now,
    )
    return _as_it_is(signed, PDF, code, now)


def verify_url(code: str) -> str:
    """What the stamp's QR code opens."""
    return f"{settings.PUBLIC_URL}{reverse('verification:code', args=[code])}"


def _as_it_is(content: bytes, content_type: str, code: str, now: datetime) -> SignedResult:
    report = verify_pdf(content, now)
    pages = _pages(content) if content_type == PDF else 1
    valid = SignatureState(report.state.value) == SignatureState.VALID
    return SignedResult(
        content=_file(content, content_type, pages, report),
        code=code,
        trust=Trust.SIGNED_ISSUER if valid else Trust.CHECKED,
    )


def _file(content: bytes, content_type: str, pages: int, report: SignatureReport) -> FileContent:
    return FileContent(
        original=content,
        shown=content,
        content_type=content_type,
        page_count=pages,
        image_count=pages,
        sha256=hashlib.sha256(content).hexdigest(),
        signature_state=SignatureState(report.state.value),
        signature=report.as_json(),
    )


def _pages(content: bytes) -> int:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return len(pdf.pages)
