"""What must always hold in the catalogue is held by the database: each named constraint, refused and allowed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, models, transaction

from haddong_portal.common import clock
from procedures.models import (
    CaseLimit,
    CatalogueState,
    IsoProcess,
    IsoStep,
    PaperRequirement,
    Procedure,
    ProcedureCase,
    ProcedureVersion,
    ScanCount,
    ShortLink,
    UnitProcedure,
)
from tests.factories import UnitFactory

pytestmark = pytest.mark.django_db
_NOW = clock.now()


def procedure(code: str = "1.000001") -> Procedure:
    return Procedure.objects.get_or_create(national_code=code, defaults={"created_at": _NOW})[0]


def version(number: int = 1, **changes: Any) -> ProcedureVersion:
    values = {"source": "thử", "content_hash": str(number), "name": "Thử", "created_at": _NOW, "procedure": procedure()}
    return ProcedureVersion(number=number, **(values | changes))


def case(position: int = 1) -> ProcedureCase:
    owner = ProcedureVersion.objects.first() or saved(version())
    return ProcedureCase(version=owner, position=position, name="Trường hợp")


def saved(row: Any) -> Any:
    row.save()
    return row


def refused(name: str, *rows: models.Model) -> None:
    """The last of the rows breaks the constraint called `name`."""
    for row in rows[:-1]:
        row.save()
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        rows[-1].save()


Rows = Callable[[], tuple[models.Model, ...]]


def limits(*changes: dict[str, Any]) -> tuple[models.Model, ...]:
    owner = saved(case())
    return tuple(CaseLimit(case=owner, **({"text": "x", "needs_review": True} | change)) for change in changes)


def papers(*positions: int) -> tuple[models.Model, ...]:
    owner = saved(case())
    return tuple(PaperRequirement(case=owner, position=position, name="x") for position in positions)


def answers(*changes: dict[str, Any]) -> tuple[models.Model, ...]:
    unit, of = UnitFactory(), procedure()
    return tuple(UnitProcedure(unit=unit, procedure=of, **change) for change in changes)


def links(*changes: dict[str, Any]) -> tuple[models.Model, ...]:
    return tuple(ShortLink(token=f"T{at}", created_at=_NOW, **change) for at, change in enumerate(changes))


def scans(*days: int) -> tuple[models.Model, ...]:
    link = saved(ShortLink(token="T", kind="procedure", procedure=procedure(), created_at=_NOW))
    return tuple(ScanCount(link=link, on=date(2024, 1, day)) for day in days)


def processes(*changes: dict[str, Any]) -> tuple[models.Model, ...]:
    base = {"code": "QT", "name": "x", "level": "xa", "state": "published", "valid_from": date(2024, 1, 1)}
    return tuple(IsoProcess(**(base | change)) for change in changes)


def steps(*sequences: int) -> tuple[models.Model, ...]:
    process = saved(processes({})[0])
    base = {"code": "B", "name": "x", "action": "receive", "responsible_role": "clerk", "responsible_unit": "desk"}
    return tuple(IsoStep(process=process, sequence=one, limit_minutes=1, **base) for one in sequences)


BROKEN: dict[str, Rows] = {
    "procedure_version_number_unique": lambda: (version(1), version(1, content_hash="b")),
    "procedure_version_one_published": lambda: (version(1, state="published"), version(2, state="published")),
    "procedure_version_published_is_complete": lambda: (version(state="published", missing_parts=["name"]),),
    "procedure_version_published_is_lawful": lambda: (version(state="published", blockers=["residence_book"]),),
    "procedure_version_content_once_per_source": lambda: (version(1), version(2, content_hash="1")),
    "procedure_version_validity_order": lambda: (version(valid_from=date(2024, 1, 2), valid_to=date(2024, 1, 2)),),
    "procedure_case_position_unique": lambda: (case(), case()),
    "paper_requirement_position_unique": lambda: papers(1, 1),
    "case_limit_known_or_flagged": lambda: limits({"needs_review": False}),
    "case_limit_one_per_channel": lambda: limits({}, {}),
    "unit_procedure_unique": lambda: answers({}, {}),
    "unit_procedure_refusal_has_reason": lambda: answers({"performed": False}),
    "short_link_has_target": lambda: links({"kind": "procedure"}),
    "short_link_target_unique": lambda: links(*[{"kind": "procedure", "procedure": procedure()}] * 2),
    "scan_count_one_row_a_day": lambda: scans(1, 1),
    "iso_process_version_unique": lambda: processes({}, {}),
    "iso_process_validity_order": lambda: processes({"valid_to": date(2024, 1, 1)}),
    "iso_step_sequence_unique": lambda: steps(1, 1),
    "catalogue_state_one_row": lambda: (CatalogueState(id=2, revision="x", changed_at=_NOW),),
}

# Newer ones are broken once, in tests/constraints.
IN_TESTS_CONSTRAINTS = {
    "iso_process_in_force_once_published",
    "iso_process_one_draft",
    "iso_process_one_open_issue",
    "iso_process_retired_has_end",
    "iso_step_join_after_start",
    "iso_step_lead_has_no_join",
    "unit_procedure_delegated_to_another",
}

ALLOWED: dict[str, Rows] = {
    "another procedure's number": lambda: (version(1), version(1, procedure=procedure("1.000002"))),
    "one published beside drafts": lambda: (version(1, state="published"), version(2)),
    "an incomplete draft": lambda: (version(missing_parts=["name"], blockers=["residence_book"]),),
    "the same content from elsewhere": lambda: (version(1), version(2, content_hash="1", source="nơi khác")),
    "limits of two channels": lambda: limits({"channel": 1}, {"channel": 2}, {}),
    "a refusal with its reason": lambda: answers({"performed": False, "reason": "không có biển"}),
    "a counter's link": lambda: links({"kind": "counter", "unit": UnitFactory(), "label": "Quầy 1"}),
    "two days of scans": lambda: scans(1, 2),
    "two issues of a process": lambda: processes({"valid_to": date(2024, 2, 1)}, {"version": 2}),
}


@pytest.mark.parametrize("name", BROKEN)
def test_the_database_refuses(name: str) -> None:
    refused(name, *BROKEN[name]())


@pytest.mark.parametrize("name", ALLOWED)
def test_the_database_allows(name: str) -> None:
    for row in ALLOWED[name]():
        row.save()


def test_every_constraint_of_the_catalogue_is_tested() -> None:
    from django.apps import apps

    named = {
        constraint.name
        for model in apps.get_app_config("procedures").get_models()
        for constraint in model._meta.constraints
        if not model.__name__.startswith("Historical")
    }
    elsewhere = ("poster", "delegation", "iso_section", "iso_amendment", "iso_form", "iso_record")
    assert set(BROKEN) <= named
    assert {name for name in named if not name.startswith(elsewhere)} - set(BROKEN) <= IN_TESTS_CONSTRAINTS
