"""`manage.py recognise_papers`: which paper each line of a checklist names, for lines that do not say yet."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from procedures.services.recognise_papers import recognise_papers


class Command(BaseCommand):
    help = "Nhận ra loại giấy tờ của các thành phần hồ sơ chưa có loại; dòng đã có loại giữ nguyên."

    def handle(self, *args: Any, **options: Any) -> None:
        found, seen = recognise_papers()
        self.stdout.write(f"Đã xem {seen} dòng chưa có loại, nhận ra {found}.")
