"""An online form that survives a closed browser: start it, add papers, prove the phone. Anybody with its key.

The key is the secret: whoever knows it opens the draft, and it becomes the idempotency key of the submission.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Collection, Mapping
from datetime import datetime

from django.conf import settings
from django.db import transaction

from dossiers.models import FiledPaper, FilingDraft
from dossiers.rules.papers import HELD
from dossiers.services.filed_papers import read_paper, store_paper
from dossiers.services.filing_data import PaperUpload
from dossiers.services.result_content import ResultContent
from haddong_portal.citizens.services.confirm_phone_code import confirm_phone_code
from haddong_portal.citizens.services.send_phone_code import SentCode, send_phone_code
from haddong_portal.common import clock
from haddong_portal.common.attempts import too_many_attempts
from haddong_portal.common.errors import DomainError, NotFound
from procedures.constants import ServiceLevel
from procedures.selectors.intake import IntakeChoice, filed_case, intake_choice

CONTENT_MAX_BYTES = 20_000
PURPOSE = "filing"
HOUR_S = 3600


def start_filing(
    *,
    procedure_code: str,
    unit_id: int,
    case_id: str,
    client_ip: str,
    key: uuid.UUID | None = None,
    now: datetime | None = None,
) -> FilingDraft:
    """An empty draft, under a new secret key unless the caller has made one. Raises filing.not_online (not a full
    online procedure, or not performed there), filing.case, filing.too_many_drafts (429)."""
    if too_many_attempts("filing", client_ip, most=settings.FILING_DRAFTS_PER_ADDRESS_MAX, window_s=HOUR_S):
        raise DomainError("filing.too_many_drafts", "Đã mở quá nhiều bản khai. Xin thử lại sau một giờ.", status=429)
    choice = online_choice_at(procedure_code=procedure_code, unit_id=unit_id, case_id=case_id)
    moment = now or clock.now()
    return FilingDraft.objects.create(
        key=key or uuid.uuid4(),
        procedure_id=choice.procedure_id,
        unit_id=unit_id,
        content=json.dumps({"case_id": case_id}),
        created_at=moment,
        updated_at=moment,
    )


def online_choice_at(*, procedure_code: str, unit_id: int, case_id: str) -> IntakeChoice:
    """What may be filed from outside. Raises filing.not_online, filing.case."""
    choice = intake_choice(procedure_code, unit_id)
    if choice is None or choice.service_level != ServiceLevel.FULL:
        raise DomainError(
            "filing.not_online", "Thủ tục này không nộp trực tuyến toàn trình tại đơn vị đã chọn.", "unit"
        )
    if case_id not in {str(case.pk) for case in choice.cases}:
        raise DomainError("filing.case", "Chưa chọn trường hợp.", "case")
    return choice


def refuse_unpublished(procedure_code: str, case_id: str, wanted: Collection[int]) -> None:
    """DomainError filing.unpublished for a paper that is no component of the case."""
    case = filed_case(procedure_code, case_id)
    if case is None or not set(wanted) <= {paper.pk for paper in case.requirements}:
        raise DomainError("filing.unpublished", "Giấy tờ này không có trong thành phần hồ sơ đã công bố.")


@transaction.atomic
def save_filing(*, key: uuid.UUID, content: Mapping[str, str], now: datetime | None = None) -> FilingDraft:
    """Keep what was typed beside what the draft holds already. Raises filing.gone, filing.too_large."""
    draft = locked_draft(key)
    refuse_sent(draft)
    text = json.dumps({**content_of(draft), **content}, ensure_ascii=False)
    if len(text.encode()) > CONTENT_MAX_BYTES:
        raise DomainError("filing.too_large", "Nội dung khai quá dài, chưa lưu được.")
    draft.content, draft.updated_at = text, now or clock.now()
    draft.save(update_fields=["content", "updated_at"])
    return draft


def add_paper(*, key: uuid.UUID, upload: PaperUpload, now: datetime | None = None) -> FiledPaper:
    """Store one file for a component of the draft's case. Raises filing.unpublished and what `read_paper` and
    `store_paper` raise."""
    return _add(key, upload, read_paper(upload.file, upload.requirement_id), now or clock.now())


@transaction.atomic
def _add(key: uuid.UUID, upload: PaperUpload, content: ResultContent, moment: datetime) -> FiledPaper:
    draft = locked_draft(key)
    refuse_sent(draft)
    refuse_unpublished(draft.procedure.national_code, content_of(draft).get("case_id", ""), {upload.requirement_id})
    paper = store_paper(
        content=content,
        name=upload.file.name or "",
        requirement_id=upload.requirement_id,
        present=draft.papers.all(),
        now=moment,
        draft=draft,
    )
    draft.updated_at = moment
    draft.save(update_fields=["updated_at"])
    return paper


@transaction.atomic
def remove_paper(*, key: uuid.UUID, paper_id: int) -> None:
    """Take a file out again; nothing happens when it is gone already."""
    draft = locked_draft(key)
    refuse_sent(draft)
    for paper in draft.papers.filter(pk=paper_id):
        paper.delete()


@transaction.atomic
def choose_case(*, key: uuid.UUID, case_id: str, now: datetime | None = None) -> FilingDraft:
    """Another case of the same procedure; files for components it does not have go. Raises filing.case."""
    draft = locked_draft(key)
    refuse_sent(draft)
    case = filed_case(draft.procedure.national_code, case_id)
    if case is None:
        raise DomainError("filing.case", "Chưa chọn trường hợp.", "case")
    for paper in draft.papers.exclude(requirement_id__in=[paper.pk for paper in case.requirements]):
        paper.delete()
    return save_filing(key=key, content={"case_id": case_id, HELD: ""}, now=now)


@transaction.atomic
def discard_filing(*, key: uuid.UUID) -> None:
    """Erase a draft and its files; nothing happens when it is gone or was sent."""
    draft = FilingDraft.objects.select_for_update(no_key=True).filter(key=key, dossier__isnull=True).first()
    if draft is not None:
        draft.delete()


def send_filing_code(*, key: uuid.UUID, phone: str, client_ip: str, now: datetime | None = None) -> SentCode:
    """A one-time code to the phone that will follow this filing."""
    if not FilingDraft.objects.filter(key=key, dossier__isnull=True).exists():
        raise gone()
    return send_phone_code(phone=phone, purpose=PURPOSE, reference=str(key), client_ip=client_ip, now=now)


def confirm_filing_phone(*, key: uuid.UUID, challenge_id: uuid.UUID, code: str, now: datetime | None = None) -> None:
    """The phone is proven and stands on the draft. Raises phone_code.* and filing.gone; never inside a transaction."""
    moment = now or clock.now()
    proven = confirm_phone_code(challenge_id=challenge_id, purpose=PURPOSE, code=code, now=moment)
    if proven.reference != str(key):
        raise DomainError("phone_code.expired", "Mã này không dùng cho bản khai này.", "code")
    with transaction.atomic():
        draft = locked_draft(key)
        refuse_sent(draft)
        draft.phone, draft.phone_confirmed_at, draft.updated_at = proven.phone, moment, moment
        draft.save(update_fields=["phone", "phone_index", "phone_confirmed_at", "updated_at"])


def locked_draft(key: uuid.UUID) -> FilingDraft:
    """The draft, locked; inside a transaction. Raises NotFound filing.gone."""
    rows = FilingDraft.objects.select_for_update(no_key=True, of=("self",)).select_related("procedure")
    draft = rows.filter(key=key).first()
    if draft is None:
        raise gone()
    return draft


def refuse_sent(draft: FilingDraft) -> None:
    """What was sent is written no more."""
    if draft.dossier_id is not None:
        raise gone()


def content_of(draft: FilingDraft) -> dict[str, str]:
    """What was typed so far."""
    return dict(json.loads(draft.content)) if draft.content else {}


def gone() -> NotFound:
    return NotFound("Bản khai này không còn, hoặc đã được nộp. Xin bắt đầu bản khai mới.", code="filing.gone")
