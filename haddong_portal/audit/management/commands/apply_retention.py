"""manage.py apply_retention [--rule CODE] [--dry-run] [--json]: erase or mask what has been kept long enough."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from haddong_portal.audit.services.apply_retention import apply_retention
from haddong_portal.common import clock
from haddong_portal.plumbing.selectors.retention import RuleInForce, preview, rules_in_force

Line = dict[str, Any]


class Command(BaseCommand):
    help = "Xóa hoặc che dữ liệu đã hết thời hạn lưu; với --dry-run chỉ đếm, không thay đổi gì."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--rule", default="", help="chỉ một loại dữ liệu, theo mã")
        parser.add_argument("--dry-run", action="store_true", help="chỉ đếm và nêu vài dòng mẫu")
        parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        rules = [rule for rule in rules_in_force(clock.today()) if options["rule"] in ("", rule.source.code)]
        if not rules:
            raise CommandError(f"không có thời hạn lưu {options['rule']!r}")
        lines = list(self._counted(rules) if options["dry_run"] else self._applied(rules))
        if options["json"]:
            self.stdout.write(json.dumps({"dry_run": options["dry_run"], "rules": lines}, ensure_ascii=False, indent=2))
        else:
            for line in lines:
                self.stdout.write(_words(line))

    def _counted(self, rules: list[RuleInForce]) -> Iterator[Line]:
        for rule in rules:
            found = preview(rule, clock.now())
            yield _line(rule, found.before.isoformat()) | {"due": found.due, "samples": found.samples}

    def _applied(self, rules: list[RuleInForce]) -> Iterator[Line]:
        for rule in rules:
            applied = apply_retention(code=rule.source.code)
            yield _line(rule, applied.before.isoformat()) | {"done": applied.done}


def _line(rule: RuleInForce, before: str) -> Line:
    kind = "mask" if rule.source.mask else "delete"
    return {"code": rule.source.code, "active": rule.is_active, "kind": kind, "days": rule.keep_days, "before": before}


def _words(line: Line) -> str:
    state = "" if line["active"] else " (chưa áp dụng)"
    if "done" in line:
        return f"{line['code']}{state}: đã xử lý {line['done']} dòng quá {line['days']} ngày"
    samples = f"; ví dụ {', '.join(line['samples'])}" if line["samples"] else ""
    return f"{line['code']}{state}: đến hạn {line['due']} dòng quá {line['days']} ngày{samples}"
