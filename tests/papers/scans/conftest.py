"""A counter with a scanner: a ward's clerk, a citizen with a dossier, and a scan at any point of its way."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from dossiers.papers.constants import OwnerRef
from dossiers.papers.models import ScanItem
from dossiers.papers.services.add_scan_pages import add_scan_pages
from dossiers.papers.services.finish_capture import finish_capture
from dossiers.papers.services.load_paper_types import load_paper_types
from dossiers.papers.services.open_scan import ScanLine, open_scan
from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Unit
from haddong_portal.citizens.models import Person
from haddong_portal.citizens.services.find_or_create_person import PersonData, checked_person, find_or_create_person
from haddong_portal.common.actors import Actor
from tests.factories import MORNING, UnitFactory, make_actor
from tests.papers.drawn_pages import jpeg, page

HOLDER, HOLDER_ID = "Nguyễn Thị Thu Hường", "001190004567"
REFERENCE = "dossier:000.01.77.H26-240305-0001"


class Counter:
    """The ward, its clerks and head, the citizen who stands there, and a clock that moves on by minutes."""

    def __init__(self) -> None:
        self.unit: Unit = UnitFactory(ward=True, desk=True)
        self.clerk = make_actor(self.unit, Role.CLERK, "Nguyễn Thị Lan")
        self.other_clerk = make_actor(self.unit, Role.CLERK, "Trần Thị Hà")
        self.head = make_actor(self.unit, Role.ONE_STOP_HEAD, "Đỗ Văn Trường")
        self.person: Person = self.citizen(HOLDER, HOLDER_ID)
        self.lines = 0
        self.minutes = 0

    def citizen(self, name: str, number: str) -> Person:
        person, _ = find_or_create_person(
            data=checked_person(PersonData(full_name=name, personal_id=number)), now=MORNING
        )
        return person

    def now(self) -> Any:
        self.minutes += 1
        return MORNING + timedelta(minutes=self.minutes)

    @property
    def owner(self) -> OwnerRef:
        return OwnerRef(person_id=self.person.pk)

    def opened(self, *, line_id: int | None = None, actor: Actor | None = None, reference: str = REFERENCE) -> ScanItem:
        self.lines += 1
        line = ScanLine(line_id or self.lines, "Giấy khai sinh", "BIRTH_CERTIFICATE")
        return open_scan(
            actor=actor or self.clerk,
            reference=reference,
            owner=self.owner,
            unit_id=self.unit.pk,
            line=line,
            now=self.now(),
        )

    def captured(self, *pictures: bytes, **wishes: Any) -> ScanItem:
        item = self.opened(**wishes)
        for picture in pictures or (jpeg(page(dpi=200), dpi=200),):
            add_scan_pages(actor=self.clerk, item_id=item.public_id, content=picture, name="trang.jpg", now=self.now())
        return item

    def queued(self, *pictures: bytes, **wishes: Any) -> ScanItem:
        item = self.captured(*pictures, **wishes)
        declared = max(1, len(pictures))
        return finish_capture(
            actor=self.clerk, item_id=item.public_id, declared=declared, has_stamp=False, now=self.now()
        )


@pytest.fixture
def counter(db: None, settings: Any, tmp_path: Path) -> Counter:
    settings.STORAGES = settings.STORAGES | {
        "papers": {
            "BACKEND": "haddong_portal.common.blobs.storage.SafeFolderStorage",
            "OPTIONS": {"location": str(tmp_path / "papers")},
        }
    }
    settings.SIGNING_HOME = str(tmp_path / "signing")
    load_paper_types()
    return Counter()
