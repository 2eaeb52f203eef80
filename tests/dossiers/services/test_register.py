"""The register of a unit and year: every dossier once, in order, without gaps; closed once its year is over."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from dossiers.models import Dossier, RegisterBook
from dossiers.selectors.register import book_page, book_state, closed_lines, require_book
from dossiers.selectors.register_export import register_file
from dossiers.services.close_register import close_register
from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Unit
from haddong_portal.audit.models import AuditEntry
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError
from tests.dossiers.conftest import Story
from tests.factories import MORNING, citizen, make_actor

pytestmark = pytest.mark.django_db
YEAR = MORNING.year
NEXT_YEAR = MORNING + timedelta(days=320)


def refused(call: Callable[[], object]) -> str:
    with pytest.raises(DomainError) as refusal:
        call()
    return refusal.value.code


@pytest.fixture
def head(ward: Unit) -> Actor:
    return make_actor(ward, Role.ONE_STOP_HEAD, "Đỗ Văn Thành")


@pytest.fixture
def three(story: Story) -> list[Dossier]:
    return [story.received(person=citizen(f"Người {number}", number + 10)) for number in (1, 2, 3)]


class TestReading:
    def test_each_dossier_is_a_line_in_order(self, story: Story, ward: Unit, three: list[Dossier]) -> None:
        first, after = book_page(ward.pk, YEAR, limit=2)
        rest, end = book_page(ward.pk, YEAR, after=str(after), limit=2)
        assert [line.code for line in (*first, *rest)] == [dossier.code for dossier in three]
        assert ([line.line_no for line in (*first, *rest)], end) == ([1, 2, 3], None)
        state = book_state(ward, YEAR)
        assert (state.book_no, state.line_count, state.is_gapless, state.closed) == (f"01/{YEAR}", 3, True, None)

    def test_who_signed_for_the_result_stands_in_the_line(self, story: Story, ward: Unit) -> None:
        story.returned()
        line = book_page(ward.pk, YEAR)[0][0]
        assert (line.signature, bool(line.returned_at)) == ("Trần Văn Tú (ký nhận trên sổ)", True)

    def test_a_page_costs_one_statement(self, ward: Unit, three: list[Dossier]) -> None:
        with CaptureQueriesContext(connection) as found:
            book_page(ward.pk, YEAR)
        assert len(found) == 1

    def test_only_the_own_book_unless_one_oversees(self, ward: Unit, story: Story, stranger_nga: Actor) -> None:
        assert require_book(story.clerk, ward.pk) == ward
        assert require_book(make_actor(ward, Role.INSPECTOR, "Hồ Văn An"), ward.pk) == ward
        assert refused(lambda: require_book(stranger_nga, ward.pk)) == "register.other_unit"
        assert refused(lambda: require_book(story.officer, ward.pk)) == "auth.not_allowed"
        assert refused(lambda: book_page(ward.pk, YEAR, after="hai")) == "list.bad_cursor"


class TestExport:
    def test_a_spreadsheet_holds_every_line(self, story: Story, ward: Unit, three: list[Dossier]) -> None:
        content = register_file(actor=story.clerk, unit_id=ward.pk, year=YEAR, kind="xlsx", now=MORNING)
        sheet = load_workbook(io.BytesIO(content)).worksheets[0]
        rows = list(sheet.iter_rows(values_only=True))
        assert rows[0][:2] == ("STT", "Mã hồ sơ")
        assert [row[1] for row in rows[1:]] == [dossier.code for dossier in three]
        assert AuditEntry.objects.filter(object_type="register", purpose="xuất sổ xlsx").count() == 1

    def test_a_text_is_never_a_formula(self, story: Story, ward: Unit) -> None:
        Dossier.objects.filter(pk=story.received().pk).update(applicant_name="=HYPERLINK(1)")
        content = register_file(actor=story.clerk, unit_id=ward.pk, year=YEAR, kind="csv", now=MORNING)
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
        assert rows[1][3] == "'=HYPERLINK(1)" and rows[1][5] == "0912345678"

    def test_oversight_gets_neither_address_nor_phone(self, ward: Unit, three: list[Dossier]) -> None:
        inspector = make_actor(ward, Role.INSPECTOR, "Hồ Văn An")
        content = register_file(actor=inspector, unit_id=ward.pk, year=YEAR, kind="csv", now=MORNING)
        assert "0912345678" not in content.decode("utf-8-sig")

    def test_the_form_is_printed(self, story: Story, ward: Unit, three: list[Dossier]) -> None:
        content = register_file(actor=story.clerk, unit_id=ward.pk, year=YEAR, kind="pdf", now=MORNING)
        assert content.startswith(b"%PDF")
        again = {"actor": story.clerk, "unit_id": ward.pk, "year": YEAR, "now": MORNING}
        assert refused(lambda: register_file(**again, kind="docx")) == "register.kind"


class TestClosing:
    def test_a_closed_book_keeps_its_lines(self, story: Story, ward: Unit, head: Actor, three: list[Dossier]) -> None:
        book = close_register(actor=head, unit_id=ward.pk, year=YEAR, now=NEXT_YEAR)
        assert (book.line_count, book.sha256) == (3, hashlib.sha256(book.lines.encode()).hexdigest())
        Dossier.objects.filter(pk=three[0].pk).update(applicant_name="Đổi sau khi khóa")
        kept = closed_lines(RegisterBook.objects.get())
        assert [line.applicant_name for line in kept] == ["Người 1", "Người 2", "Người 3"]
        content = register_file(actor=story.clerk, unit_id=ward.pk, year=YEAR, kind="csv", now=NEXT_YEAR)
        assert "Đổi sau khi khóa" not in content.decode("utf-8-sig")
        assert register_file(actor=head, unit_id=ward.pk, year=YEAR, kind="pdf", now=NEXT_YEAR).startswith(b"%PDF")

    def test_when_it_is_refused(self, ward: Unit, head: Actor, three: list[Dossier], story: Story) -> None:
        def closing(**data: object) -> str:
            given = {"actor": head, "unit_id": ward.pk, "year": YEAR, "now": NEXT_YEAR, **data}
            return refused(lambda: close_register(**given))  # type: ignore[arg-type]

        assert closing(actor=story.clerk) == "auth.not_allowed"
        assert closing(now=MORNING) == "register.year_not_over"
        assert closing(year=YEAR - 1) == "register.empty"
        assert closing(unit_id=0) == "register.other_unit"
        Dossier.objects.filter(pk=three[1].pk).update(line_no=9)
        assert closing() == "register.gap"
        Dossier.objects.filter(pk=three[1].pk).update(line_no=2)
        close_register(actor=head, unit_id=ward.pk, year=YEAR, now=NEXT_YEAR)
        assert closing() == "register.closed"
