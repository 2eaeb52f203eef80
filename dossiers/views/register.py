"""The register on screen, its exports, closing it; the control sheet of one dossier."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from dossiers.permissions import CLOSE_REGISTER, READ, REGISTER
from dossiers.rules.numbering import book_words, is_over, quarter_of
from dossiers.selectors.control_sheet_pdf import control_sheet_pdf
from dossiers.selectors.register import BookState, book_page, book_state, books_to_read, quarters_of, require_book
from dossiers.selectors.register_export import record_reading, register_file
from dossiers.services.close_register import close_register
from haddong_portal.common import clock
from haddong_portal.common.errors import DomainError
from haddong_portal.common.text import plain_number
from haddong_portal.common.web.views import PortalView

YEARS_BACK = 6
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}


class RegisterView(PortalView):
    permission = REGISTER

    def get(self, request: HttpRequest) -> HttpResponse:
        units = books_to_read(self.actor)
        unit_id, year = _unit(request, units), _year(request)
        unit = require_book(self.actor, unit_id)
        today = clock.today()
        quarters = quarters_of(unit_id, year, today=today)
        quarter = _quarter(request, quarters)
        state = book_state(unit, year, quarter)
        lines, after = book_page(unit_id, year, quarter, after=request.GET.get("sau", ""))
        record_reading(actor=self.actor, unit_id=unit_id, state=state, lines=lines, purpose="xem sổ", now=clock.now())
        context = {
            "state": state,
            "lines": lines,
            "units": units,
            "years": range(today.year, today.year - YEARS_BACK, -1),
            "quarters": quarters,
            "shows_personal": self.actor.has_right("dossier.read_personal"),
            "may_close": self._may_close(state, today),
            "next_url": _page_url(unit_id, year, quy=quarter, sau=after) if after else "",
        }
        return render(request, "dossiers/register/register.html", context)

    def _may_close(self, state: BookState, today: date) -> bool:
        over = is_over(state.year, state.quarter, today=today)
        return self.actor.has_right(CLOSE_REGISTER) and over and state.closed is None


class RegisterFileView(PortalView):
    permission = REGISTER

    def get(self, request: HttpRequest, unit_id: int, year: int, kind: str) -> HttpResponse:
        quarter = _known_quarter(request.GET.get("quy", ""))
        content = register_file(
            actor=self.actor, unit_id=unit_id, year=year, quarter=quarter, kind=kind, now=clock.now()
        )
        response = HttpResponse(content, content_type=TYPES[kind])
        shown = "inline" if kind == "pdf" else "attachment"
        response["Content-Disposition"] = f'{shown}; filename="so-theo-doi-{unit_id}-{year}{quarter}.{kind}"'
        response["Cache-Control"] = "private, no-store"
        return response


class CloseRegisterView(PortalView):
    permission = CLOSE_REGISTER

    def post(self, request: HttpRequest, unit_id: int, year: int) -> HttpResponse:
        quarter = _known_quarter(request.POST.get("quy", ""))
        try:
            book = close_register(actor=self.actor, unit_id=unit_id, year=year, quarter=quarter)
        except DomainError as error:
            messages.error(request, f"{error.message} (mã: {error.code})")
        else:
            messages.success(request, f"Đã khóa sổ {book_words(year, quarter)}: {book.line_count} hồ sơ.")
        return redirect(reverse("dossiers:register") + _page_url(unit_id, year, quy=quarter))


class ControlSheetView(PortalView):
    permission = READ

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        pdf = control_sheet_pdf(actor=self.actor, code=code, now=clock.now())
        response = HttpResponse(pdf, content_type="application/pdf")
        response["Content-Disposition"] = f'inline; filename="phieu-kiem-soat-{code}.pdf"'
        response["X-Frame-Options"] = "SAMEORIGIN"
        response["Cache-Control"] = "private, no-store"
        return response


def _unit(request: HttpRequest, units: list[tuple[int, str]]) -> int:
    asked = plain_number(request.GET.get("don-vi", ""))
    if asked is not None:
        return asked
    return units[0][0] if units else 0


def _year(request: HttpRequest) -> int:
    asked, this_year = plain_number(request.GET.get("nam", ""), digits_max=4), clock.today().year
    return asked if asked is not None and 2000 <= asked <= this_year else this_year


def _quarter(request: HttpRequest, quarters: list[str]) -> str:
    """The book asked for; else the newest one of the year."""
    asked = request.GET.get("quy", quarters[-1])
    return asked if asked in quarters else quarters[-1]


def _known_quarter(asked: str) -> str:
    return quarter_of(f"{asked}/")


def _page_url(unit_id: int, year: int, **more: object) -> str:
    return "?" + urlencode({"don-vi": unit_id, "nam": year, **more})
