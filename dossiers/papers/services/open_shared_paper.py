"""Whoever holds a share code sees the paper: one use of the code, the content proven, the reading on record.

Anybody, within limits per address. A code that is unknown, expired, used up or taken back gets one and the same answer.
Writes the code's count and an audit row that the owner sees.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.db import transaction
from django.db.models import QuerySet

from dossiers.papers.constants import LIVE, PaperState, SignatureState
from dossiers.papers.models import ShareCode
from dossiers.papers.services.open_paper import OpenedPaper, download_name
from dossiers.papers.services.reading import read_file
from dossiers.papers.services.share_digest import share_digest
from haddong_portal.audit.services.record_access import record_access
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.attempts import too_many_attempts
from haddong_portal.common.errors import DomainError, NotFound
from haddong_portal.common.update import update_row

ACTION = "paper.share_opened"
VISITOR = "Người có mã chia sẻ"
WINDOW_S = 900
_signer = TimestampSigner(salt="haddong.shared_paper")


@dataclass(frozen=True, slots=True)
class SharedPaper:
    """What the page shows; `token` opens the file for some minutes without another use."""

    type_name: str
    issuer_name: str
    issued_on: date | None
    valid_to: date | None
    is_valid: bool
    trust: str
    signature_state: str
    signature_word: str
    page_count: int
    uses_left: int
    token: str


def open_shared_paper(*, code: str, client_ip: str, now: datetime | None = None) -> SharedPaper:
    """Takes one use. Raises NotFound share.no_match and DomainError share.too_many_tries (429)."""
    check_tries(client_ip)
    moment = now or clock.now()
    with transaction.atomic():
        share = take_one_use(code, moment)
        record_access(
            actor=Actor(name=VISITOR, channel="public", ip=client_ip or None),
            action=ACTION,
            object_type="paper",
            object_id=share.paper_id,
            person_id=share.paper.owner_person_id,
            purpose="mã chia sẻ",
            data={"share": share.pk},
            now=moment,
        )
    return _shown(share, moment)


def shared_file(*, token: str, now: datetime | None = None) -> OpenedPaper:
    """The copy that people see, for whoever has just opened the page. Raises NotFound share.no_match."""
    moment = now or clock.now()
    try:
        share_id = int(_signer.unsign(token, max_age=settings.SHARE_FILE_MINUTES * 60))
    except (BadSignature, ValueError):
        raise no_match() from None
    share = _joined().filter(pk=share_id).first()
    if share is None or not _is_live(share, moment) or share.paper.current_version is None:
        raise no_match()
    version = share.paper.current_version
    content = read_file(version.shown, now=moment)
    return OpenedPaper(content, download_name(share.paper, version), version.content_type)


def check_tries(client_ip: str) -> None:
    """Raises DomainError share.too_many_tries (429)."""
    most = settings.SHARE_TRIES_PER_ADDRESS_MAX
    if too_many_attempts("share", client_ip, most=most, window_s=WINDOW_S):
        raise DomainError("share.too_many_tries", "Đã thử quá nhiều lần. Xin đợi 15 phút rồi thử lại.", status=429)


def take_one_use(code: str, now: datetime) -> ShareCode:
    """The code's row with one use more; inside a transaction. Raises NotFound share.no_match.

    The row is locked, so that two people at once do not both have the last use.
    """
    locked = _joined().select_for_update(no_key=True, of=("self",))
    share = locked.filter(digest=share_digest(code)).first()
    if share is None or not _is_live(share, now) or share.used_count >= share.uses_max:
        raise no_match()
    share.used_count += 1
    update_row(share, ("used_count",))
    return share


def no_match() -> NotFound:
    """One answer for every code that opens nothing."""
    return NotFound(
        "Mã này không đúng, đã hết hạn, hết lượt hoặc đã được thu hồi. Xin hỏi lại người đưa mã.", code="share.no_match"
    )


def _is_live(share: ShareCode, now: datetime) -> bool:
    return share.revoked_at is None and share.expires_at > now and share.paper.state in LIVE


def _joined() -> QuerySet[ShareCode]:
    joined = ("paper__type", "paper__current_version__shown", "paper__current_version__original")
    return ShareCode.objects.select_related(*joined).defer("paper__current_version__text", "paper__fields")


def _shown(share: ShareCode, now: datetime) -> SharedPaper:
    paper, version = share.paper, share.paper.current_version
    assert version is not None, "a stored paper has a version"
    is_current = paper.valid_to is None or paper.valid_to >= clock.local(now).date()
    return SharedPaper(
        type_name=paper.type.name,
        issuer_name=paper.issuer_name,
        issued_on=paper.issued_on,
        valid_to=paper.valid_to,
        is_valid=paper.state == PaperState.VALID and is_current,
        trust=paper.trust,
        signature_state=version.signature_state,
        signature_word=SignatureState(version.signature_state).label,
        page_count=version.page_count,
        uses_left=share.uses_max - share.used_count,
        token=_signer.sign(str(share.pk)),
    )
