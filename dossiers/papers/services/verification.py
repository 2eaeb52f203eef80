"""Verify an issued paper: by the code printed on it, or by its file, which is read in memory and not kept.

Anybody. Attempts are counted per address; codes nobody has and codes of erased papers get the same answer. A look at a
paper is on record for its owner.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from dossiers.papers.models import PaperVersion
from dossiers.papers.rules.verdicts import (
    SENTENCES,
    TITLES,
    Finding,
    Outcome,
    Standing,
    outcome_of_file,
    outcome_of_paper,
    signature_findings,
)
from dossiers.papers.rules.verification_codes import read_code
from dossiers.papers.selectors.verified import VerifiedPaper, verified_paper, version_by_code, version_by_content
from dossiers.papers.services.reading import read_file
from haddong_portal.audit.services.record_access import record_access
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.attempts import too_many_attempts
from haddong_portal.common.errors import DomainError, NotFound
from haddong_portal.common.files.check import check_file
from haddong_portal.common.signing.report import SignatureReport
from haddong_portal.common.signing.verify_pdf import verify_pdf

WINDOW_S = 15 * 60


@dataclass(frozen=True, slots=True)
class Authenticity:
    """The answer for a person: colour, sentence, what was checked, and the paper where it is one of ours."""

    outcome: Outcome
    findings: tuple[Finding, ...]
    paper: VerifiedPaper | None
    report: SignatureReport
    by_file: bool
    at: datetime

    @property
    def title(self) -> str:
        """The big word."""
        return TITLES[self.outcome]

    @property
    def sentence(self) -> str:
        """What it means."""
        return SENTENCES[self.outcome]

    @property
    def is_demo(self) -> bool:
        """Whether it rests on the demo's authority, which proves nothing in law."""
        return any(each.is_demo for each in self.report.signatures)


def verify_code(*, text: str, client_ip: str, now: datetime | None = None) -> Authenticity:
    """By the code, a pasted address or what a camera read. Raises NotFound verify.no_match, DomainError
    verify.too_many (429), paper.unreachable (503)."""
    _count(client_ip)
    version = version_by_code(read_code(text))
    if version is None:
        raise NotFound(
            "Không có giấy tờ nào mang mã này. Xin xem lại mã in cạnh chữ ký số, ở góc trên bên phải trang 1.",
            code="verify.no_match",
        )
    moment = clock.local(now or clock.now())
    report, whole = _stored_signature(version, moment)
    paper = verified_paper(version)
    standing = _standing(paper)
    _record(version, client_ip, "mã in trên giấy", moment)
    findings = (
        Finding("Mã xác thực", True, "Có trong sổ cấp của cổng này."),
        Finding("Tệp lưu trong kho", whole, "Nguyên vẹn." if whole else "Tệp lưu bị hỏng, xin hỏi cơ quan cấp."),
        *signature_findings(report),
        standing.finding(moment.date()),
    )
    outcome = outcome_of_paper(standing, moment.date(), file_whole=whole)
    return Authenticity(outcome, findings, paper, report, by_file=False, at=moment)


def verify_file(*, content: bytes, name: str, client_ip: str, now: datetime | None = None) -> Authenticity:
    """By the file, which is checked like every file from outside. Raises DomainError file.*, verify.too_many."""
    _count(client_ip)
    verdict = check_file(content, name=name)
    if not verdict.accepted:
        raise DomainError(verdict.code, verdict.sentence, "file", status=verdict.status)
    moment = clock.local(now or clock.now())
    report = verify_pdf(content, moment)
    version = version_by_content(content)
    if version is not None:
        _record(version, client_ip, "tệp tải lên", moment)
    return _told_of_file(report, version, moment)


def _told_of_file(report: SignatureReport, version: PaperVersion | None, now: datetime) -> Authenticity:
    paper = verified_paper(version) if version else None
    standing = _standing(paper) if paper else None
    claimed = version is None and _claims_ours(report)
    outcome = outcome_of_file(report, standing, now.date(), claims_ours=claimed)
    same = Finding("Giống bản đã cấp", True, "Trùng từng byte với bản lưu trong kho.")
    if claimed:
        same = Finding("Giống bản đã cấp", False, "Tệp mang mã của cổng này nhưng không trùng với bản đã cấp.")
    elif version is None:
        same = Finding("Giống bản đã cấp", None, "Cổng này không lưu tệp như vậy.")
    ends = (standing.finding(now.date()),) if standing else ()
    return Authenticity(outcome, (same, *signature_findings(report), *ends), paper, report, by_file=True, at=now)


def _stored_signature(version: PaperVersion, now: datetime) -> tuple[SignatureReport, bool]:
    """The kept file's signature, verified anew, and whether the file is whole."""
    try:
        return verify_pdf(read_file(version.original, now=now), now), True
    except DomainError as refusal:
        if refusal.status >= 500:
            raise
        return verify_pdf(b"", now), False


def _standing(paper: VerifiedPaper) -> Standing:
    return Standing(
        state=paper.state,
        is_current=paper.is_current,
        valid_to=paper.valid_to,
        revoked_at=clock.local(paper.revoked_at) if paper.revoked_at else None,
        revoked_reason=paper.revoked_reason,
        replaced_at=clock.local(paper.replaced_at) if paper.replaced_at else None,
    )


def _claims_ours(report: SignatureReport) -> bool:
    """Whether a signature carries the code of an issued version."""
    return any(version_by_code(read_code(each.contact)) is not None for each in report.signatures)


def _record(version: PaperVersion, client_ip: str, way: str, now: datetime) -> None:
    record_access(
        actor=Actor(name="Người dân", channel="public", ip=client_ip or None),
        action="paper.verify",
        object_type="paper",
        object_id=version.paper_id,
        person_id=version.paper.owner_person_id,
        purpose=f"xác thực công khai: {way}",
        now=now,
    )


def _count(client_ip: str) -> None:
    most = settings.VERIFY_TRIES_PER_ADDRESS_MAX
    if too_many_attempts("verify", client_ip, most=most, window_s=WINDOW_S):
        raise DomainError("verify.too_many", "Đã xác thực quá nhiều lần. Xin thử lại sau 15 phút.", status=429)
