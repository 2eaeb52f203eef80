"""Play the days: citizens come, clerks receive, officers and leaders work, messages go out; all in order of time.

Only services write. A dossier is known again by its idempotency key, which carries the day the play was set to, so
a run that was cut off goes on, and a finished one does nothing.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.db import connection
from django.db.models import Q

from dossiers.constants import Delivery
from dossiers.models import Dossier, DossierEvent
from dossiers.services.intake_data import IntakeData, PersonData
from dossiers.services.receive_dossier import receive_dossier
from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.selectors.calendar import work_calendar_for
from haddong_portal.citizens.constants import DataSource
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError
from haddong_portal.common.worktime import WorkCalendar
from haddong_portal.home.demo import counter, online
from haddong_portal.home.demo.brought import brought, held_now
from haddong_portal.home.demo.bulk import deliver_papers, give_work_on
from haddong_portal.home.demo.cast import Cast, desks
from haddong_portal.home.demo.money_days import close_drawers, open_accounts
from haddong_portal.home.demo.next_act import NextAct
from haddong_portal.home.demo.outages import play_outage
from haddong_portal.home.demo.people import Citizen
from haddong_portal.home.demo.plan import PlannedVisit, dice_for, plan_visits, working_days_back
from haddong_portal.home.demo.settled import change_a_rule, keep_filters
from haddong_portal.home.demo.story import Story
from haddong_portal.notices.constants import NoticeState
from haddong_portal.notices.models import Notice
from haddong_portal.notices.services.deliver_notice import deliver_notice
from procedures.models import PaperRequirement, Procedure

KEY_PREFIX = "demo-"


@dataclass
class Outcome:
    """What a run did. `refused` = (key, code, message) of acts that a service refused: the case rests there."""

    received: int = 0
    acts: int = 0
    notices: int = 0
    refused: list[tuple[str, str, str]] = field(default_factory=list)


@dataclass(order=True)
class _Turn:
    """One entry of the agenda."""

    at: datetime
    number: int
    visit: PlannedVisit = field(compare=False)
    story: Story | None = field(default=None, compare=False)
    act: NextAct | None = field(default=None, compare=False)
    came_back: bool = field(default=False, compare=False)


def simulate(*, days: int, dossiers: int, now: datetime | None = None, on_day: Callable[[date], None]) -> Outcome:
    """Play until `now`; `on_day` hears of every simulated day as it begins."""
    horizon = clock.local(now or clock.now())
    anchor = _anchor() or horizon.date()
    calendar = work_calendar_for(None)
    visits = plan_visits(desks(), working_days_back(calendar, anchor, days), dossiers, _end_of(anchor, horizon))
    with connection.cursor() as cursor:
        # A demo that loses its last second with the machine simply plays it again.
        cursor.execute("SET synchronous_commit = off")
    play = _Play(anchor, horizon, calendar)
    outcome = play.run(visits, on_day)
    play_outage(desks(), play.cast, calendar, now=horizon)
    return outcome


def _end_of(anchor: date, horizon: datetime) -> datetime:
    """Visits were laid out up to the anchor's day; a later run must lay them out the same way."""
    return min(horizon, datetime.combine(anchor, datetime.max.time(), tzinfo=clock.VIETNAM))


def _anchor() -> date | None:
    """The day that an earlier run was set to."""
    first = Dossier.objects.filter(intake_key__startswith=KEY_PREFIX).order_by("pk").only("intake_key").first()
    return date.fromisoformat(first.intake_key.removeprefix(KEY_PREFIX)[:10]) if first else None


class _Play:
    """One run."""

    def __init__(self, anchor: date, horizon: datetime, calendar: WorkCalendar) -> None:
        self.anchor, self.horizon, self.calendar = anchor, horizon, calendar
        self.cast, self.outcome = Cast(), Outcome()
        self.papers = _papers()
        self.codes, self.full = _codes(), online.full_online()
        self.agenda: list[_Turn] = []

    def run(self, visits: list[PlannedVisit], on_day: Callable[[date], None]) -> Outcome:
        known = self._known()
        if visits:
            open_accounts(self.cast, desks(), visits[0].at.date())
            change_a_rule(self.cast, now=visits[0].at)
        for visit in visits:
            self._lay_out(visit, known.get(self._intake_key(visit)))
        today: date | None = None
        while self.agenda:
            turn = heapq.heappop(self.agenda)
            if turn.at.date() != today:
                if today is not None:
                    close_drawers(self.cast, today)
                today = turn.at.date()
                on_day(today)
            self._play(turn)
        give_work_on(self.cast, now=self.horizon)
        deliver_papers(self.cast, now=self.horizon)
        keep_filters(self.cast, now=self.horizon)
        return self.outcome

    def _key(self, visit: PlannedVisit) -> str:
        return f"{KEY_PREFIX}{self.anchor.isoformat()}-{visit.number:05d}"

    def _intake_key(self, visit: PlannedVisit) -> str:
        """What the dossier of the visit is known by: its own key, or the key of the draft it was filed with."""
        key = self._key(visit)
        return str(online.draft_key(key)) if online.from_home(visit, self.full) else key

    def _known(self) -> dict[str, int]:
        rows = Dossier.objects.filter(Q(intake_key__startswith=KEY_PREFIX) | Q(submitted_at__isnull=False))
        return dict(rows.values_list("intake_key", "pk"))

    def _lay_out(self, visit: PlannedVisit, dossier_id: int | None) -> None:
        if dossier_id is None:
            if visit.at <= self.horizon:
                heapq.heappush(self.agenda, _Turn(visit.at, visit.number, visit))
            return
        last = DossierEvent.objects.filter(dossier_id=dossier_id).order_by("-at", "-pk").first()
        self._go_on(Story(visit, dossier_id, self.cast, self.calendar), last.at if last else visit.at)

    def _go_on(self, story: Story, since: datetime) -> None:
        act = story.next_act(clock.local(since))
        if act and act.at <= self.horizon:
            heapq.heappush(self.agenda, _Turn(act.at, story.visit.number, story.visit, story, act))

    def _play(self, turn: _Turn) -> None:
        try:
            if turn.story is None and not turn.came_back and self._sent_home(turn.visit):
                return
            story = turn.story or self._begin(turn.visit)
            if turn.act:
                turn.act.run()
                self.outcome.acts += 1
        except DomainError as error:
            self.outcome.refused.append((self._key(turn.visit), error.code, error.message))
            return
        if turn.act is None or turn.act.tells:
            self._deliver(story.dossier_id, turn.at)
        self._go_on(story, turn.at)

    def _begin(self, visit: PlannedVisit) -> Story:
        if not online.from_home(visit, self.full):
            return self._receive(visit)
        papers = self.papers.get(visit.case_id, ())
        key, code = online.draft_key(self._key(visit)), self.codes[visit.procedure_id]
        dossier_id = online.file_from_home(visit, key=key, code=code, papers=papers)
        self.outcome.received += 1
        return Story(visit, dossier_id, self.cast, self.calendar)

    def _sent_home(self, visit: PlannedVisit) -> bool:
        """Whether the visitor was guided and comes back with the paper, which the agenda then knows."""
        if online.from_home(visit, self.full):
            return False
        papers = self.papers.get(visit.case_id, ())
        back_at = counter.back_at(visit, papers, self.calendar)
        if back_at is None or back_at > self.horizon:
            return False
        person, key = _person(visit.citizen), f"{self._key(visit)}-02"
        counter.guide(visit, clerk=self._clerk(visit), person=person, papers=papers, key=key)
        heapq.heappush(self.agenda, _Turn(back_at, visit.number, replace(visit, at=back_at), came_back=True))
        return True

    def _clerk(self, visit: PlannedVisit) -> Actor:
        clerk = self.cast.one(visit.desk.unit_id, Role.CLERK, visit.number)
        if clerk is None:
            raise DomainError("demo.no_clerk", f"Không có công chức tiếp nhận ở {visit.desk.name}.")
        return clerk

    def _receive(self, visit: PlannedVisit) -> Story:
        clerk = self._clerk(visit)
        answer = receive_dossier(
            actor=clerk, intake=self._intake(visit), idempotency_key=self._key(visit), now=visit.at
        )
        self.outcome.received += 1
        papers = self.papers.get(visit.case_id, ())
        counter.next_in_line(visit, clerk=clerk, papers=papers, key=f"{self._key(visit)}-next")
        return Story(visit, answer.dossier_id, self.cast, self.calendar)

    def _intake(self, visit: PlannedVisit) -> IntakeData:
        citizen, dice = visit.citizen, dice_for(visit.number, "papers")
        papers = self.papers.get(visit.case_id, ())
        held = held_now(citizen.personal_id, papers, visit.at.date())
        return IntakeData(
            procedure_id=visit.procedure_id,
            case_id=visit.case_id,
            person=_person(citizen),
            phone=citizen.phone if visit.has_phone else "",
            representative=_person(visit.representative) if visit.representative else None,
            representative_relation=visit.relation,
            checklist=tuple(brought(paper, dice, held) for paper in papers),
            delivery=Delivery.POSTAL if visit.by_post else Delivery.DESK,
            delivery_address=citizen.address if visit.by_post else "",
        )

    def _deliver(self, dossier_id: int, at: datetime) -> None:
        """The messages of the act, delivered as of then: nobody is flooded with old news later."""
        waiting = Notice.objects.filter(
            reference=f"dossier:{dossier_id}", state=NoticeState.QUEUED, next_attempt_at__lte=at
        )
        for notice_id in waiting.values_list("pk", flat=True):
            deliver_notice(notice_id=notice_id, now=at)
            self.outcome.notices += 1


def _person(citizen: Citizen) -> PersonData:
    return PersonData(
        full_name=citizen.full_name,
        personal_id=citizen.personal_id,
        birth_date=citizen.birth_date,
        sex=citizen.sex,
        address=citizen.address,
        source=DataSource.CARD,
    )


def _codes() -> dict[int, str]:
    """National codes by procedure."""
    return dict(Procedure.objects.values_list("pk", "national_code"))


def _papers() -> dict[int, list[PaperRequirement]]:
    found: dict[int, list[PaperRequirement]] = {}
    for paper in PaperRequirement.objects.filter(is_note=False).order_by("case_id", "position"):
        found.setdefault(paper.case_id, []).append(paper)
    return found
