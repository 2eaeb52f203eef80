"""What owners see of their papers: what is there, how sure it is, and what codes they gave away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Count, QuerySet

from dossiers.papers.constants import (
    CONSENT_PURPOSE,
    LIVE,
    Basis,
    FileState,
    PaperSource,
    PaperState,
    SignatureState,
    Trust,
)
from dossiers.papers.models import Paper, PaperCorrection, PaperType, PaperVersion, ShareCode
from dossiers.papers.rules.reuse import Standing, why_not
from dossiers.papers.selectors.looks import Look, looks_of
from haddong_portal.citizens.selectors.own import has_open_consent
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import NotAllowed, NotFound

SHOWN_MAX = 200
# For owners: how sure the administration is of a paper, and by what.
TRUST_WORDS = {
    Trust.SIGNED_ISSUER: "Cơ quan cấp đã ký số",
    Trust.SIGNED_DIGITISED: "Công chức đã số hóa và ký số",
    Trust.CHECKED: "Công chức đã đối chiếu bản chính",
    Trust.DECLARED: "Do ông/bà khai, chưa được kiểm tra",
}
SOURCE_WORDS = {
    PaperSource.DIGITISED: "Số hóa khi nộp hồ sơ",
    PaperSource.ISSUED: "Cơ quan cấp gửi vào kho",
    PaperSource.RECEIVED: "Nhận từ cơ quan khác",
    PaperSource.UPLOADED: "Ông/bà tự tải lên",
}
# word, tone and icon of a badge
_STATES = {
    PaperState.PENDING: ("Chờ kiểm tra", "info", "hourglass"),
    PaperState.REPLACED: ("Đã được thay thế", "paused", "refresh"),
    PaperState.REVOKED: ("Bị thu hồi", "late", "ban"),
}
EXPIRED = ("Hết giá trị", "paused", "clock-pause")
GOOD = ("Đang có giá trị", "ok", "circle-check")


@dataclass(frozen=True)
class OwnPaper:
    """One paper. `why_not` says why nobody can use it in place of a new one, "" when they can."""

    id: int
    public_id: UUID
    type_name: str
    number: str
    issuer_name: str
    issued_on: date | None
    valid_to: date | None
    state_word: str
    state_tone: str
    state_icon: str
    trust_word: str
    source_word: str
    by_consent: bool
    page_count: int
    signature_word: str
    content_type: str
    added_at: datetime
    use_count: int
    why_not: str
    can_be_shared: bool


@dataclass(frozen=True)
class OwnShare:
    """A code that was given away; the code itself is known to nobody any more."""

    id: int
    made_at: datetime
    expires_at: datetime
    used_count: int
    uses_max: int
    is_open: bool
    end_word: str


@dataclass(frozen=True)
class OwnCorrection:
    """What the owner said is wrong; `answer` is "" while nobody has looked."""

    words: str
    asked_at: datetime
    outcome: str
    answer: str
    unit: str
    answered_at: datetime | None


@dataclass(frozen=True)
class OwnPaperPage:
    paper: OwnPaper
    looks: list[Look]
    shares: list[OwnShare]
    corrections: list[OwnCorrection]

    @property
    def may_ask(self) -> bool:
        """Whether something may be said to be wrong: once at a time, of a paper that counts."""
        return self.paper.can_be_shared and all(one.answer for one in self.corrections)


def own_papers(*, actor: Actor, now: datetime) -> list[OwnPaper]:
    """The signed-in owner's papers, those that count first, newest first; at most 200. NotAllowed for anybody else."""
    rows = list(_rows(actor).order_by("-issued_on", "-id")[:SHOWN_MAX])
    consented = has_open_consent(actor.person_id or 0, CONSENT_PURPOSE)
    papers = [_own(paper, now, consented=consented) for paper in rows]
    return sorted(papers, key=lambda one: one.state_word != GOOD[0])


def own_paper(*, actor: Actor, public_id: UUID, now: datetime) -> OwnPaperPage:
    """One of them with its story. Raises NotAllowed, NotFound paper.not_found."""
    paper = _rows(actor).filter(public_id=public_id).first()
    if paper is None:
        raise NotFound("Không tìm thấy giấy tờ này trong kho.", code="paper.not_found")
    consented = has_open_consent(actor.person_id or 0, CONSENT_PURPOSE)
    return OwnPaperPage(
        _own(paper, now, consented=consented), looks_of(paper.pk), _shares(paper, now), _corrections(paper)
    )


def own_paper_id(*, actor: Actor, public_id: UUID) -> int:
    """The key that services take. Raises NotAllowed, NotFound paper.not_found."""
    found = _rows(actor).filter(public_id=public_id).values_list("pk", flat=True).first()
    if found is None:
        raise NotFound("Không tìm thấy giấy tờ này trong kho.", code="paper.not_found")
    return int(found)


def _rows(actor: Actor) -> QuerySet[Paper]:
    if actor.person_id is None:
        raise NotAllowed()
    files = ("current_version__original", "current_version__shown")
    rows = Paper.objects.visible_to(actor).select_related("type", *files).defer("fields", "current_version__text")
    return rows.annotate(use_count=Count("versions__uses"))


def types_to_upload(*, on: date) -> list[tuple[str, str]]:
    """(code, name) of the types a person may add; what nobody may demand is not asked for here either."""
    rows = PaperType.objects.filter(never_demand=False, in_force_from__lte=on).exclude(in_force_to__lt=on)
    return list(rows.values_list("code", "name"))


def _own(paper: Paper, now: datetime, *, consented: bool) -> OwnPaper:
    version = paper.current_version
    assert version is not None, "a stored paper has a version"
    standing = _standing(paper, version, consented=consented)
    ground = why_not(standing, on=now.date(), trust_min=settings.PAPERS_TRUST_MIN)
    word, tone, icon = _state(paper, now.date())
    return OwnPaper(
        id=paper.pk,
        public_id=paper.public_id,
        type_name=paper.type.name,
        number=paper.number,
        issuer_name=paper.issuer_name,
        issued_on=paper.issued_on,
        valid_to=paper.valid_to,
        state_word=word,
        state_tone=tone,
        state_icon=icon,
        trust_word=TRUST_WORDS[Trust(paper.trust)],
        source_word=SOURCE_WORDS[PaperSource(paper.source)],
        by_consent=paper.basis == Basis.CONSENT,
        page_count=version.page_count,
        signature_word=SignatureState(version.signature_state).label,
        content_type=version.content_type,
        added_at=paper.created_at,
        use_count=paper.use_count,  # type: ignore[attr-defined]  # annotated
        why_not=ground.sentence if ground else "",
        can_be_shared=paper.state in LIVE,
    )


def _standing(paper: Paper, version: PaperVersion, *, consented: bool) -> Standing:
    """As `standing_of`, with the owner's consent asked once for all papers."""
    return Standing(
        state=paper.state,
        trust=paper.trust,
        basis=paper.basis,
        valid_to=paper.valid_to,
        signature_state=version.signature_state,
        file_whole=version.original.state == version.shown.state == FileState.PRESENT,
        consented=consented,
    )


def _state(paper: Paper, on: date) -> tuple[str, str, str]:
    if paper.state == PaperState.VALID:
        return EXPIRED if paper.valid_to is not None and paper.valid_to < on else GOOD
    return _STATES[PaperState(paper.state)]


def _shares(paper: Paper, now: datetime) -> list[OwnShare]:
    return [
        OwnShare(
            id=share.pk,
            made_at=share.made_at,
            expires_at=share.expires_at,
            used_count=share.used_count,
            uses_max=share.uses_max,
            is_open=not (word := _end_word(share, now)),
            end_word=word,
        )
        for share in ShareCode.objects.filter(paper=paper).order_by("-id")[:20]
    ]


def _corrections(paper: Paper) -> list[OwnCorrection]:
    rows = PaperCorrection.objects.filter(paper=paper).select_related("unit").order_by("-id")[:20]
    return [
        OwnCorrection(
            words=row.words,
            asked_at=row.asked_at,
            outcome=row.get_outcome_display(),
            answer=row.answer,
            unit=row.unit.name if row.unit else "",
            answered_at=row.answered_at,
        )
        for row in rows
    ]


def _end_word(share: ShareCode, now: datetime) -> str:
    if share.revoked_at is not None:
        return "đã thu hồi"
    if share.used_count >= share.uses_max:
        return "đã hết lượt"
    return "đã hết hạn" if share.expires_at <= now else ""
