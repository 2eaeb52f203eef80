"""State × command × role: what the declared tables say, and what the real services do with real dossiers.

One test per state tries every act that has a service, by every role, on dossiers in that state. Where MOVES and
RIGHT_OF forbid it, the refusal must carry the declared code and a Vietnamese sentence and leave no trace; where they
allow it, somebody must succeed and the dossier must go where the table says. Each cell is undone.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest

from dossiers.constants import Status
from dossiers.models import Dossier
from dossiers.permissions import READ
from dossiers.rules.lifecycle import MOVES, Command
from dossiers.selectors.dossier_page import dossier_page
from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Unit
from haddong_portal.common.actors import PUBLIC_ACTOR, Actor
from haddong_portal.common.errors import DomainError
from tests.dossiers.conftest import Story
from tests.dossiers.table.arguments import FACTORIES, Cell, run
from tests.dossiers.table.cells import (
    ILLEGAL,
    NOT_THEIRS,
    NOT_YET,
    WITH_WHO_AND_WHEN,
    Refusal,
    attempt,
    expected,
    is_vietnamese_sentence,
    refused,
    snapshot,
)
from tests.dossiers.table.situations import SITUATIONS, Scene, Situation
from tests.factories import PublishedProcedure, UnitFactory, make_actor

pytestmark = pytest.mark.django_db
BUILT = [command for command in Command if MOVES[command].service]
ON_A_DOSSIER = [command for command in BUILT if MOVES[command].from_states]
WITHOUT_ONE = [command for command in BUILT if not MOVES[command].from_states]


@pytest.fixture
def scene(story: Story, ward: Unit, online: PublishedProcedure) -> Scene:
    next_door = UnitFactory(ward=True, desk=True)
    people = {role: make_actor(ward, role, f"{role.label} ở đây") for role in Role}
    people |= {Role.CLERK: story.clerk, Role.OFFICER: story.officer, Role.LEADER: story.leader}
    colleagues = {role: make_actor(ward, role, f"{role.label} thứ hai") for role in Role}
    neighbours = {role: make_actor(next_door, role, f"{role.label} phường bên") for role in Role}
    return Scene(story, ward, online, people, colleagues, neighbours)


def make(scene: Scene, situation: Situation) -> Dossier:
    """The dossier of a situation."""
    dossier = situation.start(scene)
    for command, role in situation.acts:
        run(command, Cell(scene, scene.people[role], dossier, scene.now()))
        dossier = Dossier.objects.get(pk=dossier.pk)
    assert dossier.status == situation.status, f"{situation.name}: {dossier.status}"
    return dossier


def tries(scene: Scene, command: Command) -> Iterator[tuple[Role | None, Actor]]:
    """Whoever may press: each role here and next door, or the applicant alone."""
    if not MOVES[command].roles:
        yield None, PUBLIC_ACTOR
        return
    yield from scene.people.items()
    yield from scene.neighbours.items()


def readers_of(scene: Scene, dossier: Dossier) -> set[Actor]:
    """Who sees the dossier at all."""
    everybody = [*scene.people.values(), *scene.neighbours.values(), PUBLIC_ACTOR]
    return {who for who in everybody if Dossier.objects.visible_to(who).filter(pk=dossier.pk).exists()}


def declared(command: Command, role: Role | None, status: Status, sees_it: bool) -> Refusal | None:
    """What the tables say of this cell."""
    if role is None:
        return None if status in MOVES[command].from_states else ILLEGAL
    return expected(command, role, status, sees_it=sees_it)


def judge_refusal(found: DomainError | None, wanted: Refusal) -> str:
    """What is wrong with the answer to an act that the tables forbid."""
    if found is None:
        return f"was done, wanted {wanted}"
    told_better = wanted == ILLEGAL and found.code in WITH_WHO_AND_WHEN and found.status == ILLEGAL[1]
    if (found.code, found.status) != wanted and not told_better:
        return f"{found.code} ({found.status}), wanted {wanted}"
    return "" if is_vietnamese_sentence(found.message) else f"no Vietnamese sentence: {found.message!r}"


def judge_open(found: DomainError | str, offered: bool) -> str:
    """What is wrong with the answer to an act that the tables allow."""
    if isinstance(found, str):
        return found
    if found.code not in NOT_THEIRS | NOT_YET:
        return f"refused with {found.code}: {found.message}"
    if offered and found.code not in NOT_YET:
        return f"offered on the page, yet refused with {found.code}"
    return "" if is_vietnamese_sentence(found.message) else f"no Vietnamese sentence: {found.message!r}"


def offered_to(readers: set[Actor], dossier: Dossier, now: datetime) -> dict[Actor, set[str]]:
    """The acts that each reader finds on the dossier's page."""
    pages = {who: dossier_page(actor=who, code=dossier.code, now=now) for who in readers if who.has_right(READ)}
    return {who: {act.command for act in page.allowed_acts} for who, page in pages.items()}


def walk(scene: Scene, situation: Situation, problems: list[str]) -> set[Command]:
    """Try every act by everybody on one dossier; the acts that somebody could do."""
    dossier, done = make(scene, situation), set()
    now = scene.now()
    readers = readers_of(scene, dossier)
    offered = offered_to(readers, dossier, now)
    for command in ON_A_DOSSIER:
        before = snapshot(dossier)
        for role, actor in tries(scene, command):
            cell = Cell(scene, actor, dossier, now)
            wanted = declared(command, role, situation.status, actor in readers)
            if wanted is not None:
                wrong = judge_refusal(refused(command, cell), wanted)
            else:
                found = attempt(command, cell)
                wrong = judge_open(found, command in offered.get(actor, set()))
                done |= {command} if found == "" else set()
            if wrong:
                problems.append(f"{situation.name}: {command.value} by {role or 'the applicant'}: {wrong}")
        if snapshot(dossier) != before:
            problems.append(f"{situation.name}: {command.value}: a refusal left something behind")
    return done


@pytest.mark.parametrize("status", Status)
def test_every_act_by_every_role_in_this_state(scene: Scene, status: Status) -> None:
    problems: list[str] = []
    possible: set[Command] = set()
    situations = [one for one in SITUATIONS if one.status == status and one.can_be_made]
    for situation in situations:
        possible |= walk(scene, situation, problems)
    assert not problems, "\n".join(problems)
    if situations:
        legal = {command for command in ON_A_DOSSIER if status in MOVES[command].from_states}
        assert possible == legal, "the table allows it, but nobody could do it"


@pytest.mark.parametrize("command", WITHOUT_ONE)
def test_every_role_at_an_act_that_needs_no_dossier(scene: Scene, command: Command) -> None:
    for role, actor in tries(scene, command):
        cell = Cell(scene, actor, None, scene.now())
        if role is None or role in MOVES[command].roles:
            if actor in scene.neighbours.values():
                continue
            assert attempt(command, cell) == "", role
            continue
        before = snapshot(None)
        assert judge_refusal(refused(command, cell), expected(command, role, Status.SUBMITTED) or ILLEGAL) == ""
        assert snapshot(None) == before


def test_every_state_that_the_portal_can_reach_has_a_dossier_to_try() -> None:
    # An act with several ends leads back to where the dossier was, so it reaches none of them by itself.
    ends = [MOVES[command].to for command in BUILT if len(MOVES[command].to) == 1]
    assert {status for end in ends for status in end} <= {one.status for one in SITUATIONS if one.can_be_made}


def test_an_act_without_its_arguments_says_what_to_do(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(FACTORIES, Command.HAND_OVER)
    cell = Cell(scene, scene.people[Role.CLERK], scene.plain().received(), scene.now())
    with pytest.raises(pytest.fail.Exception, match=r"wants collector_name.*@arguments\(Command\.HAND_OVER\)"):
        run(Command.HAND_OVER, cell)
