"""A paper is revoked while a clerk saves the intake that uses it: one of the two is first, and nothing is half done."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest
import time_machine

from dossiers.models import ChecklistLine, Dossier
from dossiers.papers.constants import PaperState
from dossiers.papers.models import Paper, PaperUse
from dossiers.papers.services.revoke_paper import revoke_paper
from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Unit
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError
from tests.dossiers.races.conftest import AtOnce, at_once  # noqa: F401 - a fixture
from tests.dossiers.reuse.conftest import Counter, counter  # noqa: F401 - a fixture
from tests.factories import MORNING, make_actor, receive
from tests.papers.conftest import Store, paper_types, papers_root, stored, tu  # noqa: F401 - fixtures
from tests.scale import scaled

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _morning() -> Iterator[None]:
    with time_machine.travel(MORNING, tick=False):
        yield


def test_revoked_or_used_never_both_and_never_a_half_dossier(
    at_once: AtOnce,  # noqa: F811 - the fixture
    ward: Unit,
    desk_clerk_lan: Actor,
    counter: Counter,  # noqa: F811
    stored: Store,  # noqa: F811
) -> None:
    head = make_actor(ward, Role.ONE_STOP_HEAD, "Hà Thị Trưởng")
    for round_no in range(scaled(4)):
        paper = stored()
        answers = counter.answers(MARITAL={"state": "electronic", "paper": paper.public_id})
        take = partial(
            receive,
            desk_clerk_lan,
            counter.procedure,
            checklist=answers,
            confirmed_duplicate=True,
            key=f"race-{round_no}",
        )
        revoke = partial(revoke_paper, actor=head, paper_id=paper.pk, reason="cấp sai thẩm quyền", now=MORNING)
        received, revoked = at_once([take, revoke])
        assert not isinstance(revoked, DomainError)
        assert Paper.objects.get(pk=paper.pk).state == PaperState.REVOKED
        uses = PaperUse.objects.filter(version__paper=paper)
        if isinstance(received, DomainError):
            assert received.code == "paper.revoked"
            assert received.data["requirement_ids"] == [counter.procedure.papers[1].pk]
            assert not uses.exists() and not Dossier.objects.filter(intake_key=f"race-{round_no}").exists()
        else:
            assert ChecklistLine.objects.get(paper_use=uses.get()).dossier.intake_key == f"race-{round_no}"


def test_two_counters_use_the_same_paper_at_once(
    at_once: AtOnce,  # noqa: F811 - the fixture
    ward: Unit,
    desk_clerk_lan: Actor,
    counter: Counter,  # noqa: F811
    stored: Store,  # noqa: F811
) -> None:
    paper, rival = stored(), make_actor(ward, Role.CLERK, "Hoàng Thị Yến")
    answers = counter.answers(MARITAL={"state": "electronic", "paper": paper.public_id})
    data = {"checklist": answers, "confirmed_duplicate": True}
    got = at_once([partial(receive, clerk, counter.procedure, **data) for clerk in (desk_clerk_lan, rival)])
    assert not any(isinstance(one, DomainError) for one in got)
    assert PaperUse.objects.filter(version__paper=paper).count() == 2
