"""The demo's store: signed papers of its citizens, and dossiers that needed a paper less; made once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.test import override_settings

from dossiers.models import ChecklistLine
from dossiers.papers.models import Paper, PaperUse
from haddong_portal.accounts.services.give_demo_certificates import give_demo_certificates
from haddong_portal.home.demo.cast import Cast
from haddong_portal.home.demo.catalogue import load_shipped_catalogue
from haddong_portal.home.demo.kept_papers import keep_papers, reuse_papers
from haddong_portal.home.demo.simulation import simulate
from tests.home.test_load_demo import NOW
from tests.papers.conftest import FOLDER


@pytest.fixture
def played(db: None, settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.MEDIA_ROOT = str(tmp_path / "papers")
    settings.NOTICE_FILE = str(tmp_path / "notices.jsonl")
    settings.SIGNING_HOME = str(tmp_path / "signing")
    settings.SIGNING_TRUST_ROOTS = [str(tmp_path / "signing" / "demo-ca.pem")]
    store = {"BACKEND": FOLDER, "OPTIONS": {"location": str(tmp_path / "store")}}
    call_command("load_foundation", staff=True, verbosity=0)
    load_shipped_catalogue(lambda done, total: None)
    with override_settings(STORAGES={**django_settings.STORAGES, "papers": store}):
        simulate(days=4, dossiers=12, now=NOW, on_day=lambda day: None)
        yield


def again(now: datetime = NOW) -> tuple[int, int]:
    return keep_papers(Cast(), now=now), reuse_papers(Cast(), now=now)


def test_papers_are_kept_signed_and_reused_once(played: None) -> None:
    give_demo_certificates(now=NOW)
    kept, reused = again()
    digitised = Paper.objects.filter(source="DIGITISED")
    assert kept == digitised.count() > 10 and 0 < reused <= 3
    assert set(digitised.values_list("trust", flat=True)) == {"SIGNED_DIGITISED"}
    assert ChecklistLine.objects.filter(paper_use__isnull=False).count() == PaperUse.objects.count() >= reused
    assert again() == (0, 0)


def test_without_certificates_papers_are_only_compared_and_not_reused(played: None) -> None:
    assert again()[1] == 0
    assert set(Paper.objects.filter(source="DIGITISED").values_list("trust", flat=True)) == {"CHECKED"}
