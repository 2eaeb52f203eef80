"""The register (sổ theo dõi hồ sơ, Mẫu 06) of a unit: its lines are the dossiers, gapless and in order.

The rule-set that a dossier was accepted under says how long a book is written: a year, or a quarter (`numbering`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db.models import Count, Max, Min, QuerySet

from dossiers.constants import CollectMethod, Delivery
from dossiers.models import Dossier, RegisterBook
from dossiers.permissions import OVERSIGHT, REGISTER
from dossiers.rules.numbering import book_number, book_on, book_words, books_of, quarter_of
from dossiers.selectors.rulesets import rules_on
from haddong_portal.accounts.models import Unit
from haddong_portal.common.actors import Actor
from haddong_portal.common.clock import local
from haddong_portal.common.errors import DomainError, NotAllowed
from haddong_portal.common.text import plain_number

ROWS = 50
CHUNK = 500


@dataclass(frozen=True)
class BookLine:
    """One line as the book has it; moments are ISO texts, "" where the cell is empty."""

    line_no: int
    code: str
    procedure_name: str
    applicant_name: str
    address: str
    phone: str
    settling_unit: str
    received_at: str
    due_at: str
    returned_at: str
    result_method: str
    signature: str

    @property
    def received_text(self) -> str:
        return shown_moment(self.received_at)

    @property
    def due_text(self) -> str:
        return shown_moment(self.due_at)

    @property
    def returned_text(self) -> str:
        return shown_moment(self.returned_at)


@dataclass(frozen=True)
class BookState:
    """A unit's book of a year, or of a `quarter` of it: how many lines, whether gapless, and how it was closed."""

    unit_id: int
    unit_name: str
    year: int
    quarter: str
    book_no: str
    line_count: int
    is_gapless: bool
    closed: RegisterBook | None

    @property
    def words(self) -> str:
        """Which book this is: "năm 2024", "quý II năm 2024"."""
        return book_words(self.year, self.quarter)


def shown_moment(text: str) -> str:
    """ "09:05 19/02/2024" for a stored moment, "" for none."""
    return f"{datetime.fromisoformat(text):%H:%M %d/%m/%Y}" if text else ""


def quarters_of(unit_id: int, year: int, *, today: date) -> list[str]:
    """The books of that year that have lines, and the one that is written today: "" for a year's. One statement."""
    rows = Dossier.objects.filter(receiving_unit=unit_id, book_no__in=books_of(year)).order_by()
    found = set(rows.values_list("book_no", flat=True).distinct())
    if year == today.year:
        found.add(book_on(rules_on(today).policy.acts, today).number)
    return [quarter_of(number) for number in books_of(year) if number in found] or [""]


def require_book(actor: Actor, unit_id: int) -> Unit:
    """The unit whose book the actor may read: the own desk's, for oversight any. NotAllowed register.other_unit."""
    actor.require(REGISTER)
    unit = Unit.objects.select_related("parent").filter(pk=unit_id).first()
    if unit is None or (unit_id not in actor.unit_ids and actor.role not in OVERSIGHT):
        raise NotAllowed("Sổ của bộ phận Một cửa khác.", code="register.other_unit")
    return unit


def books_to_read(actor: Actor) -> list[tuple[int, str]]:
    """The desks whose books the actor may open, by name."""
    rows = Unit.objects.filter(has_one_stop_desk=True).order_by("name")
    if actor.role not in OVERSIGHT:
        rows = rows.filter(pk__in=actor.unit_ids)
    return list(rows.values_list("pk", "name"))


def book_state(unit: Unit, year: int, quarter: str = "") -> BookState:
    """Two statements."""
    book_no = book_number(year, quarter)
    found = _lines_of(unit.pk, book_no).aggregate(count=Count("pk"), first=Min("line_no"), last=Max("line_no"))
    gapless = not found["count"] or (found["first"] == 1 and found["last"] == found["count"])
    closed = RegisterBook.objects.select_related("closed_by").filter(unit=unit, book_no=book_no).first()
    return BookState(unit.pk, unit.name, year, quarter, book_no, found["count"], gapless, closed)


def book_page(
    unit_id: int, year: int, quarter: str = "", *, after: str = "", limit: int = ROWS
) -> tuple[list[BookLine], int | None]:
    """Lines after line number `after` in order, and the cursor of the next page. DomainError list.bad_cursor."""
    rows = _lines_of(unit_id, book_number(year, quarter))
    if after:
        line_no = plain_number(after)
        if line_no is None:
            raise DomainError("list.bad_cursor", "Trang này không còn, xin mở lại danh sách từ đầu.")
        rows = rows.filter(line_no__gt=line_no)
    lines = [_line(row) for row in rows[: limit + 1]]
    return lines[:limit], lines[limit - 1].line_no if len(lines) > limit else None


def book_lines(unit_id: int, year: int, quarter: str = "") -> Iterator[BookLine]:
    """Every line as it stands now, without holding all rows."""
    for row in _lines_of(unit_id, book_number(year, quarter)).iterator(CHUNK):
        yield _line(row)


def closed_lines(book: RegisterBook) -> list[BookLine]:
    """The lines as they stood when the book was closed."""
    return [BookLine(**line) for line in json.loads(book.lines)]


def written_lines(lines: Sequence[BookLine]) -> str:
    """The lines as one text, the same for the same lines: what the seal is taken over."""
    return json.dumps([asdict(line) for line in lines], ensure_ascii=False, separators=(",", ":"))


def _lines_of(unit_id: int, book_no: str) -> QuerySet[Dossier]:
    rows: QuerySet[Dossier] = Dossier.objects.filter(receiving_unit=unit_id, book_no=book_no, line_no__isnull=False)
    joined = rows.select_related("handling_unit", "hand_over").order_by("line_no")
    return joined.only(
        *("line_no", "code", "procedure_name", "applicant_name", "applicant_address", "phone", "accepted_at"),
        *("due_at", "returned_at", "delivery", "handling_unit__name", "receiving_unit_id", "book_no"),
        *("hand_over__collector_name", "hand_over__method", "hand_over__dossier_id"),
    )


def _line(row: Dossier) -> BookLine:
    taken = getattr(row, "hand_over", None)
    return BookLine(
        line_no=row.line_no or 0,
        code=row.code,
        procedure_name=row.procedure_name,
        applicant_name=row.applicant_name,
        address=row.applicant_address,
        phone=row.phone,
        settling_unit=row.handling_unit.name,
        received_at=_text(row.accepted_at),
        due_at=_text(row.due_at),
        returned_at=_text(row.returned_at),
        result_method=str(Delivery(row.delivery).label),
        signature=f"{taken.collector_name} ({CollectMethod(taken.method).label.lower()})" if taken else "",
    )


def _text(moment: datetime | None) -> str:
    return local(moment).isoformat(timespec="minutes") if moment else ""
