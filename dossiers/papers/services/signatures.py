"""Digital signatures of files on their way into the store and at the moment of use (domain.md §7.5)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from dossiers.papers.constants import SignatureState
from dossiers.papers.models import PaperVersion
from dossiers.papers.rules.reuse import BAD_SIGNATURE
from dossiers.papers.services.paper_data import FileContent
from haddong_portal.common.errors import Conflict
from haddong_portal.common.signing.signed import is_signed
from haddong_portal.common.signing.verify_pdf import verify_pdf


def with_signature(content: FileContent, *, now: datetime) -> FileContent:
    """The file with what its signatures prove, read from the untouched original unless the caller has just done so."""
    if content.signature or not is_signed(content.original):
        return content
    report = verify_pdf(content.original, now)
    return replace(content, signature_state=SignatureState(report.state.value), signature=report.as_json())


def check_still_signed(version: PaperVersion, content: bytes, *, now: datetime) -> None:
    """Conflict paper.bad_signature when what counted as signed does so no longer: revoked, or its authority dropped."""
    if version.signature_state != SignatureState.VALID or not is_signed(content):
        return
    report = verify_pdf(content, now)
    if SignatureState(report.state.value) != SignatureState.VALID:
        raise Conflict(BAD_SIGNATURE.code, f"{BAD_SIGNATURE.sentence} {report.why_not}")
