"""What the database refuses of papers that are being scanned."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from dossiers.models import ChecklistLine
from dossiers.papers.constants import EntryRound, ScanKind, ScanState
from dossiers.papers.models import PaperType, ScanBatch, ScanEntry, ScanItem, ScanPage, StoredFile
from haddong_portal.accounts.models import User
from haddong_portal.common.actors import Actor
from tests.constraints.registry import breaks, refused_by
from tests.factories import MORNING, PublishedProcedure, UnitFactory, UserFactory, receive

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk() -> User:
    return UserFactory()


@pytest.fixture
def kind() -> PaperType:
    return PaperType.objects.create(code="X", name="Giấy thử", in_force_from=date(2023, 1, 1), source="test")


def make_batch(clerk: User, **values: Any) -> ScanBatch:
    row: dict[str, Any] = {"kind": ScanKind.COUNTER, "reference": "dossier:1", "created_at": MORNING}
    return ScanBatch.objects.create(**{**row, "unit": UnitFactory(), "created_by": clerk, **values})


def make_item(batch: ScanBatch, **values: Any) -> ScanItem:
    row: dict[str, Any] = {"position": 1, "name": "Giấy", "touched_at": MORNING, "created_at": MORNING}
    return ScanItem.objects.create(**{**row, "batch": batch, "created_by": batch.created_by, **values})


def make_page(item: ScanItem, **values: Any) -> ScanPage:
    row: dict[str, Any] = {"serial": 1, "width": 1, "height": 1, "dpi": 300, "added_at": MORNING}
    measures = {"brightness": 1.0, "sharpness": 1.0, "ink_share": 0.1, "colour_share": 0.1}
    file, _ = StoredFile.objects.get_or_create(
        mark="a" * 64, defaults={"size_bytes": 1, "key_id": "0" * 8, "checked_at": MORNING, "created_at": MORNING}
    )
    return ScanPage.objects.create(**{**row, **measures, "item": item, "file": file, **values})


@breaks(
    "scan_batch_once_per_reference",
    "scan_batch_of_its_kind",
    "scan_batch_percents",
    "scan_batch_closed_by_somebody",
    "scan_batch_one_takes_folder",
)
def test_the_database_keeps_batches_sound(clerk: User, kind: PaperType) -> None:
    make_batch(clerk)
    with refused_by("scan_batch_once_per_reference"):
        make_batch(clerk)
    book = {"kind": ScanKind.BOOK, "reference": "", "title": "Sổ khai sinh", "type": kind}
    for wrong in ({"reference": ""}, book | {"title": ""}, book | {"type": None}, book | {"reference": "dossier:2"}):
        with refused_by("scan_batch_of_its_kind"):
            make_batch(clerk, **wrong)
    for wrong in ({"sample_percent": 101}, {"error_percent_max": 101}):
        with refused_by("scan_batch_percents"):
            make_batch(clerk, **book, **wrong)
    with refused_by("scan_batch_closed_by_somebody"):
        make_batch(clerk, **book, closed_at=MORNING)
    taking = make_batch(clerk, **book, folder_user=clerk)
    with refused_by("scan_batch_one_takes_folder"):
        make_batch(clerk, **book, folder_user=clerk, unit=taking.unit)


@breaks(
    "scan_item_in_order",
    "scan_item_once_per_line",
    "scan_item_ready_has_file",
    "scan_item_end_has_time",
    "scan_item_queued_has_time",
    "scan_item_once_per_file",
)
def test_the_database_keeps_scans_sound(clerk: User) -> None:
    batch = make_batch(clerk)
    make_item(batch, line_id=5)
    with refused_by("scan_item_in_order"):
        make_item(batch)
    with refused_by("scan_item_once_per_line"):
        make_item(batch, position=2, line_id=5)
    make_item(batch, position=3, line_id=5, state=ScanState.DISCARDED, finished_at=MORNING)
    with refused_by("scan_item_ready_has_file"):
        make_item(batch, position=4, state=ScanState.READY)
    with refused_by("scan_item_end_has_time"):
        make_item(batch, position=4, state=ScanState.DONE)
    with refused_by("scan_item_end_has_time"):
        make_item(batch, position=4, finished_at=MORNING)
    with refused_by("scan_item_queued_has_time"):
        make_item(batch, position=4, state=ScanState.QUEUED)
    make_item(batch, position=5, file_mark="a" * 64)
    with refused_by("scan_item_once_per_file"):
        make_item(batch, position=6, file_mark="a" * 64)


@breaks("scan_page_in_order", "scan_page_quarter_turns", "scan_page_no_pair_of_itself")
def test_the_database_keeps_pages_sound(clerk: User) -> None:
    item = make_item(make_batch(clerk))
    page = make_page(item)
    with refused_by("scan_page_quarter_turns"):
        make_page(item, serial=2, turned=45)
    with refused_by("scan_page_no_pair_of_itself"):
        page.note_pair_of = page
        page.save()
    with refused_by("scan_page_in_order"):
        make_page(item)
        _check_now()


@breaks("scan_entry_one_a_round", "scan_entry_by_different_people")
def test_the_database_keeps_entries_sound(clerk: User) -> None:
    item = make_item(make_batch(clerk))
    row: dict[str, Any] = {"item": item, "values": "{}", "entered_at": MORNING}
    ScanEntry.objects.create(**row, round=EntryRound.FIRST, entered_by=clerk)
    with refused_by("scan_entry_one_a_round"):
        ScanEntry.objects.create(**row, round=EntryRound.FIRST, entered_by=UserFactory())
    with refused_by("scan_entry_by_different_people"):
        ScanEntry.objects.create(**row, round=EntryRound.SECOND, entered_by=clerk)


@breaks("checklist_line_digitised_once")
def test_a_line_is_digitised_with_its_moment_or_not_at_all(
    desk_clerk_lan: Actor, procedure: PublishedProcedure
) -> None:
    line = ChecklistLine.objects.filter(dossier_id=receive(desk_clerk_lan, procedure).dossier_id)[0]
    with refused_by("checklist_line_digitised_once"):
        ChecklistLine.objects.filter(pk=line.pk).update(digitised_at=MORNING)


def _check_now() -> None:
    """The order of pages is looked at when the act ends, since two may change places."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
