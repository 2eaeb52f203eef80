"""How one dossier of the demo goes on: from where it stands, who does what when. Nothing is remembered elsewhere.

Each moment is drawn from the case's number and where it stands, so a run that was cut off goes on as it would have.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from io import BytesIO
from random import Random
from typing import TypedDict

from django.core.files.uploadedfile import UploadedFile

from dossiers.constants import TERMINAL, CollectMethod, Delivery, LateReason, Status
from dossiers.models import Dossier, StepRun
from dossiers.rules.lifecycle import AGENCY
from dossiers.services.confirm_on_time import confirm_on_time
from dossiers.services.forward_dossier import forward_dossier
from dossiers.services.gate import gate_is_open
from dossiers.services.hand_over_result import hand_over_result
from dossiers.services.lateness import NOT_SAID, Lateness
from dossiers.services.record_result import ResultData, record_result
from dossiers.services.return_to_step import return_to_step
from dossiers.services.sign_result import sign_result
from dossiers.services.take_dossier import take_dossier
from haddong_portal.accounts.constants import Role
from haddong_portal.common.actors import Actor
from haddong_portal.common.worktime import MINUTES_PER_DAY, WorkCalendar
from haddong_portal.home.demo.beside import branch_act
from haddong_portal.home.demo.cast import Cast
from haddong_portal.home.demo.coordination import Beside
from haddong_portal.home.demo.duties import ask_duty, show_payment
from haddong_portal.home.demo.fees import settle_charges
from haddong_portal.home.demo.next_act import NextAct
from haddong_portal.home.demo.online import home_act
from haddong_portal.home.demo.papers import result_pdf
from haddong_portal.home.demo.people import words
from haddong_portal.home.demo.plan import Pace, PlannedVisit, dice_for
from haddong_portal.home.demo.proposals import examined, refusal_of
from haddong_portal.home.demo.repair import repair_act
from procedures.constants import StepAction

SIGNATURE = "M40 110L60 60L80 115L100 70L120 112L150 80L180 112L230 92L300 104"
RESULT_STEPS = (StepAction.RECORD_RESULT, StepAction.RETURN_RESULT)
TELLING_STEPS = (*RESULT_STEPS, StepAction.SIGN)
SENT_BACK_SHARE, FORWARDED_SHARE = 0.07, 0.06
# Share of the time a step has left that the person takes for it; above 1 is late.
SHARE_TAKEN = {Pace.SWIFT: (0.1, 0.5), Pace.STEADY: (0.4, 0.95), Pace.SLOW: (0.7, 2.5), Pace.STUCK: (3.0, 9.0)}
STUCK_MINUTES_MIN = 2 * MINUTES_PER_DAY
# Nothing encrypted: a turn of the play needs no personal data.
COLUMNS = (
    *(
        "code",
        "status",
        "row_version",
        "line_no",
        "delivery",
        "procedure_name",
        "applicant_name",
        "due_at",
        "accepted_at",
    ),
    *("owner_unit_id", "receiving_unit_id", "officer_id", "current_action", "current_role", "step_due_at"),
)
LATE_REASONS = (LateReason.WORKLOAD, LateReason.WORKLOAD, LateReason.COMPLEX, LateReason.OTHER_UNIT, LateReason.STAFF)
STEP_MINUTES_MAX = 12 * MINUTES_PER_DAY


class _Collector(TypedDict, total=False):
    """Who takes the result away, as `hand_over_result` asks."""

    collector_name: str
    collector_id: str
    relation: str
    method: str
    signature_svg: str
    proof_note: str


@dataclass(frozen=True)
class Story:
    """The case of one visit."""

    visit: PlannedVisit
    dossier_id: int
    cast: Cast
    calendar: WorkCalendar

    def next_act(self, since: datetime) -> NextAct | None:
        """The next act after `since`, None when the case rests for good."""
        dossier = Dossier.objects.only(*COLUMNS).get(pk=self.dossier_id)
        dice = dice_for(self.visit.number, dossier.row_version)
        if dossier.status in TERMINAL:
            return None
        if dossier.accepted_at is None:
            return home_act(dossier, visit=self.visit, cast=self.cast, calendar=self.calendar, dice=dice, since=since)
        repair = repair_act(dossier, self.visit, self.cast, at=self._later(since, dice.uniform(3, 40)))
        if repair is not None:
            return repair
        if dossier.status in (Status.DONE, Status.WAIT_PAYMENT):
            return self._for_the_applicant(dossier, dice, since)
        beside = self._beside(dice, since) or self._around.answer(dossier, since)
        if beside is not None:
            return beside
        if dossier.officer_id is None:
            return self._take(dossier, dice, since)
        return self._work(dossier, dice, since)

    @property
    def _around(self) -> Beside:
        return Beside(self.visit.number, self.cast, self.calendar)

    def _beside(self, dice: Random, since: datetime) -> NextAct | None:
        return branch_act(
            dossier_id=self.dossier_id,
            number=self.visit.number,
            cast=self.cast,
            calendar=self.calendar,
            dice=dice,
            since=since,
        )

    def _for_the_applicant(self, dossier: Dossier, dice: Random, since: datetime) -> NextAct | None:
        """What waits for people to come: a duty to be paid, charges and the result itself."""
        if dossier.status == Status.WAIT_PAYMENT:
            return self._pay_duty(dossier, dice, since)
        settle = settle_charges(self.dossier_id, self.visit, self.cast, dossier.receiving_unit_id)
        if settle and self.visit.collects:
            at = self._later(since, dice.uniform(5, 60))
            return NextAct(at, partial(settle, now=at))
        return self._hand_over(dossier, dice, since) if self.visit.collects else None

    def _pay_duty(self, dossier: Dossier, dice: Random, since: datetime) -> NextAct | None:
        act, clerk = show_payment(self.visit.number, dice), self.cast.one(dossier.receiving_unit_id, Role.CLERK, 0)
        if act is None or clerk is None:
            return None
        at = self._later(since, dice.uniform(0.5, 5) * MINUTES_PER_DAY)
        return NextAct(at, partial(act, actor=clerk, dossier_id=dossier.pk, now=at), True)

    def _later(self, since: datetime, minutes: float) -> datetime:
        """Working minutes after `since`, with odd seconds as in life."""
        at = self.calendar.add_working_minutes(since, max(1, int(minutes)))
        return at + timedelta(seconds=self.visit.number * 7 % 50)

    def _take(self, dossier: Dossier, dice: Random, since: datetime) -> NextAct | None:
        actor = self.cast.one(dossier.owner_unit_id, dossier.current_role, self.visit.number)
        if actor is None:
            return None
        wait = dice.uniform(0.05, 0.35 if self.visit.pace in (Pace.SWIFT, Pace.STEADY) else 0.9) * self._minutes_left(
            dossier, since
        )
        at = self._later(since, min(wait, 2 * MINUTES_PER_DAY))
        return NextAct(at, partial(take_dossier, actor=actor, dossier_id=dossier.pk, now=at))

    def _minutes_left(self, dossier: Dossier, since: datetime) -> int:
        due = dossier.step_due_at or dossier.due_at or since
        return max(8, min(self.calendar.working_minutes_between(since, due) if due > since else 60, STEP_MINUTES_MAX))

    def _work(self, dossier: Dossier, dice: Random, since: datetime) -> NextAct | None:
        actor = self.cast.person(dossier.owner_unit_id, dossier.current_role, dossier.officer_id or 0)
        if actor is None:
            return None
        since = self._around.waits_until(dossier, since)
        takes = dice.uniform(*SHARE_TAKEN[self.visit.pace]) * self._minutes_left(dossier, since)
        at = self._later(since, max(takes, STUCK_MINUTES_MIN) if self.visit.pace is Pace.STUCK else takes)
        answer = self._at_the_gate(dossier, actor, since, at)
        if answer is not None:
            return answer
        duty = ask_duty(dossier, dice)
        beside = duty or self._around.act_of_holder(dossier, dice, at)
        act = beside or self._act(dossier, dice, actor)
        if beside is None and dossier.step_due_at and at > dossier.step_due_at and not _forwards(act):
            act = partial(act, late=Lateness(dice.choice(LATE_REASONS)))
        same = partial(act, actor=actor, dossier_id=dossier.pk, now=at)
        return NextAct(at, same, duty is not None or dossier.current_action in TELLING_STEPS)

    def _at_the_gate(self, dossier: Dossier, actor: Actor, since: datetime, at: datetime) -> NextAct | None:
        """Whoever works on the last days promises "on time" first; the acts after it find the gate answered."""
        whole = Dossier.objects.get(pk=dossier.pk)
        if actor.role not in AGENCY or not gate_is_open(whole, at):
            return None
        moment = max(since + timedelta(minutes=1), at - timedelta(minutes=2))
        if not gate_is_open(whole, moment):
            moment = at
        return NextAct(moment, partial(confirm_on_time, actor=actor, dossier_id=dossier.pk, now=moment))

    def _act(self, dossier: Dossier, dice: Random, actor: Actor) -> Callable[..., object]:
        if dossier.current_action == StepAction.SIGN:
            return self._sign(dossier, dice)
        if dossier.current_action in RESULT_STEPS:
            return partial(self._record, dossier)
        other = self.cast.colleague(dossier.owner_unit_id, dossier.current_role, actor.user_id or 0)
        first = self.cast.one(dossier.owner_unit_id, dossier.current_role, self.visit.number)
        if other and other.user_id and first == actor and dice.random() < FORWARDED_SHARE:
            return partial(forward_dossier, officer_id=other.user_id, note=dice.choice(words()["forward_notes"]))
        return examined(dossier, dice)

    def _sign(self, dossier: Dossier, dice: Random) -> Callable[..., object]:
        """The leader signs, refuses what is proposed to be refused, or sends the draft back once."""
        earlier = list(StepRun.objects.filter(dossier=dossier, action=StepAction.EXAMINE).order_by("run_no"))
        if len(earlier) == 1 and dice.random() < SENT_BACK_SHARE:
            reason = dice.choice(words()["return_reasons"])
            return partial(return_to_step, step_run_id=earlier[0].pk, reason=reason)
        return refusal_of(dossier) or partial(sign_result, note="")

    def _record(
        self, dossier: Dossier, *, actor: Actor, dossier_id: int, now: datetime, late: Lateness = NOT_SAID
    ) -> None:
        signed = (
            StepRun.objects.filter(dossier=dossier, action=StepAction.SIGN).select_related("officer", "unit").last()
        )
        signer = signed.officer.full_name if signed and signed.officer else ""
        number = f"{dossier.line_no}/KQ-{now:%Y}"
        name = "Kết quả giải quyết thủ tục hành chính"
        pdf = result_pdf(
            code=dossier.code,
            number=number,
            name=name,
            procedure=dossier.procedure_name,
            applicant=dossier.applicant_name,
            unit=signed.unit.name if signed else actor.unit_name,
            signer=signer,
            officer=actor.name,
            on=now.date(),
        )
        file = UploadedFile(BytesIO(pdf), f"ket-qua-{dossier.code}.pdf", "application/pdf", len(pdf))
        result = ResultData(number=number, name=name, issued_on=now.date(), signer_name=signer, file=file)
        record_result(actor=actor, dossier_id=dossier_id, result=result, late=late, now=now)

    def _hand_over(self, dossier: Dossier, dice: Random, since: datetime) -> NextAct | None:
        actor = self.cast.one(dossier.receiving_unit_id, Role.CLERK, self.visit.number + 1)
        if actor is None:
            return None
        days = dice.choice((0.1, 0.2, 0.4, 0.8, 1, 1, 2, 3, 5, 8))
        at = self._later(since, days * MINUTES_PER_DAY)
        collector = self._collector(dossier)
        return NextAct(
            at, partial(hand_over_result, actor=actor, dossier_id=dossier.pk, now=at, **collector), tells=True
        )

    def _collector(self, dossier: Dossier) -> _Collector:
        visit = self.visit
        if dossier.delivery == Delivery.POSTAL:
            proof = f"EH{visit.number:07d}VN"
            return {
                "collector_name": visit.citizen.full_name,
                "method": CollectMethod.POSTAL_PROOF,
                "proof_note": proof,
            }
        person = visit.representative or visit.citizen
        on_pad = visit.number % 2 == 0
        return {
            "collector_name": person.full_name,
            "collector_id": person.personal_id,
            "relation": visit.relation,
            "method": CollectMethod.SIGNATURE_PAD if on_pad else CollectMethod.SIGNATURE,
            "signature_svg": SIGNATURE if on_pad else "",
        }


def _forwards(act: Callable[..., object]) -> bool:
    """Handing the step to a colleague does not end it, so nobody asks why it is late."""
    return isinstance(act, partial) and act.func is forward_dossier
