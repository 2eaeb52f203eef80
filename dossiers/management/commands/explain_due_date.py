"""Explain a due date on the command line, from the shipped calendar; needs no database.

    manage.py explain_due_date --limit "3 ngày làm việc" --accepted 2024-02-07T09:00 [--same-day] [--json]

Exit code 0 with the answer, 2 with a Vietnamese sentence and a machine code for input that cannot be read.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from dossiers.rules.explain import explain
from haddong_portal.common.errors import DomainError
from haddong_portal.common.worktime import shipped_calendar

BAD_INPUT = 2


class Command(BaseCommand):
    """See the module's docstring."""

    help = "Giải thích cách tính ngày hẹn trả kết quả."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--limit", help="thời hạn, ví dụ “3 ngày làm việc”, “8 giờ làm việc”, “20 ngày”, “trong ngày”"
        )
        parser.add_argument("--accepted", help="lúc tiếp nhận, ví dụ 2024-02-07T09:00 (giờ Việt Nam)")
        parser.add_argument("--same-day", action="store_true", help="thủ tục trả kết quả trong ngày, có mốc 15 giờ")
        parser.add_argument("--json", action="store_true", help="in một đối tượng JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            answer = explain(options["limit"], options["accepted"], options["same_day"], calendar=shipped_calendar())
        except DomainError as refusal:
            self._refuse(refusal, as_json=options["json"])
            sys.exit(BAD_INPUT)
        self._show(answer, as_json=options["json"])

    def _show(self, answer: dict[str, object], *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
            return
        lines = answer["explanation"]
        self.stdout.write("\n".join(str(line) for line in lines) if isinstance(lines, list) else "")

    def _refuse(self, refusal: DomainError, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps({"error": refusal.code, "message": refusal.message}, ensure_ascii=False))
        else:
            self.stderr.write(f"{refusal.message} [{refusal.code}]")
