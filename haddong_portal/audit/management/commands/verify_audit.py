"""manage.py verify_audit [--seal] [--anchor HASH] [--json]: is the audit log as it was written? Exit code 1 if not."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand

from haddong_portal.audit.services.seal_entries import seal_entries
from haddong_portal.audit.services.verify_chain import ChainReport, verify_chain


class Command(BaseCommand):
    help = "Kiểm tra chuỗi dấu niêm của nhật ký; báo mọi dòng bị sửa, bị xóa hoặc chèn thêm."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--seal", action="store_true", help="niêm các dòng mới trước khi kiểm tra")
        parser.add_argument("--anchor", default="", help="dấu niêm đã ghi lại trước đây, phải còn trong chuỗi")
        parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["seal"]:
            seal_entries()
        report = verify_chain(anchor=options["anchor"])
        if options["json"]:
            self.stdout.write(json.dumps({"ok": report.ok, **asdict(report)}, ensure_ascii=False, indent=2))
        else:
            self._tell(report)
        if not report.ok:
            sys.exit(1)

    def _tell(self, report: ChainReport) -> None:
        self.stdout.write(f"{report.seals} dấu, {report.entries} dòng đã niêm, {report.unsealed} dòng chưa niêm.")
        for problem in report.problems:
            self.stdout.write(f"{problem.code} {problem.seal}: {problem.detail}")
        self.stdout.write("Nhật ký nguyên vẹn." if report.ok else f"Có {len(report.problems)} chỗ không khớp.")
