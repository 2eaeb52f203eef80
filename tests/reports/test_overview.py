"""The manager's figures are those of the ledger: counted again here, row by row, from the dossiers and their story."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile

from dossiers.models import Charge, Dossier, DossierEvent
from dossiers.services.collect_fee import collect_fee
from dossiers.services.finish_step import finish_step
from dossiers.services.hand_over_result import hand_over_result
from dossiers.services.lateness import Lateness
from dossiers.services.record_result import ResultData, record_result
from dossiers.services.sign_result import sign_result
from dossiers.services.take_dossier import take_dossier
from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Unit
from haddong_portal.common.actors import Actor
from haddong_portal.reports.selectors.overview import overview
from tests.factories import MORNING, PublishedProcedure, UnitFactory, citizen, make_actor, publish_procedure, receive
from tests.sample_files import SMALL_PDF

WORKLOAD = Lateness("workload")
pytestmark = pytest.mark.django_db
PDF = SMALL_PDF
ENDED = {"RETURNED", "STOPPED", "REFUSED_INTAKE"}


@pytest.fixture
def manager(ward: Unit) -> Actor:
    return make_actor(UnitFactory(), Role.DISTRICT_MANAGER, "Trần Quốc Việt")


@pytest.fixture
def month(
    desk_clerk_lan: Actor,
    officer_minh: Actor,
    leader_hoa: Actor,
    procedure: PublishedProcedure,
    settings: Any,
    tmp_path: Any,
) -> None:
    """At the ward: one returned, one waiting for its owner, two open. Next door: one open."""
    settings.MEDIA_ROOT = str(tmp_path)
    taken = [receive(desk_clerk_lan, procedure, person=citizen("Trần Văn Tú", at)).dossier_id for at in range(1, 5)]
    hours = [MORNING + timedelta(minutes=20 * part) for part in range(7)]
    for pk in taken[:2]:
        take_dossier(actor=officer_minh, dossier_id=pk, now=hours[1])
        finish_step(actor=officer_minh, dossier_id=pk, late=WORKLOAD, now=hours[2])
        take_dossier(actor=leader_hoa, dossier_id=pk, now=hours[3])
        sign_result(actor=leader_hoa, dossier_id=pk, late=WORKLOAD, now=hours[4])
        result = ResultData(name="Giấy xác nhận", number="12/XN", file=ContentFile(PDF, name="x.pdf"))
        record_result(actor=desk_clerk_lan, dossier_id=pk, late=WORKLOAD, result=result, now=hours[5])
    collect_fee(
        actor=desk_clerk_lan,
        dossier_id=taken[0],
        charge_ids=list(Charge.objects.filter(dossier_id=taken[0]).values_list("pk", flat=True)),
        now=hours[5],
    )
    hand_over_result(actor=desk_clerk_lan, dossier_id=taken[0], collector_name="Trần Văn Tú", now=hours[6])
    next_door = UnitFactory(ward=True, desk=True)
    clerk = make_actor(next_door, Role.CLERK, "Vũ Thị Nga")
    receive(clerk, publish_procedure(at=next_door), person=citizen("Lê Thị Bé", 9))


@pytest.mark.parametrize("after", [timedelta(hours=3), timedelta(days=20), timedelta(days=45)])
def test_the_figures_equal_the_ledger(after: timedelta, manager: Actor, month: None) -> None:
    now = MORNING + after
    since = now - timedelta(days=30)
    told, rows = overview(actor=manager, now=now).total, list(Dossier.objects.all())
    received = DossierEvent.objects.filter(kind="dossier.received", at__gte=since, at__lte=now).count()
    results = DossierEvent.objects.filter(kind="dossier.result_recorded", at__gte=since, at__lte=now).count()
    open_rows = [row for row in rows if row.status not in ENDED | {"DONE"}]
    assert told.received == received
    assert told.finished == told.on_time == results
    assert told.open == len(open_rows) == 3
    assert told.overdue == len([row for row in open_rows if row.due_at and row.due_at < now])
    assert told.uncollected == len([row for row in rows if row.status == "DONE"]) == 1


def test_the_story_of_a_month_in_numbers(manager: Actor, month: None) -> None:
    soon = overview(actor=manager, now=MORNING + timedelta(hours=3)).total
    assert (soon.received, soon.open, soon.overdue, soon.finished, soon.on_time_percent) == (5, 3, 0, 2, 100)
    late = overview(actor=manager, now=MORNING + timedelta(days=45)).total
    assert (late.received, late.open, late.overdue, late.finished, late.on_time_percent) == (0, 3, 3, 0, None)


def test_units_add_up_to_the_total(manager: Actor, month: None) -> None:
    report = overview(actor=manager, now=MORNING + timedelta(days=20))
    assert len(report.units) == 2
    for name in ("received", "open", "overdue", "uncollected", "finished", "on_time"):
        assert sum(getattr(unit, name) for unit in report.units) == getattr(report.total, name), name


def test_a_leader_sees_the_figures_of_the_own_unit_only(leader_hoa: Actor, month: None) -> None:
    report = overview(actor=leader_hoa, now=MORNING + timedelta(hours=3))
    assert [unit.name for unit in report.units] == ["Phường Văn Quán"]
    assert report.total.received == 4
