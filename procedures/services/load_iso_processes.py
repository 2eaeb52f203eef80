"""Load the shipped ISO processes: defaults of each level and those written for single procedures.

Run by set-up and the demo, any number of times: a process whose code and version is stored is left alone, since
dossiers follow it. Writes IsoProcess and IsoStep with their history.
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

from procedures.constants import ProcessState
from procedures.models import IsoProcess, IsoStep, Procedure

SHIPPED = Path(__file__).resolve().parent.parent / "data" / "iso_processes.json"
MINUTES_PER_HOUR = 60


@dataclass(frozen=True)
class Loaded:
    """How many rows were added, and how many were there already."""

    added: int
    kept: int


@transaction.atomic
def load_iso_processes(path: Path = SHIPPED) -> Loaded:
    """Add the processes that are not stored yet; those of unknown procedures are passed over."""
    rows = json.loads(path.read_text(encoding="utf-8"))["processes"]
    procedures = dict(Procedure.objects.values_list("national_code", "pk"))
    stored = set(IsoProcess.objects.values_list("code", "version"))
    added = kept = 0
    for row in rows:
        for process in _processes(row, procedures):
            if (process.code, process.version) in stored:
                kept += 1
                continue
            process.save()
            bulk_create_with_history(_steps(row, process), IsoStep)
            added += 1
    return Loaded(added, kept)


def _processes(row: Mapping[str, Any], procedures: Mapping[str, int]) -> Iterator[IsoProcess]:
    """One process for a default row; one per known procedure otherwise, numbered when there are several."""
    codes = row["procedure_codes"]
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
            valid_from=date.fromisoformat(row["effective_on"]),
        )


def _steps(row: Mapping[str, Any], process: IsoProcess) -> list[IsoStep]:
    return [
        IsoStep(
            process=process,
            sequence=step["sequence"],
            code=step["code"],
            name=step["name"],
            action=step["action"],
            responsible_role=step["responsible"]["role"],
            responsible_unit=step["responsible"]["at"],
            limit_minutes=round(step["limit_working_hours"] * MINUTES_PER_HOUR),
            record=step["record"],
        )
        for step in row["steps"]
    ]
