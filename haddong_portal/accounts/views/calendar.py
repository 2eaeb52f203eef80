"""The calendar of a year, and changing one of its days with a reason."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from haddong_portal.accounts.forms.organisation import CalendarDayForm
from haddong_portal.accounts.selectors.calendar import work_calendar_for
from haddong_portal.accounts.selectors.year import calendar_day, calendar_year, day_history, latest_versions
from haddong_portal.accounts.services.change_calendar_day import change_calendar_day
from haddong_portal.common import clock
from haddong_portal.common.errors import DomainError, NotFound
from haddong_portal.common.web.forms import add_domain_error
from haddong_portal.common.web.views import PortalView

YEARS = range(2020, 2100)


class CalendarView(PortalView):
    permission = "calendar.read"

    def get(self, request: HttpRequest, year: int = 0) -> HttpResponse:
        wanted = year or clock.today().year
        if wanted not in YEARS:
            raise NotFound("Lịch chỉ có từ năm 2020.", code="calendar.year")
        context = {"year": calendar_year(wanted), "versions": latest_versions(), "weekdays": WEEKDAYS}
        return render(request, "accounts/calendar.html", context)


class CalendarDayView(PortalView):
    permission = "calendar.change"

    def get(self, request: HttpRequest, on: str) -> HttpResponse:
        day = _day(on)
        entry, row = work_calendar_for().entry(day), calendar_day(day)
        facts = {"name": row.name, "legal_source": row.legal_source} if row else {}
        initial = {"kind": entry.kind.value, **facts}
        return self._page(request, day, CalendarDayForm(initial=initial))

    def post(self, request: HttpRequest, on: str) -> HttpResponse:
        day, form = _day(on), CalendarDayForm(request.POST)
        if form.is_valid():
            try:
                version = change_calendar_day(actor=self.actor, on=day, **form.cleaned_data)
            except DomainError as error:
                add_domain_error(form, error)
            else:
                messages.success(
                    request,
                    f"Đã sửa ngày {day:%d/%m/%Y}. Lịch hiện hành là số {version.number}; ngày hẹn được tính lại.",
                )
                return redirect(reverse("accounts:calendar-year", args=[day.year]))
        return self._page(request, day, form, status=422)

    def _page(self, request: HttpRequest, day: date, form: CalendarDayForm, *, status: int = 200) -> HttpResponse:
        context = {"day": day, "entry": work_calendar_for().entry(day), "form": form, "history": day_history(day)}
        return render(request, "accounts/calendar_day.html", context, status=status)


WEEKDAYS = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")


def _day(text: str) -> date:
    try:
        found = date.fromisoformat(text)
    except ValueError as error:
        raise NotFound("Không có ngày này.", code="calendar.day") from error
    if found.year not in YEARS:
        raise NotFound("Lịch chỉ có từ năm 2020.", code="calendar.year")
    return found
