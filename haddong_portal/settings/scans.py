"""Digitising: how often a scan is tried, when a silent worker counts as dead, the sample of old books."""

from __future__ import annotations

from haddong_portal.settings.environment import env

SCAN_TRIES_MAX = env.int("SCAN_TRIES_MAX", default=3)
SCAN_FIRST_WAIT_SECONDS = env.int("SCAN_FIRST_WAIT_SECONDS", default=20)  # doubles with each failure
# A worker that reads tells of every page; after so long without a word it is taken for dead.
SCAN_CLAIM_SECONDS = env.int("SCAN_CLAIM_SECONDS", default=180)
SCAN_PAGE_SECONDS = env.int("SCAN_PAGE_SECONDS", default=60)  # the most one page may take
# Old books: the share that is typed in twice, and the share of wrong ones at which a batch may still be closed.
SCAN_SAMPLE_PERCENT = env.int("SCAN_SAMPLE_PERCENT", default=10)
SCAN_ERROR_PERCENT_MAX = env.int("SCAN_ERROR_PERCENT_MAX", default=2)
# Where a unit's network scanner leaves its files, by the unit's key: {"phuong-van-phuc": "/srv/may-quet/van-phuc"}.
SCANNER_FOLDERS = env.json("SCANNER_FOLDERS", default={})
SCANNER_SETTLE_SECONDS = env.int("SCANNER_SETTLE_SECONDS", default=10)  # a younger file may still be written
