"""The people of every story: a clerk, an officer and a leader of one ward, a citizen, and a stranger from next door."""

from __future__ import annotations

import pytest

from dossiers.services.intake_data import PersonData
from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Unit
from haddong_portal.common.actors import Actor
from tests.factories import PublishedProcedure, RuleSetFactory, UnitFactory, citizen, make_actor, publish_procedure


@pytest.fixture
def ward(db: None) -> Unit:
    """The ward where most stories happen, with its desk."""
    RuleSetFactory()
    return UnitFactory(ward=True, desk=True, name="Ủy ban nhân dân phường Văn Quán", short_name="Phường Văn Quán")


@pytest.fixture
def desk_clerk_lan(ward: Unit) -> Actor:
    return make_actor(ward, Role.CLERK, "Nguyễn Thị Lan")


@pytest.fixture
def officer_minh(ward: Unit) -> Actor:
    return make_actor(ward, Role.OFFICER, "Lê Quang Minh")


@pytest.fixture
def leader_hoa(ward: Unit) -> Actor:
    return make_actor(ward, Role.LEADER, "Phạm Thị Hoa")


@pytest.fixture
def stranger_nga(ward: Unit) -> Actor:
    """A clerk of another ward: sees nothing of this one."""
    return make_actor(UnitFactory(ward=True, desk=True), Role.CLERK, "Vũ Thị Nga")


@pytest.fixture
def citizen_tu() -> PersonData:
    return citizen()


@pytest.fixture
def procedure(ward: Unit) -> PublishedProcedure:
    """Three working days, a duty of 8,000 đồng, performed at the ward by its own officers."""
    return publish_procedure(at=ward)
