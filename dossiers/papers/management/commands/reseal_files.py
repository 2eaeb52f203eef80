"""manage.py reseal_files [--dry-run]: put every stored file under the first of FIELD_ENCRYPTION_KEYS, resumable."""

from __future__ import annotations

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from dossiers.papers.services.reseal_files import reseal_files, under_older_keys
from haddong_portal.common.errors import DomainError


class Command(BaseCommand):
    help = "Niêm phong lại các tệp trong kho bằng khóa hiện hành; dừng giữa chừng thì lần sau làm tiếp."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="chỉ đếm tệp còn dùng khóa cũ")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["dry_run"]:
            self.stdout.write(f"còn {under_older_keys().count()} tệp dùng khóa cũ")
            return
        broken = 0
        try:
            for state in reseal_files():
                broken = state.broken
                self.stdout.write(f"đã niêm phong lại {state.done} tệp, còn {state.left}")
        except DomainError as refusal:
            raise CommandError(f"{refusal.message} (mã {refusal.code})") from refusal
        if broken:
            raise CommandError(f"{broken} tệp hỏng hoặc mất, xem danh sách tệp hỏng; chưa được bỏ khóa cũ")
        self.stdout.write("mọi tệp dùng khóa hiện hành")
