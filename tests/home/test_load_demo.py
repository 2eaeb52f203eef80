"""The demo is made by the same services, refused by none of them, and made once."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from dossiers.constants import EventKind, Status
from dossiers.models import DeliveryList, Dossier, DossierEvent, Reassignment, RuleSet, SavedFilter
from haddong_portal.common.clock import VIETNAM
from haddong_portal.home.demo.catalogue import load_shipped_catalogue
from haddong_portal.home.demo.simulation import simulate
from haddong_portal.notices.constants import NoticeState
from haddong_portal.notices.models import Notice

NOW = datetime(2026, 6, 12, 16, 0, tzinfo=VIETNAM)
DAYS, DOSSIERS = 6, 16


@pytest.fixture
def foundation(db: None, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path / "papers")
    settings.NOTICE_FILE = str(tmp_path / "notices.jsonl")
    call_command("load_foundation", staff=True, verbosity=0)
    load_shipped_catalogue(lambda done, total: None)


def play(now: datetime) -> tuple[int, int]:
    outcome = simulate(days=DAYS, dossiers=DOSSIERS, now=now, on_day=lambda day: None)
    assert outcome.refused == []
    return outcome.received, outcome.acts


def test_the_play_goes_on_where_it_stopped_and_ends(foundation: None) -> None:
    received, acts = play(NOW)
    assert received == DOSSIERS and acts > DOSSIERS
    lists = DeliveryList.objects.count()
    assert lists and Reassignment.objects.count() == 1
    assert play(NOW) == (0, 0), "a finished play does nothing"
    assert (DeliveryList.objects.count(), Reassignment.objects.count()) == (lists, 1)
    again, later = play(NOW + timedelta(days=3))
    assert again == 0 and later > 0, "the work goes on when time does"
    _each_story_is_in_order()
    _settled()
    assert not Notice.objects.exclude(state=NoticeState.SENT).exists(), "no old news for the worker"


def _settled() -> None:
    """Kept filters that open on somebody's list, and a rule-set in its second version, each once."""
    assert (
        SavedFilter.objects.filter(is_default=True).exists() and SavedFilter.objects.filter(shared_with=None).exists()
    )
    assert SavedFilter.objects.exclude(shared_with=None).exists()
    second = RuleSet.objects.get(series="R2", version=2)
    assert second.history.latest().history_user is not None
    assert set(Dossier.objects.values_list("ruleset__code", flat=True)) == {second.code}


def _each_story_is_in_order() -> None:
    for dossier in Dossier.objects.all():
        events = list(DossierEvent.objects.filter(dossier=dossier).order_by("id"))
        first = EventKind.SUBMITTED if dossier.submitted_at else EventKind.RECEIVED
        assert events[0].kind == first and events[0].at == (dossier.submitted_at or dossier.accepted_at)
        assert [event.at for event in events] == sorted(event.at for event in events)
        assert (events[-1].kind == EventKind.HANDED_OVER) == (dossier.status == Status.RETURNED)
    lines = list(
        Dossier.objects.exclude(line_no=None)
        .order_by("receiving_unit", "accepted_at")
        .values_list("receiving_unit", "line_no")
    )
    assert lines == sorted(lines), "the register is written in order of time"


def test_some_file_from_home_and_the_desk_answers_each_way(foundation: None) -> None:
    outcome = simulate(days=DAYS, dossiers=60, now=NOW, on_day=lambda day: None)
    assert outcome.refused == []
    filed = Dossier.objects.filter(submitted_at__isnull=False)
    kinds = set(DossierEvent.objects.filter(dossier__in=filed).values_list("kind", flat=True))
    assert {EventKind.SUBMITTED, EventKind.RECEIVED, EventKind.SUBMISSION_RETURNED} <= kinds
    assert filed.filter(filed_papers__isnull=False).exists()
    assert filed.filter(accepted_at__isnull=False).exclude(line_no=None).exists()
    assert not Notice.objects.exclude(state=NoticeState.SENT).exists()
