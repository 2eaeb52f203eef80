"""The papers of a dossier that were brought on paper, and how far each is on its way into the store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from dossiers.constants import ChecklistState
from dossiers.models import ChecklistLine, Dossier
from dossiers.papers.constants import OwnerRef, ScanState
from dossiers.papers.models import ScanItem
from dossiers.papers.selectors.scans import scans_of
from dossiers.rules.intake_papers import digitises_at_intake
from dossiers.selectors.matters import reference_of
from dossiers.selectors.rulesets import policy_by_id
from haddong_portal.audit.services.record_access import record_access
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import NotAllowed, NotFound
from procedures.constants import DigitiseDuty, RequirementKind

BROUGHT = (ChecklistState.PAPER, ChecklistState.COPY)


@dataclass(frozen=True, slots=True)
class DigitiseLine:
    """One line: what was brought, whether it must be digitised, and its scan if one was begun."""

    line: ChecklistLine
    must: bool
    scan: ScanItem | None

    @property
    def is_done(self) -> bool:
        """Whether it is in the store."""
        return self.line.digitised_at is not None

    @property
    def look(self) -> tuple[str, str, str]:
        """(word, tone, icon) of a badge."""
        if self.is_done:
            return "đã số hóa", "done", "circle-check"
        state = self.scan.state if self.scan else ""
        return _LOOKS.get(state, ("chưa quét", "", "scan"))


_LOOKS: dict[str, tuple[str, str, str]] = {
    ScanState.CAPTURING: ("đang quét", "info", "scan"),
    ScanState.QUEUED: ("chờ đọc", "info", "hourglass"),
    ScanState.WORKING: ("đang đọc", "info", "hourglass"),
    ScanState.READY: ("chờ xác nhận", "warn", "clipboard-check"),
    ScanState.GAVE_UP: ("chưa xử lý được", "late", "alert-triangle"),
}


@dataclass(frozen=True)
class DigitisePage:
    """The dossier's lines, mandatory ones first, and the one at hand (None when all is done)."""

    dossier: Dossier
    lines: Sequence[DigitiseLine]
    current: DigitiseLine | None

    @property
    def done(self) -> int:
        """How many are in the store."""
        return sum(line.is_done for line in self.lines)

    @property
    def must_left(self) -> int:
        """Mandatory ones still to do (domain.md §7.1)."""
        return sum(line.must and not line.is_done for line in self.lines)


def digitise_page(*, actor: Actor, code: str, line_id: int | None, now: datetime, read: bool = True) -> DigitisePage:
    """The page; NotFound dossier.not_found, NotAllowed scan.other_unit for another unit's dossier."""
    dossier = dossier_of_desk(actor, code)
    if read:
        record_access(
            actor=actor,
            action="dossier.read",
            object_type="dossier",
            object_id=dossier.pk,
            person_id=dossier.person_id,
            purpose="số hóa giấy tờ",
            now=now,
        )
    lines = lines_of(dossier)
    return DigitisePage(dossier, lines, _current(lines, line_id))


def dossier_of_desk(actor: Actor, code: str) -> Dossier:
    """A dossier that the actor's desk has received."""
    rows = Dossier.objects.visible_to(actor).select_related("person", "organisation", "receiving_unit")
    dossier = rows.filter(code=code, accepted_at__isnull=False).first()
    if dossier is None:
        raise NotFound("Không tìm thấy hồ sơ này.", code="dossier.not_found")
    if dossier.receiving_unit_id not in actor.unit_ids:
        raise NotAllowed("Chỉ bộ phận Một cửa đã tiếp nhận hồ sơ được số hóa giấy tờ.", code="scan.other_unit")
    return dossier


def lines_of(dossier: Dossier) -> list[DigitiseLine]:
    """What was brought on paper to be handed in; papers only shown, and those of no duty, are not digitised. Nothing is
    a duty for a dossier whose rule-set does not have papers scanned at the desk."""
    rows = ChecklistLine.objects.filter(dossier=dossier, state__in=BROUGHT).select_related("requirement")
    scans = scans_of(reference_of(dossier.code))
    duty = digitises_at_intake(policy_by_id(dossier.ruleset_id))
    lines = [DigitiseLine(row, duty and _must(row), scans.get(row.pk)) for row in rows if _is_digitised(row)]
    return sorted(lines, key=lambda line: (not line.must, line.line.position))


def owner_of_dossier(dossier: Dossier) -> OwnerRef:
    """Whose papers they are taken for: the applicant's; NotFound scan.no_owner for a dossier of nobody known."""
    if dossier.organisation_id is not None:
        return OwnerRef(organisation_id=dossier.organisation_id)
    if dossier.person_id is None:
        raise NotFound("Hồ sơ không có người nộp được định danh nên chưa số hóa được.", code="scan.no_owner")
    return OwnerRef(person_id=dossier.person_id)


def _is_digitised(line: ChecklistLine) -> bool:
    wanted = line.requirement
    return wanted is None or (wanted.digitise != DigitiseDuty.NO and wanted.kind != RequirementKind.PRESENT)


def _must(line: ChecklistLine) -> bool:
    return line.requirement is not None and line.requirement.digitise == DigitiseDuty.MUST


def _current(lines: Sequence[DigitiseLine], line_id: int | None) -> DigitiseLine | None:
    chosen = next((line for line in lines if line.line.pk == line_id), None)
    return chosen or next((line for line in lines if not line.is_done), None)
