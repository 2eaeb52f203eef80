"""Verify every signature of a PDF, offline: is it intact, whose is it, does it cover the whole file.

A certificate is judged as of the time of signing: the time-stamping authority's where one vouches, else the signer's.
"""

from __future__ import annotations

import io
import logging
from datetime import datetime, timedelta

from asn1crypto import cms
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESIndeterminate
from pyhanko.sign.diff_analysis import DiffResult, ModificationLevel
from pyhanko.sign.general import SigningError, find_cms_attribute_iter
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel

from haddong_portal.common import clock
from haddong_portal.common.signing.report import OneSignature, SignatureReport, SignatureState, state_of
from haddong_portal.common.signing.running import run_to_end
from haddong_portal.common.signing.signed import container_is_exact, is_signed, message_is_exact
from haddong_portal.common.signing.trust import is_demo, validation_context

logger = logging.getLogger("haddong.signing")

# A signer's clock may be a little ahead of ours.
CLOCK_TOLERANCE = timedelta(minutes=10)
USES = KeyUsageConstraints(key_usage={"non_repudiation", "digital_signature"}, match_all_key_usages=False)
BROKEN = OneSignature(
    field="", intact=False, trusted=False, whole_file=False, signer="", unit="", signed_at=None, code="signing.broken"
)


def verify_pdf(content: bytes, now: datetime | None = None) -> SignatureReport:
    """The report; never raises for what is in the file, and fetches nothing.

    A file that carries a signature which cannot be read is INVALID, never unsigned.
    """
    moment = clock.local(now or clock.now())
    if not is_signed(content):
        return SignatureReport(SignatureState.NONE, (), moment)
    try:
        found = tuple(run_to_end(_all(content, moment)))
    except Exception as error:  # a hostile file may break the reader anywhere; whatever it is, it is no proof
        logger.info("unreadable signed PDF: %s", type(error).__name__)
        found = (BROKEN,)
    signatures = found or (BROKEN,)
    return SignatureReport(state_of(signatures), signatures, moment)


async def _all(content: bytes, now: datetime) -> list[OneSignature]:
    reader = PdfFileReader(io.BytesIO(content))
    embedded = list(reader.embedded_regular_signatures)
    return [await _one(content, each, now) for each in embedded]


async def _one(content: bytes, embedded: EmbeddedPdfSignature, now: datetime) -> OneSignature:
    """One signature; what pyHanko cannot even read is broken."""
    try:
        claimed = _claimed_time(embedded)
        judged_at = claimed or now
        status = await async_validate_pdf_signature(
            embedded,
            signer_validation_context=validation_context(judged_at),
            ts_validation_context=validation_context(judged_at),
            key_usage_settings=USES,
        )
    except (SigningError, SignatureValidationError, PdfError, ValueError) as error:
        logger.info("unreadable signature: %s", error)
        return BROKEN
    exact = container_is_exact(content, embedded.byte_range, _der(embedded)) and message_is_exact(
        embedded.signed_data, status.signing_cert
    )
    fields = {str(each.field_name) for each in embedded.reader.embedded_signatures}
    code = _code(status, judged_at, now, exact=exact, signature_fields=fields)
    return _told(embedded, status, claimed, code=code)


def _told(
    embedded: EmbeddedPdfSignature, status: PdfSignatureStatus, claimed: datetime | None, *, code: str
) -> OneSignature:
    subject = status.signing_cert.subject.native
    path = status.validation_path
    return OneSignature(
        field=str(embedded.field_name),
        intact=code not in NOT_INTACT,
        trusted=code not in NOT_INTACT and code not in NOT_TRUSTED and status.trusted,
        whole_file=code not in NOT_INTACT and code != "signing.not_whole",
        signer=_word(subject, "common_name"),
        unit=_word(subject, "organization_name"),
        signed_at=clock.local(claimed) if claimed else None,
        time_trusted=_vouched(status),
        is_demo=path is not None and is_demo(path[0]),
        reason=_text(embedded, "/Reason"),
        contact=_text(embedded, "/ContactInfo"),
        code=code,
    )


NOT_INTACT = ("signing.altered", "signing.broken", "signing.changed_after")
NOT_TRUSTED = (
    "signing.unknown_authority",
    "signing.not_yet_valid",
    "signing.expired",
    "signing.revoked",
    "signing.time_in_future",
    "signing.wrong_use",
)


def _code(
    status: PdfSignatureStatus, judged_at: datetime, now: datetime, *, exact: bool, signature_fields: set[str]
) -> str:
    """What speaks against the signature, the worst first."""
    if not (status.intact and status.valid):
        return "signing.altered"
    if not exact or (status.timestamp_validity is not None and not status.timestamp_validity.valid):
        return "signing.broken"
    return _change(status, signature_fields) or _distrust(status, judged_at, now)


def _change(status: PdfSignatureStatus, signature_fields: set[str]) -> str:
    """What was done to the file after the signature."""
    if status.coverage == SignatureCoverageLevel.ENTIRE_FILE:
        return ""
    if not isinstance(status.diff_result, DiffResult) or status.docmdp_ok is False:
        return "signing.changed_after"
    return "" if _only_proofs_follow(status.diff_result, signature_fields) else "signing.not_whole"


def _only_proofs_follow(change: DiffResult, signature_fields: set[str]) -> bool:
    """Whether what follows is further signatures and proofs for the archive. Bytes that change nothing are neither."""
    if change.modification_level == ModificationLevel.FORM_FILLING:
        return change.changed_form_fields <= signature_fields
    return bool(change.modification_level == ModificationLevel.LTA_UPDATES)


def _distrust(status: PdfSignatureStatus, judged_at: datetime, now: datetime) -> str:
    certificate = status.signing_cert
    if judged_at > now + CLOCK_TOLERANCE:
        return "signing.time_in_future"
    if status.trusted:
        return ""
    if status.revoked:
        return "signing.revoked"
    if judged_at < certificate.not_valid_before:
        return "signing.not_yet_valid"
    if judged_at > certificate.not_valid_after:
        return "signing.expired"
    known = status.trust_problem_indic in (AdESIndeterminate.SIG_CONSTRAINTS_FAILURE,)
    return "signing.wrong_use" if known else "signing.unknown_authority"


def _claimed_time(embedded: EmbeddedPdfSignature) -> datetime | None:
    """The time-stamping authority's time, else what the signer says."""
    for token in find_cms_attribute_iter(embedded.signer_info["unsigned_attrs"], "signature_time_stamp_token"):
        stamped = token["content"]["encap_content_info"]["content"].parsed["gen_time"].native
        if isinstance(stamped, datetime):
            return stamped
    return embedded.self_reported_timestamp


def _vouched(status: PdfSignatureStatus) -> bool:
    stamp = status.timestamp_validity
    return stamp is not None and stamp.valid and stamp.trusted


def _der(embedded: EmbeddedPdfSignature) -> bytes:
    return bytes(cms.ContentInfo.load(embedded.pkcs7_content).dump())


def _word(subject: dict[str, object], name: str) -> str:
    value = subject.get(name, "")
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _text(embedded: EmbeddedPdfSignature, key: str) -> str:
    value = embedded.sig_object.get(key, "")
    return str(value)[:300]
