"""The shipped processes and delegations as they stand in a set-up portal."""

from __future__ import annotations

from datetime import date

import pytest

from haddong_portal.accounts.services.load_units import load_units
from haddong_portal.common.actors import system_actor
from procedures.constants import ProcessState
from procedures.models import Delegation, IsoProcess, UnitProcedure
from procedures.selectors.delegations import freeze_reason
from procedures.selectors.processes import check_of, processes_in_force
from procedures.services.import_catalogue import STARTER, import_catalogue
from procedures.services.load_delegations import load_delegations
from procedures.services.load_iso_processes import load_iso_processes
from procedures.services.load_performed_here import load_performed_here


@pytest.fixture
def shipped(db: None) -> None:
    load_units()
    import_catalogue(actor=system_actor(), path=STARTER, publish=True)
    load_iso_processes()
    load_performed_here()
    load_delegations()


def test_every_shipped_process_fits_the_limits_of_its_published_cases(shipped: None) -> None:
    problems = {
        process.code: [problem.message for problem in check_of(process).problems]
        for process in IsoProcess.objects.select_related("procedure")
    }
    assert {code: said for code, said in problems.items() if said} == {}


def test_loading_again_changes_nothing(shipped: None) -> None:
    assert (load_iso_processes().added, load_delegations().added) == (0, 0)


def test_the_second_issue_of_the_building_permit_follows_the_first(shipped: None) -> None:
    first, second = IsoProcess.objects.filter(code="QT-XD-01").order_by("version")
    assert (first.valid_to, second.valid_from, second.valid_to) == (date(2024, 1, 1), date(2024, 1, 1), None)
    assert {first.state, second.state} == {ProcessState.PUBLISHED}
    assert processes_in_force(date(2023, 12, 31)).get(code="QT-XD-01") == first
    assert processes_in_force(date(2024, 1, 1)).get(code="QT-XD-01") == second
    consulted = second.steps.filter(branch__gt=0).values_list("unit__key", flat=True)
    assert set(consulted) == {"phong-tai-nguyen-moi-truong", "phong-van-hoa-thong-tin"}


def test_an_open_issue_of_an_earlier_release_is_ended_by_the_next(shipped: None) -> None:
    IsoProcess.objects.filter(code="QT-XD-01", version=2).delete()
    IsoProcess.objects.filter(code="QT-XD-01").update(valid_to=None)
    assert load_iso_processes().added == 1
    assert IsoProcess.objects.get(code="QT-XD-01", version=1).valid_to == date(2024, 1, 1)


def test_the_shipped_delegations_hold_and_nothing_stands_still(shipped: None) -> None:
    assert set(Delegation.objects.values_list("confirmed", flat=True)) == {False}
    resting = UnitProcedure.objects.filter(delegated_by__isnull=False)
    assert resting.count() == 8
    reasons = {
        freeze_reason(unit_id=row.unit_id, procedure_id=row.procedure_id, on=date(2024, 3, 5)) for row in resting
    }
    assert reasons == {""}
    assert Delegation.objects.filter(from_unit__key="phong-lao-dong-thuong-binh-xa-hoi").count() == 17
