"""manage.py load_foundation [--staff]: what a portal needs before its first dossier. May be run again at any time."""

from __future__ import annotations

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from dossiers.papers.services.load_paper_types import load_paper_types
from dossiers.services.load_rulesets import load_rulesets
from feedback.services.load_questions import load_questions
from haddong_portal.accounts.services.load_foundation import load_foundation
from haddong_portal.accounts.services.load_staff import load_staff
from haddong_portal.accounts.shipped import Loaded
from haddong_portal.common.errors import DomainError
from interlink.services.load_linked_groups import load_linked_groups


class Command(BaseCommand):
    help = "Nạp đơn vị, kế hoạch sắp xếp, lịch làm việc, bộ quy tắc và loại giấy tờ; chạy lại không làm thay đổi gì."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--staff", action="store_true", help="nạp cả tài khoản trình diễn (không dùng ở bản thật)")

    def handle(self, *args: Any, **options: Any) -> None:
        done = [*load_foundation(), Loaded("bộ quy tắc", *load_rulesets())]
        done.append(Loaded("câu hỏi đánh giá", *load_questions()))
        done.append(Loaded("loại giấy tờ", *load_paper_types()))
        linked = load_linked_groups()
        done.append(Loaded("bản nhóm liên thông", linked.created, linked.kept))
        if options["staff"]:
            try:
                done.append(load_staff())
            except DomainError as error:
                raise CommandError(f"{error.code}: {error.message}") from error
        for loaded in done:
            self.stdout.write(str(loaded))
