"""Papers in the demo's store: what some citizens brought before, signed by the unit that scanned them, and reused.

Played once, after the dossiers and the certificates; a run that was cut off goes on. Without a certificate a paper is
kept as compared with its original, which the counter shows and says why it cannot be reused.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from django.db.models import Count

from dossiers.constants import ChecklistState
from dossiers.models import Dossier
from dossiers.papers.constants import OwnerRef, PaperSource, SignatureState, Trust
from dossiers.papers.models import Paper, PaperType
from dossiers.papers.selectors.held import papers_for
from dossiers.papers.services.paper_data import FileContent, PaperData
from dossiers.papers.services.store_paper import store_paper
from dossiers.services.intake_data import ChecklistAnswer, IntakeData, PersonData
from dossiers.services.receive_dossier import receive_dossier
from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Unit
from haddong_portal.citizens.models import Person
from haddong_portal.common.errors import DomainError
from haddong_portal.common.signing.keys import has_key, key_of, unit_holder
from haddong_portal.common.signing.sign_pdf import sign_pdf
from haddong_portal.common.signing.verify_pdf import verify_pdf
from haddong_portal.home.demo.brought import brought
from haddong_portal.home.demo.cast import Cast
from haddong_portal.home.demo.papers import result_pdf
from haddong_portal.home.demo.plan import dice_for
from procedures.models import PaperRequirement, ProcedureVersion

CITIZENS_MAX, REUSED_MAX = 24, 3
KEY_PREFIX = "kept-paper-"
# Type, what it is called, how many days ago it was issued: one of them has expired.
_KINDS = (
    ("BIRTH_CERTIFICATE", "Giấy khai sinh", 3_900),
    ("MARRIAGE_CERTIFICATE", "Giấy chứng nhận kết hôn", 1_460),
    ("MARITAL_STATUS", "Giấy xác nhận tình trạng hôn nhân", 400),
    ("DISABILITY_CERTIFICATE", "Giấy xác nhận khuyết tật", 700),
    ("LAND_USE_CERTIFICATE", "Giấy chứng nhận quyền sử dụng đất", 2_200),
)


@dataclass(frozen=True)
class _Owner:
    person_id: int
    name: str
    unit: Unit


def keep_papers(cast: Cast, *, now: datetime) -> int:
    """How many papers were brought into the store now."""
    made = 0
    for number, owner in enumerate(_owners()):
        clerk = cast.one(owner.unit.pk, Role.CLERK, number)
        mine = Paper.objects.of(OwnerRef(person_id=owner.person_id)).filter(source=PaperSource.DIGITISED)
        if clerk is None or mine.exists():
            continue
        for code, name, days in dice_for(number, "kept papers").sample(_KINDS, 2):
            data, content = _paper(owner, number, code, name, now - timedelta(days=days), now)
            try:
                store_paper(actor=clerk, data=data, content=content, now=now)
            except DomainError as error:
                if error.code != "paper.duplicate":
                    raise
            else:
                made += 1
    return made


def reuse_papers(cast: Cast, *, now: datetime) -> int:
    """How many dossiers were received now that need a paper less, because the store holds it; a few, once."""
    wanted = REUSED_MAX - Dossier.objects.filter(intake_key__startswith=KEY_PREFIX).count()
    received = 0
    for owner in _owners():
        if received >= wanted:
            break
        clerk, usable = cast.one(owner.unit.pk, Role.CLERK, 0), _usable(owner, now)
        line = _line_for(owner.unit, usable)
        if clerk is None or line is None:
            continue
        receive_dossier(
            actor=clerk,
            intake=_intake(owner, line, usable),
            idempotency_key=f"{KEY_PREFIX}{owner.person_id}",
            now=now,
        )
        received += 1
    return received


def _usable(owner: _Owner, now: datetime) -> dict[str, UUID]:
    """By type, what the person's store could be used for today."""
    codes = PaperType.objects.values_list("code", flat=True)
    held = papers_for(owner=OwnerRef(person_id=owner.person_id), type_codes=codes, on=now.date())
    return {code: papers[0].public_id for code, papers in held.items() if papers[0].usable}


def _line_for(unit: Unit, usable: Mapping[str, UUID]) -> PaperRequirement | None:
    """A line of a procedure performed there that one of these papers answers."""
    versions = ProcedureVersion.objects.published().performed_at(unit.pk)
    lines = PaperRequirement.objects.filter(case__version__in=versions, paper_type__in=list(usable), is_note=False)
    return lines.select_related("case__version").order_by("pk").first()


def _intake(owner: _Owner, line: PaperRequirement, usable: Mapping[str, UUID]) -> IntakeData:
    dice = dice_for(owner.person_id, "reused papers")
    lines = PaperRequirement.objects.filter(case_id=line.case_id, is_note=False).order_by("position")
    person = Person.objects.get(pk=owner.person_id)
    return IntakeData(
        procedure_id=line.case.version.procedure_id,
        case_id=line.case_id,
        person=PersonData(full_name=person.full_name, personal_id=person.personal_id),
        phone=person.phone,
        checklist=tuple(_answer(one, dice, usable) for one in lines),
        confirmed_duplicate=True,
    )


def _answer(line: PaperRequirement, dice: Random, usable: Mapping[str, UUID]) -> ChecklistAnswer:
    """These dossiers are there to show reuse: what is held is used."""
    if line.paper_type in usable:
        return ChecklistAnswer(line.pk, line.name, ChecklistState.ELECTRONIC, paper=usable[line.paper_type])
    return brought(line, dice, {})


def _owners() -> Iterator[_Owner]:
    """Those who come most often, each at the desk of their last dossier."""
    often = Dossier.objects.filter(person__isnull=False).values("person_id").annotate(times=Count("pk"))
    for row in often.order_by("-times", "person_id")[:CITIZENS_MAX]:
        last = Dossier.objects.filter(person_id=row["person_id"]).select_related("receiving_unit").latest("pk")
        yield _Owner(row["person_id"], last.applicant_name, last.receiving_unit)


def _paper(
    owner: _Owner, number: int, code: str, name: str, issued_at: datetime, now: datetime
) -> tuple[PaperData, FileContent]:
    serial = f"{100 + number}/{issued_at:%Y}"
    plain = result_pdf(
        code="", number=serial, name=name, procedure=name, applicant=owner.name, unit=owner.unit.name,
        signer="Người ký (minh họa)", officer="", on=issued_at.date(),
    )  # fmt: skip
    content = _content(owner.unit, plain, now)
    is_signed = content.signature_state == SignatureState.VALID
    data = PaperData(
        owner=OwnerRef(person_id=owner.person_id),
        type_code=code,
        source=PaperSource.DIGITISED,
        trust=Trust.SIGNED_DIGITISED if is_signed else Trust.CHECKED,
        number=serial,
        issuer_name=owner.unit.name,
        issuer_unit_id=owner.unit.pk,
        issued_on=issued_at.date(),
    )
    return data, content


def _content(unit: Unit, plain: bytes, now: datetime) -> FileContent:
    """Signed by the unit where it has a certificate; the state is what verification says."""
    holder = unit_holder(unit.key)
    signed = sign_pdf(plain, signer=key_of(holder), reason="Số hóa giấy tờ", now=now) if has_key(holder) else plain
    report = verify_pdf(signed, now)
    return FileContent(
        original=signed,
        shown=signed,
        content_type="application/pdf",
        page_count=1,
        image_count=0,
        sha256=hashlib.sha256(signed).hexdigest(),
        signature_state=SignatureState(report.state.value),
        signature=report.as_json(),
    )
