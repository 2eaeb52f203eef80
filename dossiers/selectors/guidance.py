"""What a person was told at this desk before: guidance that led to no dossier yet and is not too old to count."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Exists, OuterRef

from dossiers.constants import FaultKind, FormKind
from dossiers.models import Dossier, Slip, SlipLine
from dossiers.rules.guidance import GivenGuidance
from dossiers.rules.waits import supplement_until
from dossiers.selectors.rulesets import rules_on
from haddong_portal.accounts.selectors.calendar import work_calendar_for
from haddong_portal.common import clock

LINES_MAX = 100


@dataclass
class EarlierGuidance:
    """One guidance slip as the counter shows it: when, by whom, and what was missing then."""

    slip_id: int
    number: int
    issued_at: datetime
    issued_by: str
    procedure_id: int | None
    case_id: int | None
    version_id: int | None
    request: str
    missing: list[str] = field(default_factory=list)
    faults: set[str] = field(default_factory=set)


def earlier_guidance(*, unit_id: int, person_id: int | None, now: datetime) -> list[EarlierGuidance]:
    """Latest first, in one statement. Guidance counts as long as a supplement would be waited for (the rule-set's
    `supplement_wait`), and only until the dossier was received."""
    if person_id is None:
        return []
    received_since = Dossier.objects.filter(
        person_id=person_id,
        receiving_unit_id=unit_id,
        procedure_id=OuterRef("slip__procedure_id"),
        accepted_at__gte=OuterRef("slip__issued_at"),
    )
    lines = (
        SlipLine.objects.filter(
            slip__person_id=person_id,
            slip__unit_id=unit_id,
            slip__dossier__isnull=True,
            slip__form_kind=FormKind.SUPPLEMENT_REQUEST,
        )
        .filter(~Exists(received_since))
        .select_related("slip")
        .defer("slip__applicant_address", "slip__phone")
        .order_by("-slip_id", "position")[:LINES_MAX]
    )
    found: dict[int, EarlierGuidance] = {}
    for line in lines:
        guidance = found.setdefault(line.slip_id, _guidance(line.slip))
        guidance.missing.append(_words(line))
        guidance.faults.add(line.fault_key)
    calendar, policy = work_calendar_for(unit_id), rules_on(clock.local(now).date()).policy
    return [each for each in found.values() if now <= supplement_until(each.issued_at, calendar, policy)]


def given_guidance(
    *, unit_id: int, person_id: int | None, procedure_id: int, version_id: int, case_id: int, now: datetime
) -> GivenGuidance | None:
    """The person's latest guidance for this case, and how many there were; None when there was none.

    Cases of another version of the procedure are the same matter: their ids differ, what was wanted does not.
    """
    same = [
        guidance
        for guidance in earlier_guidance(unit_id=unit_id, person_id=person_id, now=now)
        if guidance.procedure_id == procedure_id and (guidance.case_id == case_id or guidance.version_id != version_id)
    ]
    if not same:
        return None
    latest = same[0]
    return GivenGuidance(
        slip_id=latest.slip_id,
        number=latest.number,
        issued_at=latest.issued_at,
        issued_by=latest.issued_by,
        version_id=latest.version_id,
        faults=frozenset(latest.faults),
        count=len(same),
    )


def _guidance(slip: Slip) -> EarlierGuidance:
    return EarlierGuidance(
        slip_id=slip.pk,
        number=slip.number,
        issued_at=clock.local(slip.issued_at),
        issued_by=slip.signer_name,
        procedure_id=slip.procedure_id,
        case_id=slip.contents.get("case_id"),
        version_id=slip.contents.get("version_id"),
        request=slip.request,
    )


def _words(line: SlipLine) -> str:
    """ "Tờ khai (nội dung chưa đúng: thiếu chữ ký)"; a paper that was simply not there needs no bracket."""
    told = [line.get_fault_display()] if line.fault != FaultKind.MISSING else []
    told += [line.note] if line.note else []
    return f"{line.name} ({': '.join(told)})" if told else line.name
