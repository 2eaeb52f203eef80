"""Results recorded at a ward that has a certificate, with the catalogue of paper types and a store of their own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.files.base import ContentFile
from django.test import override_settings

from dossiers.models import Dossier, DossierEvent, ResultFile
from dossiers.papers.models import PaperVersion, VerificationCode
from dossiers.papers.services.load_paper_types import load_paper_types
from dossiers.services.issue_result import ISSUING, issue_for_event
from dossiers.services.record_result import ResultData, record_result
from haddong_portal.accounts.models import Unit
from haddong_portal.home.demo.papers import result_pdf
from procedures.models import Procedure
from tests.dossiers.conftest import Story
from tests.dossiers.screens.conftest import open_session
from tests.signing_help import use_home

__all__ = ["open_session"]

FOLDER = "haddong_portal.common.blobs.storage.SafeFolderStorage"
MARITAL = "1.004873"


def paper_pdf(words: str = "Giấy xác nhận") -> bytes:
    """A result as an office writes it: PDF/A by typst."""
    return result_pdf(
        code="000.99.01.H26-240305-0001",
        number="12/XN",
        name=words,
        procedure="Cấp Giấy xác nhận tình trạng hôn nhân",
        applicant="Trần Văn Tú",
        unit="Ủy ban nhân dân phường Vạn Phúc",
        signer="Phạm Thị Hoa",
        officer="Lê Quang Minh",
        on=date(2024, 3, 5),
    )


@dataclass
class Desk:
    """Records results and delivers their events as the worker does."""

    story: Story
    home: Path
    root: Path
    numbers: Any = field(default_factory=lambda: iter(range(10, 99)))

    def record(self, content: bytes | None = None, **data: Any) -> ResultFile:
        dossier = self.story.at_desk()
        file = ContentFile(paper_pdf() if content is None else content, name="ket-qua.pdf")
        values = {
            "name": "Giấy xác nhận tình trạng hôn nhân",
            "number": f"{next(self.numbers)}/XN-UBND",
            "issued_on": date(2024, 3, 5),
            "signer_name": "Phạm Thị Hoa",
            "file": file,
            **data,
        }
        result = ResultData(**values)
        return record_result(actor=self.story.clerk, dossier_id=dossier.pk, result=result, now=self.story.now())

    def issue(self, dossier: Dossier | int, now: datetime | None = None) -> PaperVersion | None:
        """Deliver the dossier's last event that issues something."""
        pk = dossier if isinstance(dossier, int) else dossier.pk
        event = DossierEvent.objects.filter(dossier_id=pk, kind__in=ISSUING).latest("id")
        return issue_for_event(event.pk, now=now or self.story.now())

    def issued(self, content: bytes | None = None, **data: Any) -> PaperVersion:
        version = self.issue(self.record(content, **data).dossier_id)
        assert version is not None
        return version

    def code_of(self, version: PaperVersion) -> str:
        return VerificationCode.objects.get(version=version).code


@pytest.fixture
def desk(story: Story, settings: Any, tmp_path: Path) -> Iterator[Desk]:
    load_paper_types()
    Procedure.objects.filter(pk=story.procedure.procedure.pk).update(national_code=MARITAL)
    home = use_home(settings, tmp_path / "signing", Unit.objects.get(pk=story.clerk.unit_id).key)
    root = tmp_path / "store"
    storages = {**django_settings.STORAGES, "papers": {"BACKEND": FOLDER, "OPTIONS": {"location": str(root)}}}
    with override_settings(STORAGES=storages):
        yield Desk(story, home, root)
