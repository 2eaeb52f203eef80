"""Dossiers brought into every state of the table by the real services: what the cells of the table are tried on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from dossiers.constants import Status
from dossiers.models import Dossier
from dossiers.rules.lifecycle import MOVES, Command
from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Unit
from haddong_portal.common.actors import Actor
from procedures.constants import ResponsibleUnit, StepAction
from procedures.models import IsoStep
from tests.dossiers.conftest import Story
from tests.dossiers.filed import submitted
from tests.factories import WARD_STEPS, PublishedProcedure, publish_procedure

TEN_DAYS = {"amount": "10", "unit": "working_day"}
BESIDE_SEQUENCE, JOIN_SEQUENCE = 4, 6
STEPS_BESIDE = (
    *WARD_STEPS[:3],
    (StepAction.VERIFY, Role.OFFICER, ResponsibleUnit.HANDLING, 240, "Kiểm tra hiện trạng"),
    *WARD_STEPS[3:],
)


@dataclass
class Scene:
    """The ward with one person of every role, a second one of some, and everybody once more next door."""

    story: Story
    ward: Unit
    online: PublishedProcedure
    people: Mapping[Role, Actor]
    colleagues: Mapping[Role, Actor]
    neighbours: Mapping[Role, Actor]

    def now(self) -> datetime:
        """A minute later than before."""
        return self.story.now()

    def plain(self) -> Story:
        """One line of steps, ten working days."""
        self.story.procedure = publish_procedure(at=self.ward, limit=TEN_DAYS)
        return self.story

    def beside(self) -> Story:
        """The same with a step beside the lead line, from the intake until the result is recorded."""
        published = publish_procedure(at=self.ward, limit=TEN_DAYS, steps=STEPS_BESIDE)
        IsoStep.objects.filter(process=published.process, sequence=BESIDE_SEQUENCE).update(
            branch=1, starts_after=1, joins_before=JOIN_SEQUENCE
        )
        self.story.procedure = published
        return self.story

    def with_next_door(self, **places: Unit) -> Story:
        """One line of steps, some of them done by the unit next door: `handling` or `signing`."""
        self.story.procedure = publish_procedure(at=self.ward, limit=TEN_DAYS, **places)
        return self.story

    @property
    def next_door(self) -> Unit:
        return Unit.objects.get(pk=self.neighbours[Role.OFFICER].unit_id)

    def filed(self) -> Dossier:
        """Filed online, not yet looked at."""
        return submitted(self.online, self.ward, now=self.now())


@dataclass(frozen=True)
class Situation:
    """A dossier as `start` leaves it, led on by acts of the table, each by the person of a role."""

    name: str
    status: Status
    start: Callable[[Scene], Dossier]
    acts: tuple[tuple[Command, Role], ...] = ()

    @property
    def can_be_made(self) -> bool:
        """Whether the acts that lead there are part of the portal."""
        return all(MOVES[command].service for command, _ in self.acts)


_WITHDRAWN = (Command.REQUEST_WITHDRAWAL, Role.CLERK)
SITUATIONS = (
    Situation("filed online", Status.SUBMITTED, Scene.filed),
    Situation("filing refused", Status.REFUSED_INTAKE, Scene.filed, ((Command.REFUSE_SUBMISSION, Role.CLERK),)),
    Situation("filing given back", Status.WAIT_SUPPLEMENT, Scene.filed, ((Command.RETURN_SUBMISSION, Role.CLERK),)),
    Situation("received", Status.ACCEPTED, lambda scene: scene.plain().received()),
    Situation("received, a step beside", Status.ACCEPTED, lambda scene: scene.beside().received()),
    Situation(
        "received for next door",
        Status.ACCEPTED,
        lambda scene: scene.with_next_door(handling=scene.next_door).received(),
    ),
    Situation(
        "examined, signed next door",
        Status.PROCESSING,
        lambda scene: scene.with_next_door(signing=scene.next_door).taken(),
    ),
    Situation(
        "to be signed next door",
        Status.SIGNING,
        lambda scene: scene.with_next_door(signing=scene.next_door).at_signing(),
    ),
    Situation("examined", Status.PROCESSING, lambda scene: scene.plain().taken()),
    Situation("examined, a step beside", Status.PROCESSING, lambda scene: scene.beside().taken()),
    Situation("signed, back at the desk", Status.PROCESSING, lambda scene: scene.plain().at_desk()),
    Situation("verified", Status.VERIFYING, lambda scene: scene.beside().taken(), ((Command.VERIFY, Role.OFFICER),)),
    Situation("consulted", Status.CONSULTING, lambda scene: scene.beside().taken(), ((Command.CONSULT, Role.OFFICER),)),
    Situation("to be signed", Status.SIGNING, lambda scene: scene.plain().at_signing()),
    Situation("to be signed, a step beside", Status.SIGNING, lambda scene: scene.beside().at_signing()),
    Situation(
        "papers asked for",
        Status.WAIT_SUPPLEMENT,
        lambda scene: scene.plain().taken(),
        ((Command.REQUEST_SUPPLEMENT, Role.OFFICER),),
    ),
    Situation(
        "payment asked for",
        Status.WAIT_PAYMENT,
        lambda scene: scene.plain().taken(),
        ((Command.REQUEST_PAYMENT, Role.OFFICER),),
    ),
    Situation("asked back", Status.WITHDRAW_REQUESTED, lambda scene: scene.plain().taken(), (_WITHDRAWN,)),
    Situation("stopped", Status.STOPPED, lambda scene: scene.plain().taken(), (_WITHDRAWN, (Command.STOP, Role.CLERK))),
    Situation("done", Status.DONE, lambda scene: scene.plain().done()),
    Situation("done and paid", Status.DONE, lambda scene: scene.plain().done(), ((Command.COLLECT_FEE, Role.CLERK),)),
    Situation("returned", Status.RETURNED, lambda scene: scene.plain().returned()),
)
