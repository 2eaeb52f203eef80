"""Sign a PDF: PAdES baseline B-B, B-T where a time-stamping authority is configured (SIGNING_TSA_URL)."""

from __future__ import annotations

import io
from datetime import datetime

from django.conf import settings
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko.sign.timestamps import HTTPTimeStamper, TimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError
from pyhanko.stamp import StaticStampStyle

from haddong_portal.common import clock
from haddong_portal.common.errors import DomainError
from haddong_portal.common.signing.keys import SigningKey
from haddong_portal.common.signing.running import run_to_end
from haddong_portal.common.signing.signed import is_signed
from haddong_portal.common.signing.stamps import Stamp, StampPage, top_right

DIGEST = "sha256"
TSA_TIMEOUT_SECONDS = 15


def sign_pdf(
    content: bytes,
    *,
    signer: SigningKey,
    reason: str,
    place: str = "",
    stamp: Stamp | None = None,
    contact: str = "",
    final: bool = True,
    now: datetime | None = None,
) -> bytes:
    """The file with one more signature appended; every byte of `content` stays where it was.

    `stamp` shows it at the top right of page 1; without one it is invisible. `final` forbids any later change (a
    certifying signature), which only the first signature of a file can do. Raises DomainError signing.unreadable,
    .locked, .certificate_expired, .certificate_not_yet_valid, .timestamp_failed.
    """
    moment = clock.local(now or clock.now()).replace(microsecond=0)
    signer.check_valid(moment)
    certify = final and not is_signed(content)
    try:
        writer = IncrementalPdfFileWriter(io.BytesIO(content))
        pdf_signer = _signer(writer, signer, _metadata(content, reason, place, contact, certify), stamp, moment)
        signed = run_to_end(pdf_signer.async_sign_pdf(writer))
    except TimestampRequestError as error:
        raise DomainError(
            "signing.timestamp_failed", "Máy chủ cấp dấu thời gian không trả lời; tệp chưa được ký.", status=503
        ) from error
    except SigningError as error:
        raise DomainError("signing.locked", "Tệp này không cho phép thêm chữ ký.", status=409) from error
    except (PdfError, ValueError, KeyError, TypeError, IndexError, NotImplementedError) as error:
        raise DomainError("signing.unreadable", "Không đọc được tệp PDF để ký.", "file") from error
    return bytes(signed.getvalue())


class _SignerAt(PdfSigner):
    """A signer whose clock is passed in."""

    now: datetime

    def init_signing_session(self, pdf_out: BasePdfFileWriter, existing_fields_only: bool = False) -> PdfSigningSession:
        session = super().init_signing_session(pdf_out, existing_fields_only=existing_fields_only)
        session.system_time = self.now
        return session


def _signer(
    writer: IncrementalPdfFileWriter,
    key: SigningKey,
    metadata: PdfSignatureMetadata,
    stamp: Stamp | None,
    now: datetime,
) -> _SignerAt:
    box = top_right(writer.prev) if stamp else None
    style = StaticStampStyle(background=StampPage(stamp.as_pdf(now)), border_width=0) if stamp else None
    made = _SignerAt(
        metadata,
        signer=key.signer,
        timestamper=_timestamper(),
        stamp_style=style,
        new_field_spec=SigFieldSpec(metadata.field_name or "", on_page=0, box=box),
    )
    made.now = now
    return made


def _metadata(content: bytes, reason: str, place: str, contact: str, certify: bool) -> PdfSignatureMetadata:
    return PdfSignatureMetadata(
        field_name=f"ChuKy{content.count(b'/ByteRange') + 1}",
        md_algorithm=DIGEST,
        location=place or None,
        reason=reason or None,
        contact_info=contact or None,
        certify=certify,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        subfilter=SigSeedSubFilter.PADES,
    )


def _timestamper() -> TimeStamper | None:
    if not settings.SIGNING_TSA_URL:
        return None
    login = (settings.SIGNING_TSA_USER, settings.SIGNING_TSA_PASSWORD) if settings.SIGNING_TSA_USER else None
    return HTTPTimeStamper(settings.SIGNING_TSA_URL, auth=login, timeout=TSA_TIMEOUT_SECONDS)
