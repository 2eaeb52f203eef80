"""manage.py load_linked_groups: the shipped linked groups and agencies. May be run again at any time."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from interlink.services.load_linked_groups import load_linked_groups


class Command(BaseCommand):
    help = "Nạp nhóm liên thông (khai sinh, khai tử) và cơ quan liên thông; chạy lại không làm thay đổi gì."

    def handle(self, *args: Any, **options: Any) -> None:
        loaded = load_linked_groups()
        self.stdout.write(f"nhóm liên thông: {loaded.created} bản mới, {loaded.kept} bản giữ nguyên")
        for version, problems in loaded.drafts.items():
            self.stdout.write(f"  {version} chưa công bố được: {'; '.join(problems)}")
