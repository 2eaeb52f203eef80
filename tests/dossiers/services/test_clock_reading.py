"""The stored clock of a dossier gives the reading of rules/clock, under its own rule-set."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dossiers.constants import IntervalKind
from dossiers.models import Pause
from dossiers.services.clock_reading import apply_reading, reading_of
from haddong_portal.common.errors import DomainError
from tests.dossiers.conftest import Story
from tests.factories import MORNING

pytestmark = pytest.mark.django_db


def test_without_stops_it_repeats_the_promise(story: Story) -> None:
    dossier = story.received()
    reading = reading_of(dossier, now=story.now())
    assert (reading.due_at, reading.lines) == (dossier.due_at, dossier.due_explanation)
    assert reading.is_running


def test_an_open_supplement_freezes_and_a_finished_one_starts_anew(story: Story) -> None:
    dossier = story.received()
    promised = dossier.due_at
    pause = Pause.objects.create(dossier=dossier, kind=IntervalKind.SUPPLEMENT, started_at=MORNING + timedelta(hours=1))
    apply_reading(dossier, reading_of(dossier, now=MORNING + timedelta(days=1)))
    assert (dossier.due_at, dossier.paused_at) == (promised, pause.started_at)
    Pause.objects.update(ended_at=MORNING + timedelta(days=1))
    apply_reading(dossier, reading_of(dossier, now=MORNING + timedelta(days=1)))
    assert promised is not None
    assert (dossier.due_at, dossier.paused_at) == (promised + timedelta(days=3), None)  # over a weekend


def test_a_filing_has_no_clock_yet(story: Story) -> None:
    dossier = story.received()
    dossier.accepted_at = None
    with pytest.raises(DomainError) as refusal:
        reading_of(dossier, now=MORNING)
    assert refusal.value.code == "clock.not_running"


@pytest.mark.parametrize(("said", "stands"), [(True, True), (False, False), (None, False)])
def test_a_stop_for_a_duty_freezes_only_where_the_sectors_law_said_so(
    story: Story, said: bool | None, stands: bool
) -> None:
    dossier = story.received()
    begun = MORNING + timedelta(hours=1)
    Pause.objects.create(dossier=dossier, kind=IntervalKind.PAYMENT, started_at=begun, pauses_clock=said)
    reading = reading_of(dossier, now=MORNING + timedelta(days=1))
    assert (reading.is_running, reading.due_at) == (not stands, dossier.due_at)
