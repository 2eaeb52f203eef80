"""Issue a form (Mẫu 01-04 and their kin): number it in the unit's yearly book and keep what it says.

A helper of the acts, called last inside their transaction: the counter row of (unit, form, year) stays locked until
commit, which makes the numbers gapless. The PDF is drawn from the row whenever somebody asks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from dossiers.constants import FaultKind, FormKind
from dossiers.models import Dossier, Slip, SlipLine
from haddong_portal.common.actors import Actor
from haddong_portal.common.text import clean_text, fold
from haddong_portal.plumbing.services.next_number import NumberLine, next_number

FAULT_KEY_MAX = 200


@dataclass(frozen=True, kw_only=True)
class LineData:
    """One paper that a slip asks for."""

    name: str
    requirement_id: int | None = None
    fault: str = FaultKind.MISSING
    note: str = ""
    originals: int = 0
    certified: int = 0
    copies: int = 0


@dataclass(frozen=True, kw_only=True)
class SlipData:
    """What a slip says beyond its dossier. `request`, names, contact and key are needed only without a dossier."""

    reason: str = ""
    due_at: datetime | None = None
    signer_name: str = ""
    signer_title: str = ""
    contents: Mapping[str, object] = field(default_factory=dict)
    lines: Sequence[LineData] = ()
    replaces_id: int | None = None
    applicant_name: str = ""
    applicant_address: str = ""
    phone: str = ""
    person_id: int | None = None
    procedure_id: int | None = None
    request: str = ""
    intake_key: str = ""


def slip_sequence(*, kind: FormKind, unit_id: int, year: int) -> NumberLine:
    """The gapless book of one form in one unit and year."""
    return NumberLine(f"slip:{kind}", str(unit_id), str(year))


def issue_slip(
    *,
    kind: FormKind,
    unit_id: int,
    ruleset_id: int,
    actor: Actor,
    now: datetime,
    data: SlipData,
    dossier: Dossier | None = None,
    once_per_reason: bool = False,
) -> Slip:
    """The stored slip with its lines. With `once_per_reason` its lines bind the dossier: the same paper may not be
    asked for again with the same fault (constraint slip_line_same_reason_once)."""
    sequence = slip_sequence(kind=kind, unit_id=unit_id, year=now.year)
    number = next_number(kind=sequence.kind, holder=sequence.holder, period=sequence.period)
    slip = build_slip(
        kind=kind, unit_id=unit_id, ruleset_id=ruleset_id, actor=actor, now=now, data=data, dossier=dossier
    )
    slip.number = number
    slip.save(force_insert=True)
    SlipLine.objects.bulk_create(slip_lines(slip, data.lines, dossier if once_per_reason else None))
    return slip


def build_slip(
    *,
    kind: FormKind,
    unit_id: int,
    ruleset_id: int,
    actor: Actor,
    now: datetime,
    data: SlipData,
    dossier: Dossier | None = None,
) -> Slip:
    """The slip without its number, unsaved: for acts that draw several numbers at once."""
    return Slip(
        dossier=dossier,
        unit_id=unit_id,
        form_kind=kind,
        ruleset_id=ruleset_id,
        year=now.year,
        issued_at=now,
        issued_by_id=actor.user_id,
        signer_name=(data.signer_name or actor.name)[:120],
        signer_title=(data.signer_title or actor.post_title or actor.role_label)[:120],
        person_id=data.person_id or (dossier.person_id if dossier else None),
        applicant_name=clean_text(data.applicant_name or (dossier.applicant_name if dossier else ""))[:250],
        applicant_address=data.applicant_address,
        phone=data.phone,
        procedure_id=data.procedure_id or (dossier.procedure_id if dossier else None),
        request=clean_text(data.request or (dossier.procedure_name if dossier else ""))[:2000],
        reason=data.reason.strip(),
        due_at=data.due_at,
        contents=dict(data.contents),
        replaces_id=data.replaces_id,
        intake_key=data.intake_key,
    )


def slip_lines(slip: Slip, lines: Sequence[LineData], bound_to: Dossier | None) -> list[SlipLine]:
    """Rows of a slip's lines, in order, unsaved."""
    return [
        SlipLine(
            slip=slip,
            dossier=bound_to,
            position=position,
            requirement_id=line.requirement_id,
            name=clean_text(line.name),
            fault=line.fault,
            fault_key=fault_key(line),
            note=clean_text(line.note)[:500],
            originals=line.originals,
            certified=line.certified,
            copies=line.copies,
        )
        for position, line in enumerate(lines, start=1)
    ]


def fault_key(line: LineData) -> str:
    """What makes two requests the same reason: the paper (its component, else its name) and its fault."""
    paper = f"#{line.requirement_id}" if line.requirement_id else fold(line.name)
    return f"{line.fault}:{paper}"[:FAULT_KEY_MAX]
