"""manage.py make_demo_certificates: an authority and certificates for signing in the demo. May be run again."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from haddong_portal.accounts.services.give_demo_certificates import give_demo_certificates
from haddong_portal.common.errors import DomainError


class Command(BaseCommand):
    help = "Tạo CA và chứng thư số trình diễn cho các đơn vị và công chức số hóa (không dùng ở bản thật)."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            made = give_demo_certificates()
        except DomainError as error:
            raise CommandError(f"{error.code}: {error.message}") from error
        self.stdout.write(f"Chứng thư số trình diễn: tạo thêm {made}.")
