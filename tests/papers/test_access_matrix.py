"""Role × unit × paper × purpose, generated: who sees, opens, uses and changes what; every reading is on record.

The expectation is written here once more, in other words than the code's.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from dossiers.papers.constants import OwnerRef, PaperSource, Trust, UsePurpose
from dossiers.papers.models import Paper, PaperUse
from dossiers.papers.ports import ReferenceView, register_reference_reader, unregister_reference_reader
from dossiers.papers.services.open_paper import open_paper
from dossiers.papers.services.revoke_paper import revoke_paper
from dossiers.papers.services.store_paper import store_paper
from dossiers.papers.services.use_paper import use_paper
from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Unit
from haddong_portal.audit.models import AuditEntry
from haddong_portal.common.actors import PUBLIC_ACTOR, Actor
from haddong_portal.common.errors import DomainError
from tests.factories import MORNING, UnitFactory, make_actor
from tests.papers.conftest import Store, content, data_of, person

pytestmark = pytest.mark.django_db

WORKERS = {Role.CLERK, Role.ONE_STOP_HEAD, Role.OFFICER, Role.LEADER}
WATCHERS = {Role.DISTRICT_MANAGER, Role.INSPECTOR, Role.ADMINISTRATOR}
UNITS = ("own", "other")
PAPERS = ("of_the_applicant", "used_before", "of_somebody_else")
PURPOSES = (*UsePurpose, "curiosity")
# What is given as the ground for opening: the unit's own matter, another's, none, one that nobody knows.
GROUNDS = ("case:own", "case:other", "", "rumour:1")


@dataclass(frozen=True)
class Scene:
    """Tú applies in both units' matters; a paper of Bình's was used for both; another of Bình's for none."""

    units: dict[str, Unit]
    papers: dict[str, Paper]
    tu: OwnerRef
    binh: OwnerRef


@pytest.fixture
def scene(stored: Store, ward: Unit, tu: OwnerRef) -> Iterator[Scene]:
    units = {"own": ward, "other": UnitFactory(ward=True)}
    binh = OwnerRef(person_id=person("Lê Thị Bình", 2).pk)
    papers = {
        "of_the_applicant": stored(),
        "used_before": stored(owner=binh),
        "of_somebody_else": stored(owner=binh),
    }
    for ground in ("case:own", "case:other"):
        PaperUse.objects.create(
            version=papers["used_before"].current_version, purpose=UsePurpose.LINKED, reference=ground, used_at=MORNING
        )

    def read(actor: Actor, rest: str) -> ReferenceView | None:
        unit = units.get(rest)
        seen = unit is not None and (actor.sees_all_units or unit.pk in actor.unit_ids)
        return ReferenceView(owners=frozenset({tu})) if seen else None

    register_reference_reader("case", read)
    yield Scene(units, papers, tu, binh)
    unregister_reference_reader("case")


def done(act: Callable[..., Any], **words: Any) -> bool:
    """Whether the act was done; a refusal must be one of the house's."""
    try:
        act(**words, now=MORNING)
    except DomainError as refusal:
        assert refusal.status in (403, 404), refusal
        return False
    return True


def may_open(role: Role, unit: str, paper: str, ground: str) -> bool:
    """Who works with papers, for a matter of their own unit, a paper that belongs to it."""
    return role in WORKERS and ground == f"case:{unit}" and paper != "of_somebody_else"


@pytest.mark.parametrize("role", Role)
def test_content_is_opened_for_a_matter_at_hand_and_each_opening_is_on_record(role: Role, scene: Scene) -> None:
    wrong, opened = [], 0
    for unit in UNITS:
        actor = make_actor(scene.units[unit], role, f"{role} {unit}")
        for (name, paper), ground, purpose in itertools.product(scene.papers.items(), GROUNDS, PURPOSES):
            before = AuditEntry.objects.count()
            was = done(open_paper, actor=actor, paper_id=paper.pk, purpose=purpose, reference=ground)
            rows = list(AuditEntry.objects.order_by("-id")[: AuditEntry.objects.count() - before])
            right = may_open(role, unit, name, ground)
            noted = [(row.action, row.object_id, row.person_id, row.purpose, row.actor_user_id) for row in rows]
            told = [("paper.open", str(paper.pk), paper.owner_person_id, purpose, actor.user_id)] if right else []
            if was != right or noted != told:
                wrong.append((unit, name, ground, purpose, was, noted))
            opened += was
    assert wrong == []
    assert (opened > 0) == (role in WORKERS)


@pytest.mark.parametrize("role", Role)
def test_that_a_paper_exists_is_seen_by_who_works_with_it_or_oversees(role: Role, scene: Scene) -> None:
    for unit in UNITS:
        actor = make_actor(scene.units[unit], role, f"{role} {unit}")
        expected = len(PAPERS) if role in WORKERS | WATCHERS else 0
        assert Paper.objects.visible_to(actor).count() == expected


@pytest.mark.parametrize("role", Role)
def test_papers_are_used_and_stored_by_who_works_with_them(role: Role, scene: Scene) -> None:
    for unit, purpose in itertools.product(UNITS, UsePurpose):
        actor = make_actor(scene.units[unit], role, f"{role} {unit}")
        paper = scene.papers["of_the_applicant"]
        used = done(
            use_paper,
            actor=actor,
            paper_id=paper.pk,
            owner=scene.tu,
            type_codes=["MARITAL_STATUS"],
            purpose=purpose,
            reference=f"case:{unit}",
        )
        assert used == (role in WORKERS), (unit, purpose)
        kept = done(store_paper, actor=actor, data=data_of(scene.tu), content=content())
        assert kept == (role in WORKERS), unit
    by_workers = PaperUse.objects.filter(reference__startswith="case:", clerk__isnull=False).count()
    assert by_workers == (len(UNITS) * len(UsePurpose) if role in WORKERS else 0)


@pytest.mark.parametrize("role", Role)
def test_a_paper_is_revoked_by_the_heads_of_the_unit_that_put_it_in(role: Role, scene: Scene) -> None:
    for unit in reversed(UNITS):
        actor = make_actor(scene.units[unit], role, f"{role} {unit}")
        paper = scene.papers["of_the_applicant"]
        was = done(revoke_paper, actor=actor, paper_id=paper.pk, reason="Cấp sai")
        assert was == (role in {Role.ONE_STOP_HEAD, Role.LEADER} and unit == "own")


def test_an_owner_has_their_own_and_a_stranger_nothing(scene: Scene) -> None:
    tu, binh = (Actor(name="Dân", channel="public", person_id=owner.person_id) for owner in (scene.tu, scene.binh))
    for name, paper in scene.papers.items():
        for actor in (tu, binh, PUBLIC_ACTOR):
            own = actor.person_id == paper.owner_person_id
            before = AuditEntry.objects.count()
            for ground in GROUNDS:
                was = done(open_paper, actor=actor, paper_id=paper.pk, purpose="own", reference=ground)
                assert was == own, (name, actor, ground)
            assert AuditEntry.objects.count() - before == (len(GROUNDS) if own else 0)
            assert Paper.objects.visible_to(actor).filter(pk=paper.pk).exists() == own
            assert not done(revoke_paper, actor=actor, paper_id=paper.pk, reason="x")


def test_a_citizen_uploads_for_themselves_alone(scene: Scene) -> None:
    tu = Actor(name="Trần Văn Tú", channel="public", person_id=scene.tu.person_id)
    words = {"source": PaperSource.UPLOADED, "trust": Trust.DECLARED}
    for owner, right in ((scene.tu, True), (scene.binh, False)):
        data = data_of(owner, **words)
        assert done(store_paper, actor=tu, data=data, content=content()) == right
