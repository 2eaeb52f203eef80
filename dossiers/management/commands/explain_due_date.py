"""Explain a due date on the command line, from the shipped calendar and rule-sets; needs no database.

    manage.py explain_due_date --limit "3 ngày làm việc" --accepted 2024-02-07T09:00 [--same-day] [--ruleset R2]
        [--interval 2024-02-15T09:00/2024-02-16T10:00:supplement]... [--payment-pauses]
        [--finished 2024-02-20T16:00] [--json]

Exit code 0 with the answer, 2 with a Vietnamese sentence and a machine code for input that cannot be read.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from dossiers.constants import IntervalKind
from dossiers.rules.explain import explain
from dossiers.rules.shipped_rulesets import shipped_policy
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
        parser.add_argument(
            "--interval",
            action="append",
            default=[],
            metavar="FROM/TO:KIND",
            help=f"khoảng dừng, lặp lại được; TO để trống khi chưa xong; KIND: {', '.join(IntervalKind.values)}",
        )
        parser.add_argument("--ruleset", help="bộ quy tắc R1 … R4; mặc định R2")
        parser.add_argument(
            "--payment-pauses", action="store_true", help="thủ tục tạm dừng khi chờ thực hiện nghĩa vụ tài chính"
        )
        parser.add_argument("--finished", help="lúc xử lý xong; in thêm thời gian giải quyết theo QĐ 766")
        parser.add_argument("--json", action="store_true", help="in một đối tượng JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            answer = self._answer(options)
        except DomainError as refusal:
            self._refuse(refusal, as_json=options["json"])
            sys.exit(BAD_INPUT)
        self._show(answer, as_json=options["json"])

    def _answer(self, options: dict[str, Any]) -> dict[str, object]:
        return explain(
            options["limit"],
            options["accepted"],
            options["same_day"],
            calendar=shipped_calendar(),
            policy=shipped_policy(options["ruleset"]),
            interval_texts=options["interval"],
            payment_pauses=options["payment_pauses"],
            finished_text=options["finished"],
        )

    def _show(self, answer: dict[str, object], *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
            return
        lines = answer["explanation"]
        self.stdout.write("\n".join(str(line) for line in lines) if isinstance(lines, list) else "")
        if "elapsed_excl_pauses" in answer:
            minutes = answer["elapsed_excl_pauses"]
            self.stdout.write(f"Thời gian giải quyết, không kể khoảng dừng (QĐ 766): {minutes} phút làm việc.")

    def _refuse(self, refusal: DomainError, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps({"error": refusal.code, "message": refusal.message}, ensure_ascii=False))
        else:
            self.stderr.write(f"{refusal.message} [{refusal.code}]")
