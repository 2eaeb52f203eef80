"""A procedure whose lines name papers, and papers of citizen Tú in a store of the test's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from dossiers.rules.papers import ChecklistAnswer
from haddong_portal.accounts.models import Unit
from procedures.models import PaperRequirement
from tests.dossiers.screens.conftest import OpenSession, open_session  # noqa: F401 - a fixture
from tests.factories import PublishedProcedure, publish_procedure
from tests.papers.conftest import paper_types, papers_root, stored, tu  # noqa: F401 - fixtures

# A form to fill in, then papers by their type.
LINES = (
    ("Tờ khai theo mẫu", "", "submit", True),
    ("Giấy xác nhận tình trạng hôn nhân", "MARITAL_STATUS", "submit", True),
    ("Giấy khai sinh", "BIRTH_CERTIFICATE", "submit", True),
    ("Giấy chứng nhận kết hôn của cha mẹ", "MARRIAGE_CERTIFICATE", "submit", True),
    ("Thẻ căn cước", "IDENTITY", "present", True),
    ("Giấy tờ chứng minh nơi cư trú", "RESIDENCE_PROOF", "present", False),
    ("Sổ hộ khẩu", "HOUSEHOLD_BOOK", "present", True),
)
FORM, MARITAL, BIRTH, MARRIAGE, IDENTITY, RESIDENCE, BOOK = range(7)


@dataclass
class Counter:
    """The procedure, and answers that bring every paper that may be brought."""

    procedure: PublishedProcedure

    def answers(self, **changed: dict[str, Any]) -> tuple[ChecklistAnswer, ...]:
        """`MARITAL={"state": "electronic", "paper": …}` changes one line."""
        lines = []
        for place, paper in enumerate(self.procedure.papers):
            state = "missing" if place in (RESIDENCE, BOOK) else "paper"
            values = {"state": state, **changed.get(NAMES[place], {})}
            lines.append(ChecklistAnswer(paper.pk, paper.name, **values))
        return tuple(lines)


NAMES = ("FORM", "MARITAL", "BIRTH", "MARRIAGE", "IDENTITY", "RESIDENCE", "BOOK")


@pytest.fixture
def counter(ward: Unit) -> Counter:
    return counter_at(ward)


def counter_at(unit: Unit) -> Counter:
    """The procedure performed at a unit."""
    procedure = publish_procedure(at=unit, name="Đăng ký nhận nuôi con nuôi")
    PaperRequirement.objects.filter(case=procedure.case).delete()
    procedure.papers = [
        PaperRequirement.objects.create(
            case=procedure.case,
            position=position,
            name=name,
            paper_type=kind,
            kind=way,
            required=required,
            originals=1,
        )
        for position, (name, kind, way, required) in enumerate(LINES, start=1)
    ]
    return Counter(procedure)
