"""manage.py load_paper_types: the catalogue of paper types. May be run again at any time."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from dossiers.papers.services.load_paper_types import load_paper_types


class Command(BaseCommand):
    help = "Nạp danh mục loại giấy tờ; loại đã có được giữ nguyên."

    def handle(self, *args: Any, **options: Any) -> None:
        created, kept = load_paper_types()
        self.stdout.write(f"loại giấy tờ: thêm {created}, giữ nguyên {kept}")
