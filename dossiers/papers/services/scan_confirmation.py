"""What a clerk says of a scanned paper when they confirm it, and the refusals before anything is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from dossiers.papers.constants import OwnerRef
from dossiers.papers.models import Paper, ScanBatch
from dossiers.papers.rules.holder import holder_likeness
from dossiers.papers.rules.spelling import Likeness
from haddong_portal.citizens.models import Person
from haddong_portal.citizens.services.find_or_create_person import PersonData, checked_person, find_or_create_person
from haddong_portal.common.errors import Conflict, DomainError

APPLICANT, HOLDER = "applicant", "holder"
USE_TWIN, NEW_VERSION, KEEP_BOTH = "use", "version", "both"
REASON_LENGTH_MIN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanConfirmation:
    """What is printed on the paper, and what was decided where the portal asks.

    `compared`: with the original. `holder_choice`: "applicant" keeps a paper of another holder in the applicant's store
    (with `holder_reason`), "holder" puts it into the holder's own. `twin_choice`: what to do when the store has it.
    """

    type_code: str
    number: str = ""
    issuer_name: str = ""
    issued_on: date | None = None
    valid_to: date | None = None
    holder_name: str = ""
    holder_id: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    compared: bool = False
    holder_choice: str = ""
    holder_reason: str = ""
    twin_choice: str = ""
    twin_reason: str = ""


def refuse_uncompared(said: ScanConfirmation) -> None:
    """The clerk has the original in hand (NĐ 61/2018 art. 17): DomainError scan.not_compared."""
    if not said.compared:
        raise DomainError("scan.not_compared", "Chưa xác nhận đã đối chiếu với bản chính.", "compared")


def settle_owner(said: ScanConfirmation, batch: ScanBatch, *, now: datetime) -> OwnerRef:
    """Whose paper it becomes. Raises Conflict scan.other_holder until somebody decides, DomainError scan.holder_reason,
    scan.holder_id, and what `find_or_create_person` raises."""
    applicant = OwnerRef(person_id=batch.owner_person_id, organisation_id=batch.owner_organisation_id)
    if batch.owner_person is None or likeness_to_owner(said, batch.owner_person) in (Likeness.SAME, Likeness.UNKNOWN):
        return applicant
    if said.holder_choice == APPLICANT:
        if len(said.holder_reason.strip()) < REASON_LENGTH_MIN:
            raise DomainError("scan.holder_reason", "Phải ghi vì sao giấy của người khác lưu ở đây.", "holder_reason")
        return applicant
    if said.holder_choice == HOLDER:
        return _holders_own(said, now)
    raise Conflict(
        "scan.other_holder",
        f"Giấy này đứng tên {said.holder_name or 'người khác'}, không phải người nộp {batch.owner_person.full_name}. "
        "Xin sửa tên nếu máy đọc sai, hoặc chọn lưu vào kho của ai.",
        "holder_choice",
    )


def likeness_to_owner(said: ScanConfirmation, owner: Person) -> Likeness:
    """How the holder on the paper stands to the applicant."""
    return holder_likeness(
        name=said.holder_name,
        personal_id=said.holder_id,
        owner_name=owner.full_name,
        owner_id=owner.personal_id,
        owner_old_id=owner.old_id,
    )


def _holders_own(said: ScanConfirmation, now: datetime) -> OwnerRef:
    if not said.holder_id.strip() or not said.holder_name.strip():
        raise DomainError("scan.holder_id", "Cần họ tên và số định danh của người có tên trên giấy.", "holder_id")
    data = checked_person(PersonData(full_name=said.holder_name, personal_id=said.holder_id))
    person, _ = find_or_create_person(data=data, now=now)
    return OwnerRef(person_id=person.pk)


def decide_twin(said: ScanConfirmation, twin: Paper | None) -> str:
    """What to do with the paper that the store has already: "" when there is none.

    Raises Conflict scan.twin until somebody decides, scan.same_paper for keeping what cannot be two papers, DomainError
    scan.twin_reason for keeping both without a reason.
    """
    if twin is None:
        return ""
    if said.twin_choice not in (USE_TWIN, NEW_VERSION, KEEP_BOTH):
        raise Conflict(
            "scan.twin",
            "Kho đã có giấy tờ cùng loại, cùng số của người này. Xin chọn: dùng bản đã có, thêm bản mới, giữ cả hai.",
            "twin_choice",
            data={"paper_id": twin.pk},
        )
    if said.twin_choice == KEEP_BOTH and twin.issued_on == said.issued_on:
        raise Conflict(
            "scan.same_paper", "Cùng loại, cùng số, cùng ngày cấp: chỉ là một giấy, không giữ thành hai.", "twin_choice"
        )
    if said.twin_choice == KEEP_BOTH and len(said.twin_reason.strip()) < REASON_LENGTH_MIN:
        raise DomainError("scan.twin_reason", "Phải ghi vì sao giữ cả hai giấy.", "twin_reason")
    return said.twin_choice
