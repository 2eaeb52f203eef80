"""manage.py load_demo_papers: papers in the store of the demo's citizens, and dossiers that reuse them; once."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from haddong_portal.common import clock
from haddong_portal.home.demo.cast import Cast
from haddong_portal.home.demo.kept_papers import keep_papers, reuse_papers


class Command(BaseCommand):
    help = "Nạp giấy tờ điện tử mẫu vào kho và vài hồ sơ dùng lại chúng; chạy lại không làm thay đổi gì."

    def handle(self, *args: Any, **options: Any) -> None:
        cast, now = Cast(), clock.local(clock.now())
        kept, reused = keep_papers(cast, now=now), reuse_papers(cast, now=now)
        self.stdout.write(f"Kho giấy tờ mẫu: thêm {kept} giấy tờ, {reused} hồ sơ dùng lại giấy tờ.")
