"""Load the shipped ISO processes: defaults of each level and those written for single procedures.

Run by set-up and the demo, any number of times: a process whose code and version is stored is left alone, since
dossiers follow it. Writes IsoProcess with its steps and the parts of its document, with their history.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction
from simple_history.utils import bulk_create_with_history

from haddong_portal.accounts.models import Unit
from haddong_portal.common.worktime import MINUTES_PER_HOUR
from procedures.constants import ProcessState
from procedures.models import IsoAmendment, IsoForm, IsoProcess, IsoRecord, IsoSection, IsoStep, Procedure
from procedures.rules.process_document import USUAL_SECTIONS

SHIPPED = Path(__file__).resolve().parent.parent / "data" / "iso_processes.json"


@dataclass(frozen=True)
class Loaded:
    """How many rows were added, and how many were there already."""

    added: int
    kept: int

    def __str__(self) -> str:
        return f"thêm {self.added}, giữ nguyên {self.kept}"


@transaction.atomic
def load_iso_processes(path: Path = SHIPPED) -> Loaded:
    """Add the processes that are not stored yet; those of unknown procedures are passed over."""
    rows = json.loads(path.read_text(encoding="utf-8"))["processes"]
    procedures = dict(Procedure.objects.values_list("national_code", "pk"))
    units = dict(Unit.objects.values_list("key", "pk"))
    stored = set(IsoProcess.objects.values_list("code", "version"))
    added = kept = 0
    for row in rows:
        for process in _processes(row, procedures):
            if (process.code, process.version) in stored:
                kept += 1
                continue
            _end_earlier_issue(process)
            process.save()
            bulk_create_with_history(_steps(row, process, units), IsoStep)
            _write_document(row, process)
            added += 1
    return Loaded(added, kept)


def _processes(row: Mapping[str, Any], procedures: Mapping[str, int]) -> Iterator[IsoProcess]:
    """One process for a default row; one per known procedure otherwise, numbered when there are several."""
    codes, decision = row["procedure_codes"], row.get("decision", {})
    targets = [procedures[code] for code in codes if code in procedures] if codes else [None]
    for number, procedure_id in enumerate(targets, start=1):
        yield IsoProcess(
            code=row["document_no"] if len(codes) < 2 else f"{row['document_no']}.{number}",
            version=row["issue_no"],
            name=row["name"],
            procedure_id=procedure_id,
            level=row["level"],
            kind=row["kind"],
            is_default=row["is_default"],
            state=ProcessState.PUBLISHED,
            promised_cut_minutes=_minutes(row.get("promised_cut_working_hours", 0)),
            decision_no=decision.get("number", ""),
            decided_on=_day(decision.get("decided_on")),
            approver_name=decision.get("approver_name", ""),
            approver_title=decision.get("approver_title", ""),
            prepared_by=row.get("prepared_by", ""),
            checked_by=row.get("checked_by", ""),
            recipients=row.get("recipients", []),
            valid_from=date.fromisoformat(row["effective_on"]),
            valid_to=_day(row.get("expires_on")),
        )


def _end_earlier_issue(process: IsoProcess) -> None:
    """An issue stored by an earlier release may still be open: it ends where this one begins."""
    begins = process.valid_from
    for issue in IsoProcess.objects.filter(code=process.code, state=ProcessState.PUBLISHED, valid_to__isnull=True):
        if issue.valid_from is not None and begins is not None and issue.valid_from < begins:
            issue.valid_to = begins
            issue.save()


def _steps(row: Mapping[str, Any], process: IsoProcess, units: Mapping[str, int]) -> list[IsoStep]:
    return [
        IsoStep(
            process=process,
            sequence=step["sequence"],
            branch=step.get("branch", 0),
            starts_after=step.get("starts_after"),
            joins_before=step.get("joins_before"),
            returns_to=step.get("returns_to", []),
            code=step["code"],
            name=step["name"],
            action=step["action"],
            content=step.get("content", ""),
            responsible_role=step["responsible"]["role"],
            responsible_unit=step["responsible"]["at"],
            unit_id=units.get(step.get("unit", "")),
            post_title=step.get("post_title", ""),
            limit_minutes=_minutes(step["limit_working_hours"]),
            record=step["record"],
        )
        for step in row["steps"]
    ]


def _write_document(row: Mapping[str, Any], process: IsoProcess) -> None:
    """The parts of the printed document: the usual sections with what the file says of them, and the lists."""
    bodies = row.get("sections", {})
    sections = [
        IsoSection(process=process, position=at, number=number, title=title, kind=kind, body=bodies.get(number, ""))
        for at, (number, kind, title) in enumerate(USUAL_SECTIONS, start=1)
    ]
    bulk_create_with_history(sections, IsoSection)
    IsoForm.objects.bulk_create(
        IsoForm(process=process, position=at, code=code, name=name)
        for at, (code, name) in enumerate(row.get("forms", []), start=1)
    )
    IsoRecord.objects.bulk_create(
        IsoRecord(process=process, position=at, name=name, kept_for=kept_for, kept_at=kept_at)
        for at, (name, kept_for, kept_at) in enumerate(row.get("records", []), start=1)
    )
    IsoAmendment.objects.create(
        process=process,
        position=1,
        content=row.get("amendment", "Ban hành lần đầu"),
        issue=process.version,
        amended_on=process.valid_from,
    )


def _minutes(hours: float) -> int:
    return round(hours * MINUTES_PER_HOUR)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
