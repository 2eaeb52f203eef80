"""`manage.py load_catalogue [FILE]`: load procedures from JSON, CSV or XLSX (docs/catalogue-format.md)."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from haddong_portal.common.actors import system_actor
from haddong_portal.common.errors import DomainError
from procedures.constants import Blocker, Part
from procedures.services.import_catalogue import STARTER, ImportReport, import_catalogue
from procedures.services.load_delegations import load_delegations
from procedures.services.load_iso_processes import load_iso_processes
from procedures.services.load_performed_here import load_performed_here
from procedures.services.load_words import load_life_events, load_synonyms
from procedures.services.preview_import import Preview, preview_import
from procedures.services.recognise_papers import recognise_papers

SHOWN_MAX = 30


class Command(BaseCommand):
    help = (
        "Nạp danh mục thủ tục từ tệp JSON, CSV hoặc XLSX; không nêu tệp thì nạp và công bố danh mục kèm theo, "
        "cùng từ đồng nghĩa, sự kiện đời sống, quy trình ISO, nơi thực hiện và ủy quyền."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", help="tệp .json, .csv, .xlsx; bỏ trống: danh mục kèm theo, công bố luôn")
        parser.add_argument("--dry-run", action="store_true", help="chỉ báo cáo khác biệt, không ghi gì")
        parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON, không có thanh tiến độ")
        parser.add_argument("--publish", action="store_true", help="công bố mọi bản ghi đủ các phần bắt buộc")
        parser.add_argument("--restart", action="store_true", help="bỏ lần nạp dở, bắt đầu lại từ đầu")
        parser.add_argument("--source", default="", help="tên nguồn, thay cho nguồn ghi trong bản ghi")

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(options["file"]) if options["file"] else STARTER
        publish = bool(options["publish"]) or not options["file"]
        try:
            result = self._load(path, publish, options)
        except DomainError as error:
            raise CommandError(f"{error.message} ({error.code})") from error
        if not options["file"] and not options["dry_run"]:
            self._load_around()
        if options["json"]:
            self.stdout.write(json.dumps(result.as_json(), ensure_ascii=False))
        else:
            self._tell(result)

    def _load_around(self) -> None:
        """What the shipped catalogue comes with; units that are not loaded yet are passed over."""
        for load in (load_iso_processes, load_synonyms, load_life_events, load_performed_here, load_delegations):
            load()
        recognise_papers()  # lines of a catalogue that was loaded before the types of papers were known

    def _load(self, path: Path, publish: bool, options: dict[str, Any]) -> ImportReport | Preview:
        with tqdm(total=None, desc=path.name, unit="thủ tục", disable=bool(options["json"])) as bar:

            def advance(done: int, total: int) -> None:
                bar.total = total
                bar.update(done)

            if options["dry_run"]:
                return preview_import(path=path, publish=publish, source=options["source"], progress=advance)
            return import_catalogue(
                actor=system_actor("Nạp danh mục"),
                path=path,
                publish=publish,
                source=options["source"],
                restart=bool(options["restart"]),
                progress=advance,
            )

    def _tell(self, result: ImportReport | Preview) -> None:
        report = result.report if isinstance(result, Preview) else result
        counts = result.as_json()
        self.stdout.write(f"Tổng số {report.total}: nhận {report.accepted}, từ chối {len(report.refused)}.")
        self.stdout.write(
            f"Mới {counts['new']}, bản mới của thủ tục đã có {counts['new_versions']}, không đổi {counts['unchanged']}."
        )
        self.stdout.write(f"Công bố {report.published}, còn nháp vì thiếu hoặc vướng {len(report.drafts)}.")
        self.stdout.write(f"Thời hạn đọc được {report.limits_structured}, cần rà soát {report.limits_to_review}.")
        if isinstance(result, Preview):
            self._list("Khác với bản đang có", [self._change(entry) for entry in result.changed])
        self._list(
            "Từ chối", [f"{one['index']}: {one['name'] or one['code']}: {one['reason']}" for one in report.refused]
        )
        self._list("Còn nháp", [self._draft(entry) for entry in report.drafts])

    def _list(self, title: str, lines: list[str]) -> None:
        if not lines:
            return
        self.stdout.write(f"{title}:")
        for line in lines[:SHOWN_MAX]:
            self.stdout.write(f"  {line}")
        if len(lines) > SHOWN_MAX:
            self.stdout.write(f"  … và {len(lines) - SHOWN_MAX} dòng nữa (--json cho đầy đủ)")

    def _change(self, entry: dict[str, object]) -> str:
        parts = entry["parts"]
        return f"{entry['code']}: {', '.join(parts) if isinstance(parts, list) else ''}"

    def _draft(self, entry: dict[str, object]) -> str:
        missing, blocked = entry["missing"], entry["blocked_by"]
        labels = [Part(part).label for part in missing] if isinstance(missing, list) else []
        labels += [Blocker(one).label for one in blocked] if isinstance(blocked, list) else []
        return f"{entry['code']}: {'; '.join(str(label) for label in labels)}"
