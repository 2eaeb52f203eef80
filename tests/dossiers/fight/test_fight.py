"""Two clerks and two officers at the same dossiers at once, over HTTP: lawful histories, and losers who learn why.

Lasts a few seconds in `make test`, a minute in `make soak`.
"""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Barrier, BrokenBarrierError

import pytest

from dossiers.models import Dossier, DossierEvent
from haddong_portal.accounts.constants import Role
from haddong_portal.common import clock
from procedures.constants import ResponsibleUnit, StepAction
from procedures.models import FeeRule
from tests.dossiers.browser.stage import Ward
from tests.dossiers.fight.fighters import Fighter, PageForm, Press
from tests.dossiers.fight.history import illegal_moves
from tests.factories import WARD_STEPS, RuleSetFactory, publish_procedure
from tests.running import RunningPortal
from tests.scale import PATIENCE, scaled

KEY = "giang"
SECONDS, DOSSIERS = scaled(6), scaled(8)
ROUNDS_MIN = 5
MEET_SECONDS_MAX = 90 * PATIENCE
# Officers hand work to each other without waiting for a leader.
STEPS = (
    *WARD_STEPS[:3],
    (StepAction.EXAMINE, Role.OFFICER, ResponsibleUnit.HANDLING, 240, "Soạn dự thảo"),
    WARD_STEPS[-1],
)
WHO_AND_WHEN = r"{name} (đã nhận|được giao|xử lý).* lúc \d\d:\d\d "
# Refusals for another reason than that somebody was quicker.
OTHER_REASONS = ("supplement.same_reason", "stop.too_early")


@dataclass
class Ring:
    """Where the fighters meet: all read the same dossier, wait for each other, and press at the same moment."""

    codes: list[str]
    fighters: list[Fighter]
    rounds: int = 0
    is_over: bool = False
    until: float = 0.0
    idle: set[str] = field(default_factory=set)
    chosen: dict[str, PageForm | None] = field(default_factory=dict)

    def fight(self) -> list[Press]:
        """Until the time is up; every press of everybody."""
        self.until = time.monotonic() + SECONDS
        self.start = Barrier(len(self.fighters), action=self._next)
        self.go = Barrier(len(self.fighters))
        with ThreadPoolExecutor(len(self.fighters)) as pool:
            errors = [done.exception() for done in [pool.submit(self._rounds, one) for one in self.fighters]]
        # Whoever stumbles breaks the ring for all: the first cause is told, not that the others were left waiting.
        if causes := [error for error in errors if error and not isinstance(error, BrokenBarrierError)]:
            raise causes[0]
        return [press for fighter in self.fighters for press in fighter.presses]

    def _next(self) -> None:
        """A dossier that nobody has a form for is over; when all are, so is the fight."""
        if self.rounds and not any(self.chosen.values()) and len(self.codes) > 1:
            self.codes.pop(0)
        elif self.rounds:
            self.codes.append(self.codes.pop(0))
        self.rounds += 1
        self.chosen.clear()
        self.is_over = time.monotonic() > self.until and self.rounds > ROUNDS_MIN

    def _rounds(self, fighter: Fighter) -> None:
        try:
            while True:
                self.start.wait(MEET_SECONDS_MAX)
                if self.is_over:
                    return
                code = self.codes[0]
                form = self.chosen[fighter.name] = fighter.look(code)
                self.go.wait(MEET_SECONDS_MAX)
                if form is not None:
                    fighter.press(code, form)
        except BaseException:
            self.start.abort()
            self.go.abort()
            raise


@pytest.fixture
def ring(running_portal: RunningPortal) -> Iterator[Ring]:
    with running_portal.database():
        RuleSetFactory()
        ward = Ward(KEY)
        procedure = publish_procedure(at=ward.unit, steps=STEPS, limit={"amount": "10", "unit": "working_day"})
        FeeRule.objects.filter(case=procedure.case).delete()
        people = [(ward.clerk, "lan"), (ward.officer, "minh")]
        people += [(ward.person("thu", Role.CLERK, "Bùi Thị Thu"), "thu")]
        people += [(ward.person("nam", Role.OFFICER, "Đặng Văn Nam"), "nam")]
        at = clock.now() - timedelta(minutes=10)
        ids = [ward.received(f"Trần Văn Tú {number}", procedure=procedure, at=at) for number in range(DOSSIERS)]
        codes = list(Dossier.objects.filter(pk__in=ids).order_by("pk").values_list("code", flat=True))
    fighters = [
        Fighter(running_portal.base_url, f"{username}.{KEY}", actor.name, seed)
        for seed, (actor, username) in enumerate(people)
    ]
    yield Ring(codes, fighters)
    for fighter in fighters:
        fighter.client.close()


@pytest.mark.browser  # shares the running portal of the browser tests
def test_two_clerks_and_two_officers_fight_over_the_same_dossiers(running_portal: RunningPortal, ring: Ring) -> None:
    codes = list(ring.codes)
    presses = ring.fight()
    statuses = Counter(press.status for press in presses)
    told = f"{ring.rounds} rounds, answers {dict(statuses)}"
    assert set(statuses) <= {302, 409}, [press for press in presses if press.status not in (302, 409)]
    lost = [press for press in presses if press.status == 409 and not press.said.endswith(OTHER_REASONS)]
    assert statuses[302] and lost, told
    told_by_whom = re.compile("|".join(WHO_AND_WHEN.format(name=fighter.name) for fighter in ring.fighters))
    assert [press for press in lost if not told_by_whom.search(press.said)] == []
    with running_portal.database():
        dossiers = list(Dossier.objects.filter(code__in=codes))
        assert [wrong for dossier in dossiers for wrong in illegal_moves(dossier)] == []
        acts = DossierEvent.objects.filter(dossier__in=dossiers).exclude(kind="dossier.received").count()
    assert acts == statuses[302], f"each press that was answered with “done” is one act, {told}"
