"""Doors of the queue: one service call each."""

from __future__ import annotations

from celery import shared_task

from dossiers.papers.services.check_file import check_file
from dossiers.papers.services.clear_orphans import clear_orphans, share_at
from dossiers.papers.services.file_book import file_book
from dossiers.papers.services.read_scan import read_scan
from dossiers.papers.services.sweep_files import sweep_files
from dossiers.papers.services.sweep_scanner_folders import sweep_scanner_folders
from dossiers.papers.services.sweep_scans import sweep_scans
from haddong_portal.common import clock
from haddong_portal.common.jobs import JobName


@shared_task(name=JobName.CHECK_STORED_FILE.value, ignore_result=True)
def check_one(file_id: int) -> str:
    """Proves one file again."""
    return check_file(file_id=file_id)


@shared_task(name="papers.sweep_files", ignore_result=True)
def sweep() -> int:
    """One of the night's runs: its share of the walk for orphans, then the files whose proof is oldest; how many."""
    clear_orphans(share=share_at(clock.now()))
    return sweep_files().checked


@shared_task(name=JobName.READ_SCAN.value, ignore_result=True)
def read_one(item_id: int) -> str:
    """Makes and reads the file of one scanned paper; a failure goes back to the queue as a row."""
    return read_scan(item_id=item_id)


@shared_task(name=JobName.FILE_BOOK.value, ignore_result=True)
def file_one_book(batch_id: int) -> int:
    """Puts the papers of a closed book into their stores."""
    return file_book(batch_id=batch_id)


@shared_task(name="papers.sweep_scans", ignore_result=True)
def sweep_waiting_scans() -> int:
    return sweep_scans()


@shared_task(name="papers.sweep_scanner_folders", ignore_result=True)
def sweep_folders() -> int:
    """Takes in what scanners left since the last time."""
    return sweep_scanner_folders()
