"""Cases that begin at home: the form, its papers, the phone proven by a code, then the desk's check.

The draft's key is worked out from the visit's, so a run that was cut off knows what it has filed.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import lru_cache, partial
from io import BytesIO
from random import Random
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from dossiers.constants import Delivery, FaultKind, Status
from dossiers.models import Dossier, Slip
from dossiers.selectors.asked_papers import asked_papers
from dossiers.services.accept_submission import accept_submission
from dossiers.services.filing_data import PaperUpload
from dossiers.services.filing_draft import (
    add_paper,
    confirm_filing_phone,
    discard_filing,
    save_filing,
    send_filing_code,
    start_filing,
)
from dossiers.services.issue_slip import LineData
from dossiers.services.own_dossier import OwnerProof, confirm_owner, send_owner_code
from dossiers.services.refuse_submission import refuse_submission
from dossiers.services.resubmit_online import resubmit_online
from dossiers.services.return_submission import return_submission
from dossiers.services.submit_online import submit_online
from dossiers.services.supplement_papers import add_asked_paper
from dossiers.services.withdraw_filing import withdraw_filing
from haddong_portal.accounts.constants import Role
from haddong_portal.citizens.services.send_phone_code import SentCode
from haddong_portal.common.actors import Actor
from haddong_portal.common.worktime import MINUTES_PER_DAY, WorkCalendar
from haddong_portal.home.demo.cast import Cast
from haddong_portal.home.demo.next_act import NextAct
from haddong_portal.home.demo.papers import result_pdf
from haddong_portal.home.demo.plan import Pace, PlannedVisit, dice_for
from haddong_portal.notices.models import Notice
from haddong_portal.notices.services.deliver_notice import deliver_notice
from procedures.constants import ServiceLevel
from procedures.models import PaperRequirement, ProcedureVersion

HOME_SHARE, REFUSED_SHARE, RETURNED_SHARE, COMES_BACK_SHARE = 0.45, 0.1, 0.2, 0.75
TAKEN_BACK_SHARE = 0.06
CHECK_MINUTES = {Pace.SWIFT: (40, 240), Pace.STEADY: (120, 440), Pace.SLOW: (240, 475), Pace.STUCK: (490, 1400)}
REFUSALS = (
    "Thủ tục không thuộc thẩm quyền giải quyết của đơn vị.",
    "Người nộp đã có giấy tờ này còn giá trị, không phải làm lại.",
)
FAULTS = {
    FaultKind.UNCLEAR: "Ảnh mờ, xin chụp lại đủ bốn góc.",
    FaultKind.UNSIGNED: "Tờ khai chưa ký, xin ký rồi gửi lại.",
    FaultKind.WRONG: "Ngày sinh trên tờ khai khác với thẻ căn cước.",
}
_CODE = re.compile(r"\b(\d{3}) ?(\d{3})\b")


def full_online() -> frozenset[int]:
    """The procedures that may be filed from home."""
    rows = ProcedureVersion.objects.published().filter(service_level=ServiceLevel.FULL)
    return frozenset(rows.values_list("procedure_id", flat=True))


def from_home(visit: PlannedVisit, full: frozenset[int]) -> bool:
    """Whether this citizen stays at home."""
    may = visit.procedure_id in full and visit.has_phone and visit.representative is None
    return may and dice_for(visit.number, "home").random() < HOME_SHARE


def draft_key(key: str) -> uuid.UUID:
    """The draft of the visit with this key."""
    return uuid.uuid5(uuid.NAMESPACE_URL, key)


def file_from_home(visit: PlannedVisit, *, key: uuid.UUID, code: str, papers: Sequence[PaperRequirement]) -> int:
    """The dossier's id: filled in over a quarter of an hour, sent at the visit's moment."""
    begun, place = visit.at - timedelta(minutes=15), f"demo-{visit.number}"
    discard_filing(key=key)
    start_filing(
        procedure_code=code,
        unit_id=visit.desk.unit_id,
        case_id=str(visit.case_id),
        client_ip=place,
        key=key,
        now=begun,
    )
    save_filing(key=key, content=_words(visit), now=begun)
    for paper in papers:
        if paper.required:
            add_paper(key=key, upload=PaperUpload(paper.pk, _scan()), now=begun)
    with transaction.atomic():  # read before a worker, which masks what it has sent, can see it
        sent = send_filing_code(key=key, phone=visit.citizen.phone, client_ip=place, now=begun)
        code_read = _read(sent)
    _deliver(sent, begun)
    confirm_filing_phone(key=key, challenge_id=sent.challenge_id, code=code_read, now=begun)
    return submit_online(key=key, client_ip=place, now=visit.at).dossier_id


def _words(visit: PlannedVisit) -> dict[str, str]:
    citizen = visit.citizen
    return {
        "full_name": citizen.full_name,
        "personal_id": citizen.personal_id,
        "birth_date": citizen.birth_date.isoformat() if citizen.birth_date else "",
        "sex": citizen.sex,
        "address": citizen.address,
        "delivery": Delivery.POSTAL if visit.by_post else Delivery.DESK,
        "delivery_address": citizen.address if visit.by_post else "",
    }


@lru_cache(maxsize=1)
def _page() -> bytes:
    return result_pdf(
        code="trình diễn",
        number="—",
        name="Bản chụp giấy tờ",
        procedure="Giấy tờ của bản trình diễn",
        applicant="người nộp",
        unit="Bản trình diễn",
        signer="",
        officer="",
        on=datetime(2026, 1, 5).date(),  # noqa: DTZ001 - a day on a paper of nobody's
    )


def _scan() -> UploadedFile[Any]:
    return UploadedFile(BytesIO(_page()), "ban-chup.pdf", "application/pdf", len(_page()))


def _notice_of(sent: SentCode) -> Notice:
    return Notice.objects.get(reference=f"phone-code/{sent.challenge_id}")


def _read(sent: SentCode) -> str:
    """The code as the citizen reads it off the phone."""
    found = _CODE.search(_notice_of(sent).body)
    assert found is not None, "every message with a code says it"
    return "".join(found.groups())


def _deliver(sent: SentCode, at: datetime) -> None:
    deliver_notice(notice_id=_notice_of(sent).pk, now=at)


def home_act(
    dossier: Dossier, *, visit: PlannedVisit, cast: Cast, calendar: WorkCalendar, dice: Random, since: datetime
) -> NextAct | None:
    """What happens next to a filing that nobody has accepted yet; None when it rests for good."""
    if _changes_mind(dossier, visit):
        at = _later(calendar, since, dice.uniform(5, 90))
        return NextAct(at, partial(_take_back, dossier, visit, at), tells=True)
    if dossier.status == Status.SUBMITTED:
        clerk = cast.one(dossier.receiving_unit_id, Role.CLERK, visit.number)
        at = _later(calendar, since, dice.uniform(*CHECK_MINUTES[visit.pace]))
        return NextAct(at, partial(_checked(dossier, clerk, dice), now=at), tells=True) if clerk else None
    if dossier.status == Status.WAIT_SUPPLEMENT and dice.random() < COMES_BACK_SHARE:
        at = _later(calendar, since, dice.uniform(0.2, 3) * MINUTES_PER_DAY)
        return NextAct(at, partial(_file_again, dossier, visit, at), tells=True)
    return None


def _changes_mind(dossier: Dossier, visit: PlannedVisit) -> bool:
    """A few take back what they have just filed, or was given back to them."""
    drawn = dice_for(visit.number, "taken-back").random() < TAKEN_BACK_SHARE
    return drawn and dossier.status in (Status.SUBMITTED, Status.WAIT_SUPPLEMENT)


def _later(calendar: WorkCalendar, since: datetime, minutes: float) -> datetime:
    return calendar.add_working_minutes(since, max(1, int(minutes))) + timedelta(seconds=17)


def _checked(dossier: Dossier, clerk: Actor, dice: Random) -> Callable[..., object]:
    """The desk's answer; what came back is accepted."""
    fall = dice.random() if not Slip.objects.filter(dossier=dossier).exists() else 1.0
    papers = list(dossier.checklist.filter(state="electronic"))
    if fall < REFUSED_SHARE:
        return partial(refuse_submission, actor=clerk, dossier_id=dossier.pk, reason=dice.choice(REFUSALS))
    if fall < REFUSED_SHARE + RETURNED_SHARE and papers:
        fault, paper = dice.choice(list(FAULTS)), dice.choice(papers)
        line = LineData(name=paper.name, requirement_id=paper.requirement_id, fault=fault, note=FAULTS[fault])
        lines, reason = [line], FAULTS[fault]
        return partial(return_submission, actor=clerk, dossier_id=dossier.pk, lines=lines, reason=reason)
    return partial(accept_submission, actor=clerk, dossier_id=dossier.pk)


def _proven(dossier: Dossier, visit: PlannedVisit, at: datetime) -> OwnerProof:
    """From the tracking page, with a code to the registered phone."""
    with transaction.atomic():  # as above
        sent = send_owner_code(code=dossier.code, client_ip=f"demo-{visit.number}", now=at)
        code_read = _read(sent)
    _deliver(sent, at)
    return confirm_owner(code=dossier.code, challenge_id=sent.challenge_id, given=code_read, now=at)


def _take_back(dossier: Dossier, visit: PlannedVisit, at: datetime) -> None:
    withdraw_filing(proof=_proven(dossier, visit, at), reason="Tôi chưa cần giấy tờ này nữa.", now=at)


def _file_again(dossier: Dossier, visit: PlannedVisit, at: datetime) -> None:
    proof = _proven(dossier, visit, at)
    for requirement_id in asked_papers(dossier).by_requirement:
        add_asked_paper(proof=proof, requirement_id=requirement_id, file=_scan(), now=at)
    resubmit_online(proof=proof, now=at)
