"""manage.py load_demo [--days N] [--dossiers N] [--json]: the whole demo; a run that was cut off goes on."""

from __future__ import annotations

import argparse
import json
import time
from datetime import date
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db.models import Count
from tqdm import tqdm

from dossiers.models import Dossier
from haddong_portal.home.demo.catalogue import load_shipped_catalogue
from haddong_portal.home.demo.simulation import Outcome, simulate
from interlink.services.load_linked_groups import load_linked_groups

DAYS, DOSSIERS = 30, 300


class Command(BaseCommand):
    help = "Nạp đơn vị, cán bộ, lịch, thủ tục và hồ sơ mẫu của nhiều ngày làm việc; chạy lại thì làm tiếp."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--days", type=int, default=DAYS, help="số ngày làm việc mô phỏng")
        parser.add_argument("--dossiers", type=int, default=DOSSIERS, help="số hồ sơ")
        parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        began, quiet = time.monotonic(), bool(options["json"])
        call_command("load_foundation", staff=True, stdout=None if not quiet else _Nowhere())
        self._catalogue(quiet)
        with tqdm(total=options["days"], desc="Mô phỏng", unit="ngày", disable=quiet) as bar:

            def on_day(day: date) -> None:
                bar.set_postfix_str(f"{day:%d/%m/%Y}")
                bar.update()

            outcome = simulate(days=options["days"], dossiers=options["dossiers"], on_day=on_day)
        self._report(outcome, time.monotonic() - began, as_json=quiet)

    def _catalogue(self, quiet: bool) -> None:
        with tqdm(total=None, desc="Danh mục", unit="thủ tục", disable=quiet) as bar:

            def advance(done: int, total: int) -> None:
                bar.total = total
                bar.update(done)

            told = load_shipped_catalogue(advance)
        load_linked_groups()  # their procedures are in the catalogue now
        for line in [] if quiet else told:
            self.stdout.write(line)

    def _report(self, outcome: Outcome, seconds: float, *, as_json: bool) -> None:
        by_status = dict(Dossier.objects.values_list("status").annotate(n=Count("pk")).order_by("status"))
        if as_json:
            found = {**vars(outcome), "dossiers": by_status, "seconds": round(seconds, 1)}
            self.stdout.write(json.dumps(found, ensure_ascii=False))
            return
        for key, code, message in outcome.refused:
            self.stderr.write(f"{key}: {code}: {message}")
        self.stdout.write(
            f"Hồ sơ mẫu: tiếp nhận thêm {outcome.received}, {outcome.acts} việc, {outcome.notices} tin nhắn "
            f"({seconds:.1f} giây)."
        )


class _Nowhere:
    """Swallows what a nested command would print."""

    def write(self, text: str) -> int:
        return len(text)
