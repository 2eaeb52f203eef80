"""A changed calendar and an outage reach the open dossiers: once, resumable, and never past what is printed."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dossiers.constants import FormKind
from dossiers.models import Dossier, DossierEvent, Outage, Pause, Recomputation, RecomputedLine, RuleSet, Slip
from dossiers.services import recompute_due_dates as module
from dossiers.services.recompute_due_dates import recompute_due_dates
from dossiers.services.record_outage import OutageData, record_outage
from dossiers.services.reissue_receipt import reissue_receipt
from dossiers.services.request_withdrawal import request_withdrawal
from haddong_portal.accounts.constants import DayKindChoice, Role
from haddong_portal.accounts.models import Unit
from haddong_portal.accounts.services.change_calendar_day import change_calendar_day
from haddong_portal.accounts.services.load_calendar import load_calendar
from haddong_portal.audit.models import AuditEntry
from haddong_portal.common.actors import Actor
from haddong_portal.common.clock import VIETNAM
from haddong_portal.common.errors import Conflict, DomainError, NotAllowed
from tests.dossiers.conftest import Story
from tests.factories import MORNING, UnitFactory, citizen, make_actor

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
FRIDAY, MONDAY = (datetime(2024, 3, day, 17, tzinfo=VIETNAM) for day in (8, 11))
AFTERNOON = datetime(2024, 3, 5, 14, tzinfo=VIETNAM)


@pytest.fixture
def administrator(ward: Unit) -> Actor:
    return make_actor(ward, Role.ADMINISTRATOR, "Quản trị")


@pytest.fixture
def head(ward: Unit) -> Actor:
    return make_actor(ward, Role.ONE_STOP_HEAD, "Ngô Thị Sáu")


@pytest.fixture
def calendar(db: None) -> None:
    """Loaded, and its first version already gone through."""
    load_calendar()
    recompute_due_dates(now=MORNING)


def change(administrator: Actor, on: date, kind: str, now: datetime = AFTERNOON) -> None:
    change_calendar_day(
        actor=administrator,
        on=on,
        kind=kind,
        name="Ngày nghỉ" if kind == DayKindChoice.HOLIDAY else "",
        legal_source="CV 1" if kind == DayKindChoice.HOLIDAY else "",
        reason="theo thông báo mới",
        now=now,
    )


def outage(actor: Actor, *, now: datetime = AFTERNOON, **data: Any) -> Recomputation:
    facts = {
        "system": "Cổng Dịch vụ công quốc gia",
        "started_at": MORNING,
        "ended_at": MORNING + 4 * HOUR,
        "reason": "Mất kết nối",
        "unit_id": actor.unit_id,
        **data,
    }
    return record_outage(actor=actor, outage=OutageData(**facts), now=now)


def let_outages_pause() -> None:
    RuleSet.objects.update(policy={"system_outage_clock_policy": {"value": "pause", "legal_key": "ND301-2026"}})


def test_a_later_date_waits_for_a_new_receipt(calendar: None, story: Story, administrator: Actor) -> None:
    dossier = story.taken()
    before = list(dossier.due_explanation)
    assert dossier.due_at == FRIDAY
    change(administrator, date(2024, 3, 7), DayKindChoice.HOLIDAY)
    assert recompute_due_dates(now=AFTERNOON) == 1
    dossier = story.fresh(dossier.pk)
    assert dossier.due_at == dossier.printed_due_at == FRIDAY, "the printed promise stays"
    assert dossier.recomputed_due_at == MONDAY and dossier.due_explanation == before
    line = RecomputedLine.objects.get()
    assert (line.old_due_at, line.new_due_at, line.waits) == (FRIDAY, MONDAY, True)
    event = DossierEvent.objects.get(kind="dossier.due_recomputed")
    assert "Chờ cấp giấy hẹn mới" in event.note and event.data["run_id"] == line.run_id
    assert event.actor_name == "Hệ thống"
    reissue_receipt(actor=story.clerk, dossier_id=dossier.pk, reason="lịch đổi", now=AFTERNOON + HOUR)
    dossier = story.fresh(dossier.pk)
    assert dossier.due_at == dossier.printed_due_at == MONDAY and dossier.recomputed_due_at is None
    assert dossier.due_explanation != before
    assert Slip.objects.filter(form_kind=FormKind.RECEIPT).count() == 2


def test_an_earlier_date_holds_at_once_for_everybody_inside(calendar: None, story: Story, administrator: Actor) -> None:
    change(administrator, date(2024, 3, 7), DayKindChoice.HOLIDAY, now=MORNING)
    dossier = story.taken()
    assert dossier.due_at == MONDAY
    change(administrator, date(2024, 3, 7), DayKindChoice.WORK)
    recompute_due_dates(now=AFTERNOON)
    dossier = story.fresh(dossier.pk)
    assert (dossier.due_at, dossier.printed_due_at, dossier.recomputed_due_at) == (FRIDAY, MONDAY, None)
    assert dossier.step_due_at is not None and dossier.step_due_at <= FRIDAY
    assert not RecomputedLine.objects.get(dossier=dossier).waits


def test_a_change_taken_back_takes_the_waiting_date_back(calendar: None, story: Story, administrator: Actor) -> None:
    dossier = story.taken()
    change(administrator, date(2024, 3, 7), DayKindChoice.HOLIDAY)
    recompute_due_dates(now=AFTERNOON)
    change(administrator, date(2024, 3, 7), DayKindChoice.WORK)
    recompute_due_dates(now=AFTERNOON)
    dossier = story.fresh(dossier.pk)
    assert (dossier.due_at, dossier.recomputed_due_at) == (FRIDAY, None)
    assert RecomputedLine.objects.count() == 2


def test_a_run_happens_once_and_touches_nobody_it_does_not_move(
    calendar: None, story: Story, administrator: Actor
) -> None:
    dossier, done = story.taken(), story.done()
    change(administrator, date(2024, 9, 9), DayKindChoice.HOLIDAY)
    assert recompute_due_dates(now=AFTERNOON) == 1, "a dossier with its result is left alone"
    same = story.fresh(dossier.pk)
    assert same.row_version == dossier.row_version, "a form opened before is not stale"
    assert same.calendar_version == 2 and story.fresh(done.pk).calendar_version == 1
    assert recompute_due_dates(now=AFTERNOON) == 0 and Recomputation.objects.count() == 2
    assert not DossierEvent.objects.filter(kind="dossier.due_recomputed").exists()


def test_a_run_that_was_cut_off_goes_on_where_it_stood(
    calendar: None, story: Story, administrator: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = [story.received(person=citizen(f"Người {number}", number)) for number in range(1, 6)]
    change(administrator, date(2024, 3, 7), DayKindChoice.HOLIDAY)
    monkeypatch.setattr(module, "BATCH", 2)
    assert recompute_due_dates(now=AFTERNOON, most=2) == 2
    run = Recomputation.objects.latest("pk")
    assert (run.total, run.checked, run.moved, run.waiting, run.finished_at) == (5, 2, 2, 2, None)
    heard: list[int] = []
    assert recompute_due_dates(now=AFTERNOON, heard=lambda each: heard.append(each.checked)) == 3
    assert heard == [4, 5]
    run.refresh_from_db()
    assert (run.checked, run.moved, run.finished_at) == (5, 5, AFTERNOON)
    assert RecomputedLine.objects.count() == DossierEvent.objects.filter(kind="dossier.due_recomputed").count() == 5
    assert {dossier.pk for dossier in people} == set(RecomputedLine.objects.values_list("dossier_id", flat=True))


def test_while_the_clock_stands_no_date_moves(calendar: None, story: Story, administrator: Actor) -> None:
    dossier = story.taken()
    request_withdrawal(actor=story.clerk, dossier_id=dossier.pk, now=MORNING + HOUR)
    change(administrator, date(2024, 3, 7), DayKindChoice.HOLIDAY)
    recompute_due_dates(now=AFTERNOON)
    dossier = story.fresh(dossier.pk)
    assert (dossier.due_at, dossier.recomputed_due_at, dossier.calendar_version) == (FRIDAY, None, 2)
    assert not RecomputedLine.objects.exists()


def test_stopping_the_clock_lengthens_no_printed_promise(calendar: None, story: Story, administrator: Actor) -> None:
    dossier = story.taken()
    change(administrator, date(2024, 3, 7), DayKindChoice.HOLIDAY)
    request_withdrawal(actor=story.clerk, dossier_id=dossier.pk, now=AFTERNOON)
    dossier = story.fresh(dossier.pk)
    assert dossier.paused_at == AFTERNOON and dossier.due_at == FRIDAY


def test_an_outage_stops_the_clock_where_the_rule_set_says_so(story: Story, head: Actor) -> None:
    let_outages_pause()
    dossier = story.taken()
    run = outage(head, ended_at=MORNING + timedelta(days=1), now=AFTERNOON + timedelta(days=1))
    recompute_due_dates(now=AFTERNOON + timedelta(days=1))
    pause = Pause.objects.get()
    assert dossier.accepted_at is not None
    assert (pause.kind, pause.outage_id, pause.started_at) == ("outage", run.outage_id, dossier.accepted_at)
    dossier = story.fresh(dossier.pk)
    assert dossier.due_at == FRIDAY and dossier.recomputed_due_at is not None
    event = DossierEvent.objects.get(kind="dossier.outage_recorded")
    assert "Cổng Dịch vụ công quốc gia gặp sự cố" in event.note and event.data["waits"]
    run.refresh_from_db()
    assert (run.checked, run.moved, run.waiting) == (1, 1, 1)
    assert recompute_due_dates(now=AFTERNOON + timedelta(days=1)) == 0
    Recomputation.objects.update(finished_at=None, last_dossier_id=0)
    recompute_due_dates(now=AFTERNOON + timedelta(days=1))
    assert Pause.objects.count() == RecomputedLine.objects.count() == 1, "running it again changes nothing"


def test_under_r2_an_outage_changes_nothing(story: Story, head: Actor) -> None:
    dossier = story.taken()
    outage(head)
    assert recompute_due_dates(now=AFTERNOON) == 1
    assert not Pause.objects.exists() and story.fresh(dossier.pk).row_version == dossier.row_version
    assert Outage.objects.count() == 1


def test_an_outage_of_one_unit_is_no_outage_of_another(story: Story, head: Actor, administrator: Actor) -> None:
    let_outages_pause()
    dossier = story.taken()
    there = UnitFactory(ward=True, desk=True)
    outage(administrator, unit_id=there.pk)
    recompute_due_dates(now=AFTERNOON)
    assert not Pause.objects.exists()
    later = MORNING - timedelta(days=2)
    outage(head, started_at=later, ended_at=later + HOUR)
    recompute_due_dates(now=AFTERNOON)
    assert not Pause.objects.exists(), "over before the dossier was received"
    outage(administrator, unit_id=None)
    recompute_due_dates(now=AFTERNOON)
    assert Pause.objects.get().dossier_id == dossier.pk


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ({"system": " "}, "outage.system_missing"),
        ({"reason": " "}, "outage.reason_missing"),
        ({"ended_at": MORNING}, "outage.order"),
        ({"ended_at": AFTERNOON + HOUR}, "outage.not_over"),
        ({"unit_id": None}, "outage.other_unit"),
        ({"unit_id": 0}, "outage.other_unit"),
    ],
)
def test_what_an_outage_may_not_be(head: Actor, data: dict[str, Any], code: str) -> None:
    with pytest.raises((DomainError, NotAllowed)) as refusal:
        outage(head, **data)
    assert refusal.value.code == code
    assert not Outage.objects.exists() and not Recomputation.objects.exists()


def test_an_outage_is_recorded_once_and_by_whom_it_concerns(
    head: Actor, administrator: Actor, desk_clerk_lan: Actor, leader_hoa: Actor
) -> None:
    outage(head)
    with pytest.raises(Conflict) as refusal:
        outage(administrator)
    assert refusal.value.code == "outage.already_recorded" and "Ngô Thị Sáu" in refusal.value.message
    outage(administrator, unit_id=None)
    with pytest.raises(Conflict):
        outage(administrator, unit_id=None)
    for actor in (desk_clerk_lan, leader_hoa):
        with pytest.raises(NotAllowed):
            outage(actor)
    assert AuditEntry.objects.filter(action="outage.recorded").count() == 2


def test_the_command_says_what_it_did(calendar: None, story: Story, administrator: Actor, capsys: Any) -> None:
    story.taken()
    change(administrator, date(2024, 3, 7), DayKindChoice.HOLIDAY)
    call_command("recompute_due_dates")
    assert "xem 1 hồ sơ, đổi ngày hẹn 1, chờ giấy hẹn mới 1" in capsys.readouterr().out
    call_command("recompute_due_dates")
    assert "Không có gì phải tính lại" in capsys.readouterr().out


def test_a_look_with_nothing_to_do_costs_four_statements(calendar: None, story: Story) -> None:
    story.taken()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        recompute_due_dates(now=AFTERNOON)
    assert len(asked) <= 4, [each["sql"] for each in asked]


def test_reminders_follow_the_new_calendar(calendar: None, story: Story, administrator: Actor) -> None:
    """The gate opens a working day before the promise; a holiday in between moves it."""
    dossier = story.taken()
    change(administrator, date(2024, 3, 7), DayKindChoice.HOLIDAY)
    recompute_due_dates(now=AFTERNOON)
    moved = story.fresh(dossier.pk)
    assert moved.next_reminder_at is not None
    assert Dossier.objects.get(pk=dossier.pk).next_reminder_at != dossier.next_reminder_at
