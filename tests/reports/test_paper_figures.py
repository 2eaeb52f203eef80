"""Figures of papers: equal to a recount of the rows whatever these are, within what the reader may see."""

from __future__ import annotations

import csv
import io
import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from dossiers.constants import ChecklistState
from dossiers.models import ChecklistLine, Dossier, ResultFile
from dossiers.papers.constants import UsePurpose
from dossiers.papers.models import PaperType, PaperUse, TakenAnyway
from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Unit
from haddong_portal.audit.models import AuditEntry
from haddong_portal.citizens.constants import FallbackReason, LookUpMethod
from haddong_portal.citizens.models import Person, ResidenceLookUp
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import NotAllowed, NotFound
from haddong_portal.reports.selectors.paper_figures import ReuseLine, paper_figures
from haddong_portal.reports.selectors.paper_index import index_inputs, index_list
from haddong_portal.reports.selectors.paper_rows import (
    FALLBACKS,
    TAKEN,
    USES,
    Narrowing,
    exceptions,
    exceptions_csv,
    fact_list,
)
from haddong_portal.reports.selectors.paper_scope import PaperScope, paper_scope
from procedures.constants import DigitiseDuty
from procedures.models import PaperRequirement
from tests.dossiers.screens.conftest import open_session  # noqa: F401 - a fixture
from tests.factories import MORNING, PublishedProcedure, UnitFactory, citizen, make_actor, receive
from tests.papers.conftest import Store, paper_types, papers_root, stored, tu  # noqa: F401 - fixtures

FIRST, LAST = date(2024, 3, 1), date(2024, 3, 31)
PAGE = "/kho-giay/so-lieu/"
EVERYTHING = Narrowing()


@dataclass
class World:
    """Facts of three units over three months, some on the very borders of the period."""

    manager: Actor
    units: list[Unit]
    uses: list[PaperUse]
    taken: list[TakenAnyway]
    fallbacks: list[ResidenceLookUp]

    def scope(self, unit: Unit | None = None) -> PaperScope:
        return paper_scope(actor=self.manager, first=FIRST, last=LAST, unit_id=unit.pk if unit else None)


def moment(chance: random.Random) -> datetime:
    borders = (MORNING.replace(day=1, hour=0), MORNING.replace(day=31, hour=23, minute=59, second=59))
    outside = (borders[0] - timedelta(microseconds=1), borders[1] + timedelta(seconds=1))
    return chance.choice([*borders, *outside, MORNING + timedelta(hours=chance.randint(-1200, 1200))])


@pytest.fixture
def world(ward: Unit, stored: Store) -> Callable[[int], World]:  # noqa: F811 - the fixture
    def make(seed: int) -> World:
        chance = random.Random(seed)
        units = [ward, UnitFactory(ward=True, desk=True), UnitFactory(desk=True)]
        clerks = [make_actor(unit, Role.CLERK, f"Công chức {n}") for n in (1, 2) for unit in units]
        versions = [stored().current_version, stored(type_code="BIRTH_CERTIFICATE", fields={}).current_version]
        kinds = list(PaperType.objects.filter(code__in=["MARITAL_STATUS", "BIRTH_CERTIFICATE", "IDENTITY"]))
        person = Person.objects.earliest("pk")

        def who() -> dict[str, Any]:
            clerk = chance.choice(clerks)
            return {"clerk_id": clerk.user_id, "unit_id": clerk.unit_id}

        uses = [
            PaperUse(
                version=chance.choice(versions),
                purpose=chance.choice(UsePurpose.values),
                reference=f"dossier:H-{n}",
                used_at=moment(chance),
                pages_saved=chance.randint(0, 9),
                minutes_saved=chance.randint(0, 30),
                **who(),
            )
            for n in range(chance.randint(0, 60))
        ]
        taken = [
            TakenAnyway(
                person=person,
                type=chance.choice(kinds),
                reference=f"dossier:H-{n}",
                reason="bản in mờ",
                at=moment(chance),
                **who(),
            )
            for n in range(chance.randint(0, 30))
        ]
        fallbacks = [
            ResidenceLookUp(
                person=person,
                method=(method := chance.choice([LookUpMethod.FALLBACK, LookUpMethod.VNEID])),
                purpose="tiếp nhận hồ sơ",
                reference=f"dossier:H-{n}",
                requirement_name="Giấy xác nhận cư trú",
                fallback_reason=chance.choice(["network", "not_found"]) if method == LookUpMethod.FALLBACK else "",
                at=(at := moment(chance)),
                read_at=at,
                **who(),
            )
            for n in range(chance.randint(0, 30))
        ]
        PaperUse.objects.bulk_create(uses)
        TakenAnyway.objects.bulk_create(taken)
        ResidenceLookUp.objects.bulk_create(fallbacks)
        asked = [one for one in fallbacks if one.method == LookUpMethod.FALLBACK]
        return World(make_actor(units[2], Role.DISTRICT_MANAGER, "Quản lý"), units, uses, taken, asked)

    return make


def inside(scope: PaperScope, at: datetime, unit_id: int | None) -> bool:
    return scope.since <= at < scope.before and (scope.unit_ids is None or unit_id in scope.unit_ids)


def recount(world: World, scope: PaperScope, key: Callable[[Any, str], str]) -> dict[str, tuple[int, int, int, int]]:
    """used, taken, pages, minutes by key, counted one by one."""
    used = [one for one in world.uses if inside(scope, one.used_at, one.unit_id)]
    taken = [one for one in world.taken if inside(scope, one.at, one.unit_id)]
    keys = {key(one, "use") for one in used} | {key(one, "taken") for one in taken}
    return {
        name: (
            sum(key(one, "use") == name for one in used),
            sum(key(one, "taken") == name for one in taken),
            sum(one.pages_saved for one in used if key(one, "use") == name),
            sum(one.minutes_saved for one in used if key(one, "use") == name),
        )
        for name in keys
    }


def told(lines: list[ReuseLine]) -> dict[str, tuple[int, int, int, int]]:
    return {line.key: (line.used, line.taken, line.pages, line.minutes) for line in lines}


def type_of(fact: Any, kind: str) -> str:
    return str((fact.version.paper.type if kind == "use" else fact.type).code)


@pytest.mark.parametrize("seed", range(6))
def test_every_figure_is_what_a_recount_gives(seed: int, world: Callable[[int], World]) -> None:
    facts = world(seed)
    for scope in (facts.scope(), facts.scope(facts.units[0])):
        figures = paper_figures(scope)
        assert told(figures.units) == recount(facts, scope, lambda fact, _: str(fact.unit_id))
        assert told(figures.clerks) == recount(facts, scope, lambda fact, _: str(fact.clerk_id))
        assert told(figures.types) == recount(facts, scope, type_of)
        whole = recount(facts, scope, lambda fact, _: "").get("", (0, 0, 0, 0))
        assert told([figures.total])[""] == whole
        held = whole[0] + whole[1]
        assert figures.total.percent == (round(100 * whole[0] / held, 1) if held else None)
        reasons = Counter(one.fallback_reason for one in facts.fallbacks if inside(scope, one.at, one.unit_id))
        assert {line.reason: line.count for line in figures.fallbacks} == dict(reasons)


@pytest.mark.parametrize("seed", range(3))
def test_every_number_is_the_length_of_its_list(seed: int, world: Callable[[int], World]) -> None:
    facts = world(seed)
    scope = facts.scope()
    figures = paper_figures(scope)

    def length(kind: str, narrowing: Narrowing = EVERYTHING) -> int:
        count, after = 0, None
        while True:
            page = fact_list(scope, kind, narrowing, before_id=after)
            count, after = count + len(page.rows), page.after
            if after is None:
                return count

    assert (length(USES), length(TAKEN)) == (figures.total.used, figures.total.taken)
    for line in figures.types:
        narrowing = Narrowing(type_code=line.key)
        assert (length(USES, narrowing), length(TAKEN, narrowing)) == (line.used, line.taken)
    for line in figures.clerks:
        narrowing = Narrowing(clerk_id=line.key)
        assert (length(USES, narrowing), length(TAKEN, narrowing)) == (line.used, line.taken)
    for reason in figures.fallbacks:
        assert length(FALLBACKS, Narrowing(reason=reason.reason)) == reason.count
    assert len(exceptions(scope)) == figures.total.taken + figures.fallback_count
    assert length(USES, Narrowing(clerk_id="x")) == 0


def test_the_figures_cost_three_statements_however_many_facts(
    world: Callable[[int], World], django_assert_num_queries: Any
) -> None:
    for seed in (1, 2):
        facts = world(seed)
        scope = facts.scope()
        with django_assert_num_queries(3):
            paper_figures(scope)
        with django_assert_num_queries(2):
            index_inputs(actor=facts.manager, scope=scope)


def test_the_head_of_a_desk_sees_the_own_unit_whatever_is_asked(world: Callable[[int], World]) -> None:
    facts = world(1)
    head = make_actor(facts.units[0], Role.ONE_STOP_HEAD, "Trưởng bộ phận")
    scope = paper_scope(actor=head, first=FIRST, last=LAST, unit_id=facts.units[1].pk)
    assert scope == PaperScope(FIRST, LAST, frozenset({facts.units[0].pk}))
    assert {line.key for line in paper_figures(scope).units} <= {str(facts.units[0].pk)}


@pytest.mark.parametrize("role", [Role.CLERK, Role.OFFICER, Role.CATALOGUE_EDITOR])
def test_others_have_no_figures(role: Role, ward: Unit) -> None:
    with pytest.raises(NotAllowed):
        paper_scope(actor=make_actor(ward, role, "Nguyễn Văn Thử"), first=FIRST, last=LAST)


# QĐ 766.


@dataclass
class Case:
    """What one dossier is like, and what each input must count of it."""

    must: int
    done: int
    reuses: bool
    looked_up: str
    result: bool


@pytest.mark.parametrize("seed", range(3))
def test_the_index_inputs_are_what_a_recount_gives(
    seed: int,
    procedure: PublishedProcedure,
    desk_clerk_lan: Actor,
    stored: Store,  # noqa: F811 - the fixture
) -> None:
    chance = random.Random(seed)
    PaperRequirement.objects.filter(case=procedure.case).update(digitise=DigitiseDuty.MUST)
    version = stored().current_version
    cases = [make_case(chance, desk_clerk_lan, procedure, version, n) for n in range(8)]
    manager = make_actor(UnitFactory(), Role.INSPECTOR, "Thanh tra")
    scope = paper_scope(actor=manager, first=FIRST, last=LAST)
    inputs = {one.ref: (one.part, one.whole) for one in index_inputs(actor=manager, scope=scope)}
    assert inputs == {
        "4.1": (sum(case.result for case in cases), len(cases)),
        "4.2": (sum(0 < case.must == case.done for case in cases), sum(case.must > 0 for case in cases)),
        "4.3": (sum(case.reuses for case in cases), len(cases)),
        "4.5b": (sum(case.looked_up == LookUpMethod.VNEID for case in cases), len(cases)),
    }
    for one in index_inputs(actor=manager, scope=scope):
        assert len(index_list(actor=manager, scope=scope, key=one.key).rows) == one.part
        assert len(index_list(actor=manager, scope=scope, key=one.whole_key).rows) == one.whole
    with pytest.raises(NotFound):
        index_list(actor=manager, scope=scope, key="khong-co")


def make_case(chance: random.Random, clerk: Actor, procedure: PublishedProcedure, version: Any, n: int) -> Case:
    received = receive(clerk, procedure, person=citizen("Trần Văn Tú", n + 10))
    dossier = Dossier.objects.get(pk=received.dossier_id)
    lines = list(ChecklistLine.objects.filter(dossier=dossier).order_by("pk"))
    case = Case(0, 0, chance.random() < 0.5, chance.choice(["", LookUpMethod.VNEID, LookUpMethod.FALLBACK]), False)
    for line in lines:
        line.state = chance.choice([ChecklistState.PAPER, ChecklistState.MISSING, ChecklistState.COPY])
        line.digitised_at = chance.choice([None, MORNING])
        line.digitised_paper = version.paper if line.digitised_at else None
        line.save()
        case.must += line.state != ChecklistState.MISSING
        case.done += line.state != ChecklistState.MISSING and line.digitised_at is not None
    who = {"clerk_id": clerk.user_id, "unit_id": clerk.unit_id, "reference": f"dossier:{dossier.code}"}
    if case.reuses:
        PaperUse.objects.create(version=version, purpose=UsePurpose.INTAKE, used_at=MORNING, **who)
    if case.looked_up:
        reason = FallbackReason.NETWORK if case.looked_up == LookUpMethod.FALLBACK else ""
        ResidenceLookUp.objects.create(
            person_id=dossier.person_id,
            method=case.looked_up,
            purpose="x",
            fallback_reason=reason,
            at=MORNING,
            read_at=MORNING,
            **who,
        )
    case.result = chance.random() < 0.5
    ResultFile.objects.create(
        dossier=dossier,
        name="Kết quả",
        content_type="application/pdf",
        size_bytes=9 if case.result else 0,
        sha256="0" * 64,
        recorded_by_id=clerk.user_id or 0,
        recorded_at=MORNING,
    )
    Dossier.objects.filter(pk=dossier.pk).update(finished_at=MORNING)
    return case


# The pages.


@pytest.fixture
def in_march() -> Iterator[None]:
    with time_machine.travel(MORNING, tick=False):
        yield


@pytest.fixture
def manager_page(
    world: Callable[[int], World],
    open_session: Callable[[Actor], Client],  # noqa: F811 - the fixture
    in_march: None,
) -> tuple[World, Client]:
    facts = world(1)
    return facts, open_session(facts.manager)


def test_the_page_tells_the_figures_and_leads_to_the_rows(manager_page: tuple[World, Client]) -> None:
    facts, client = manager_page
    figures = paper_figures(facts.scope())
    page = client.get(PAGE).content.decode()
    assert "Bộ chỉ số 766" in page and f">{figures.total.used}</span>" in page
    for kind, title in ((USES, "Giấy tờ đã dùng lại"), (TAKEN, "Giấy tờ vẫn nhận"), (FALLBACKS, "Giấy tờ cư trú")):
        assert title in client.get(f"{PAGE}{kind}/").content.decode()
    assert client.get(f"{PAGE}khong-co/").status_code == 404
    assert client.get(f"{PAGE}ho-so/da-nhan/").status_code == 200
    wrong = client.get(PAGE, {"tu": "2024-03-31", "den": "2024-03-01"}).content.decode()
    assert "report.days" in wrong
    one = client.get(PAGE, {"don-vi": str(facts.units[0].pk)}).content.decode()
    assert f"don-vi={facts.units[0].pk}" in one


def test_the_months_exceptions_print_and_export(manager_page: tuple[World, Client]) -> None:
    facts, client = manager_page
    count = len(exceptions(facts.scope()))
    assert f"Tháng 3/2024: {count} trường hợp" in client.get(f"{PAGE}ngoai-le/").content.decode()
    answer = client.get(f"{PAGE}ngoai-le.csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == count + 1 and rows[0][0] == "Loại ngoại lệ"
    assert all(row[-1] for row in rows)
    assert AuditEntry.objects.filter(action="report.papers", object_id="paper-exceptions").count() == 1


def test_no_cell_of_the_file_runs_as_a_formula(world: Callable[[int], World]) -> None:
    facts = world(1)
    TakenAnyway.objects.update(reason="=1+1")
    text = exceptions_csv(actor=facts.manager, scope=facts.scope(), now=MORNING).decode("utf-8-sig")
    assert "'=1+1" in text and ",=1+1" not in text
