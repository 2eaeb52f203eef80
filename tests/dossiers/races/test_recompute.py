"""Two workers on one run, and two people recording one outage, at the same moment."""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest

from dossiers.models import DossierEvent, Outage, Recomputation, RecomputedLine
from dossiers.services import recompute_due_dates as module
from dossiers.services.recompute_due_dates import recompute_due_dates
from haddong_portal.accounts.constants import DayKindChoice, Role
from haddong_portal.accounts.models import Unit
from haddong_portal.accounts.services.load_calendar import load_calendar
from haddong_portal.common.errors import DomainError
from tests.dossiers.conftest import Story
from tests.dossiers.races.conftest import AtOnce
from tests.dossiers.services.test_recompute import AFTERNOON, change, outage
from tests.factories import MORNING, citizen, make_actor

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def test_two_workers_do_each_dossier_once(
    at_once: AtOnce, story: Story, ward: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_calendar()
    recompute_due_dates(now=MORNING)
    for number in range(1, 13):
        story.received(person=citizen(f"Người {number}", number))
    change(make_actor(ward, Role.ADMINISTRATOR, "Quản trị"), date(2024, 3, 7), DayKindChoice.HOLIDAY)
    monkeypatch.setattr(module, "BATCH", 3)
    seen = at_once([partial(recompute_due_dates, now=AFTERNOON)] * 3)
    assert sum(seen) == 12
    run = Recomputation.objects.latest("pk")
    assert (run.checked, run.moved, run.waiting) == (12, 12, 12) and run.finished_at is not None
    assert RecomputedLine.objects.count() == DossierEvent.objects.filter(kind="dossier.due_recomputed").count() == 12
    assert Recomputation.objects.count() == 2


def test_one_outage_told_by_two_is_one(at_once: AtOnce, ward: Unit) -> None:
    people = [make_actor(ward, Role.ONE_STOP_HEAD, name) for name in ("Ngô Thị Sáu", "Mai Văn Bảy")]
    answers = at_once([partial(outage, person) for person in people])
    assert sorted(each.code if isinstance(each, DomainError) else "ok" for each in answers) == [
        "ok",
        "outage.already_recorded",
    ]
    assert Outage.objects.count() == Recomputation.objects.count() == 1
