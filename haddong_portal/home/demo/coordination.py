"""What the demo's officers do beside examining: look for themselves, ask other units, and what those answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from random import Random

from django.db.models import QuerySet

from dossiers.constants import Status
from dossiers.models import Dossier, OpinionRequest, Verification
from dossiers.rules.asking import AskData, Stance
from dossiers.services.answer_opinion import answer_opinion
from dossiers.services.close_consultation import close_consultation
from dossiers.services.finish_verification import finish_verification
from dossiers.services.request_opinion import request_opinion
from dossiers.services.verify_on_site import verify_on_site
from haddong_portal.accounts.constants import Role
from haddong_portal.common import clock
from haddong_portal.common.worktime import WorkCalendar
from haddong_portal.home.demo.cast import Cast
from haddong_portal.home.demo.next_act import NextAct
from haddong_portal.home.demo.people import words
from haddong_portal.home.demo.plan import dice_for
from procedures.constants import StepAction

VERIFIED_SHARE, CONFIRMED_SHARE = 0.06, 0.85
ASKED_SHARE, SILENT_SHARE = 0.09, 0.12
STANCES = (Stance.AGREE,) * 7 + (Stance.DISAGREE, Stance.DISAGREE, Stance.DECLINE)


@dataclass(frozen=True)
class Beside:
    """The play around one dossier."""

    number: int
    cast: Cast
    calendar: WorkCalendar

    def act_of_holder(self, dossier: Dossier, dice: Random, at: datetime) -> Callable[..., object] | None:
        """What comes before the step is finished; None when nothing does."""
        if dossier.status == Status.VERIFYING:
            confirmed = dice.random() < CONFIRMED_SHARE
            return partial(finish_verification, minutes=dice.choice(words()["verify_minutes"]), confirmed=confirmed)
        if dossier.status == Status.CONSULTING:
            return partial(close_consultation, reason="Đã quá hạn trả lời, giải quyết theo hồ sơ hiện có.")
        if dossier.status != Status.PROCESSING or dossier.current_action != StepAction.EXAMINE:
            return None
        return self._looks(dossier, dice) or self._asks(dossier, dice, at)

    def answer(self, dossier: Dossier, since: datetime) -> NextAct | None:
        """The next answer of an asked unit; None when none is asked, or those left keep silent."""
        if dossier.status != Status.CONSULTING:
            return None
        for opinion in _open(dossier).order_by("due_at", "id"):
            dice = dice_for(self.number, "opinion", opinion.unit_id, opinion.asked_at.isoformat())
            actor = self.cast.one(opinion.unit_id, Role.OFFICER, self.number)
            if actor is None or dice.random() < SILENT_SHARE:
                continue
            whole = self.calendar.working_minutes_between(opinion.asked_at, opinion.due_at)
            at = self.calendar.add_working_minutes(clock.local(opinion.asked_at), int(whole * dice.uniform(0.2, 1.3)))
            at, stance = max(at, since + timedelta(minutes=1)), dice.choice(STANCES)
            says = dice.choice(words()["opinions"][stance])
            act = partial(answer_opinion, actor=actor, dossier_id=dossier.pk, stance=stance, answer=says, now=at)
            return NextAct(at, act)
        return None

    def waits_until(self, dossier: Dossier, since: datetime) -> datetime:
        """The holder goes on once silent units have let their deadlines pass."""
        last = _open(dossier).order_by("-due_at").first() if dossier.status == Status.CONSULTING else None
        return max(since, clock.local(last.due_at) + timedelta(minutes=1)) if last else since

    def _looks(self, dossier: Dossier, dice: Random) -> Callable[..., object] | None:
        if dice.random() >= VERIFIED_SHARE or Verification.objects.filter(dossier=dossier).exists():
            return None
        return partial(
            verify_on_site, subject=dice.choice(words()["verify_subjects"]), planned_hours=dice.randint(1, 8)
        )

    def _asks(self, dossier: Dossier, dice: Random, at: datetime) -> Callable[..., object] | None:
        answer_on = self._day_in_time(dossier, dice, at)
        if dice.random() >= ASKED_SHARE or answer_on is None or OpinionRequest.objects.filter(dossier=dossier).exists():
            return None
        others = [unit_id for unit_id in self.cast.units_with(Role.OFFICER) if unit_id != dossier.owner_unit_id]
        asked = dice.sample(others, min(len(others), dice.choice((1, 1, 2, 3))))
        question = dice.choice(words()["questions"])
        asks = [AskData(unit_id=unit_id, question=question, answer_on=answer_on) for unit_id in asked]
        return partial(request_opinion, asks=asks) if asks else None

    def _day_in_time(self, dossier: Dossier, dice: Random, at: datetime) -> date | None:
        """A working day soon, not after the promise; None when there is none."""
        day = self.calendar.add_working_days(at.date(), dice.choice((1, 1, 2)))
        if dossier.due_at is None or dossier.due_at < at or day <= clock.local(dossier.due_at).date():
            return day
        return None


def _open(dossier: Dossier) -> QuerySet[OpinionRequest]:
    return OpinionRequest.objects.filter(dossier=dossier, answered_at__isnull=True, closed_at__isnull=True)
