"""What a worker gave up on is listed with a button; scans that nobody finishes go with their pages."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from dossiers.papers.constants import ScanState
from dossiers.papers.models import PaperType, ScanBatch, ScanItem, ScanPage, StoredFile
from dossiers.papers.selectors.given_up import given_up_scans
from dossiers.papers.services import read_scan as reading
from dossiers.papers.services.read_scan import read_scan
from dossiers.papers.services.rerun_scan import rerun_scan
from haddong_portal.accounts.constants import Role
from haddong_portal.audit.models import AuditEntry
from haddong_portal.audit.services.apply_retention import apply_retention
from haddong_portal.common.errors import NotAllowed, NotFound
from haddong_portal.plumbing.models import JobAttempt
from haddong_portal.plumbing.selectors.retention import preview, rule_in_force
from tests.dossiers.screens.conftest import OpenSession
from tests.factories import MORNING, UnitFactory, make_actor
from tests.papers.scans.conftest import Counter

pytestmark = pytest.mark.django_db


def broken(*args: object, **kwargs: object) -> None:
    raise RuntimeError("disk full")


@pytest.fixture
def gave_up(counter: Counter, monkeypatch: pytest.MonkeyPatch, settings: Any) -> ScanItem:
    settings.SCAN_TRIES_MAX = 1
    item = counter.queued()
    with monkeypatch.context() as patch:
        patch.setattr(reading, "pdf_of", broken)
        read_scan(item_id=item.pk, now=counter.now())
    item.refresh_from_db()
    assert item.state == ScanState.GAVE_UP
    return item


def test_the_head_sees_it_and_has_it_read_again(
    counter: Counter, gave_up: ScanItem, open_session: OpenSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    head, screen = open_session(counter.head), reverse("papers:given-up")
    page = head.get(screen).content.decode()
    assert "Giấy khai sinh" in page and "disk full" in page and "Đọc lại" in page
    (attempt,) = JobAttempt.objects.all()
    answer = head.post(reverse("papers:rerun-scan", args=[attempt.pk]), follow=True).content.decode()
    assert "hàng chờ đọc lại" in answer and "disk full" not in answer
    gave_up.refresh_from_db()
    assert (gave_up.state, gave_up.attempts) == (ScanState.QUEUED, 0)
    assert AuditEntry.objects.get(action="paper.scan_rerun").data == {"queued": True}
    monkeypatch.setattr(reading, "missing_tools", lambda: ("gs",))
    assert read_scan(item_id=gave_up.pk, now=gave_up.touched_at) == ScanState.READY
    with pytest.raises(NotFound):
        rerun_scan(actor=counter.head, attempt_id=attempt.pk)


def test_clerks_do_not_and_other_units_see_nothing_of_it(counter: Counter, gave_up: ScanItem) -> None:
    (attempt,) = JobAttempt.objects.all()
    with pytest.raises(NotAllowed):
        given_up_scans(counter.clerk)
    other = make_actor(UnitFactory(ward=True, desk=True), Role.ONE_STOP_HEAD, "Trưởng Nơi Khác")
    assert given_up_scans(other) == []
    with pytest.raises(NotFound):
        rerun_scan(actor=other, attempt_id=attempt.pk)
    assert [one.name for one in given_up_scans(counter.head)] == ["Giấy khai sinh"]


def test_a_scan_nobody_finished_goes_with_its_pages_after_its_time(counter: Counter) -> None:
    left, young = counter.captured(), counter.queued()
    book = counter.captured(reference="dossier:book")
    ScanItem.objects.filter(pk__in=[left.pk, book.pk]).update(touched_at=MORNING - timedelta(days=91))
    batch = ScanBatch.objects.get(pk=book.batch_id)
    batch.kind, batch.reference, batch.title, batch.type = (
        "BOOK",
        "",
        "Sổ cũ",
        PaperType.objects.get(code="BIRTH_CERTIFICATE"),
    )
    batch.save()
    kept = set(ScanPage.objects.exclude(item=left).values_list("file_id", flat=True))
    rule = rule_in_force("unfinished-scans", MORNING.date())
    assert rule is not None and preview(rule, MORNING).due == 1
    assert ScanItem.objects.filter(pk=left.pk).exists(), "a dry run changes nothing"
    assert apply_retention(code="unfinished-scans", now=MORNING).done == 1
    assert set(ScanItem.objects.values_list("pk", flat=True)) == {young.pk, book.pk}
    assert set(StoredFile.objects.values_list("pk", flat=True)) == kept
