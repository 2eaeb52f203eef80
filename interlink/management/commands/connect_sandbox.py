"""manage.py connect_sandbox: connect the portal to the sandbox's agencies, and give the register the people on file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from haddong_portal.citizens.models import Person
from haddong_portal.common.errors import DomainError
from interlink.sandbox.runner import port_first
from interlink.sandbox.seed import seed_people
from interlink.services.connect_sandbox import connect_sandbox

PEOPLE_MAX = 5000


class Command(BaseCommand):
    help = "Kết nối với các cơ quan thử nghiệm (make sandbox). Không dùng ở bản thật."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            connected = connect_sandbox(port_first=port_first())
        except DomainError as error:
            raise CommandError(f"{error.code}: {error.message}") from error
        store = Path(settings.INTERLINK_HOME).parent / "sandbox" / "police.sqlite3"
        people = seed_people(store, {person.personal_id: _shown(person) for person in _people()})
        self.stdout.write(f"Đã kết nối {connected} cơ quan thử nghiệm; sổ cư trú thử nghiệm có {people} người.")


def _people() -> list[Person]:
    return [person for person in Person.objects.order_by("pk")[:PEOPLE_MAX] if person.personal_id and person.address]


def _shown(person: Person) -> dict[str, str]:
    born = f"{person.birth_date:%d/%m/%Y}" if person.birth_date else str(person.birth_year or "")
    told = {"Họ, chữ đệm và tên": person.full_name, "Ngày sinh": born, "Nơi thường trú": person.address}
    return {label: value for label, value in told.items() if value}
