"""The clerk's day-end: figures, receipts, counted cash, one signature; signed sheets as PDF."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from dossiers.forms.day_end import DayEndForm
from dossiers.permissions import DAY_END
from dossiers.selectors.day_end import day_figures, open_drawers, sheet_on, sheets_of
from dossiers.selectors.day_end_pdf import day_end_pdf
from dossiers.services.close_day import close_day
from haddong_portal.common import clock
from haddong_portal.common.errors import DomainError
from haddong_portal.common.web.forms import add_domain_error
from haddong_portal.common.web.views import PortalView


class DayEndView(PortalView):
    permission = DAY_END

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._page(request, _day(request), DayEndForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        day, form = _day(request), DayEndForm(request.POST)
        if form.is_valid():
            try:
                sheet = close_day(actor=self.actor, day=day, **form.cleaned_data)
            except DomainError as error:
                add_domain_error(form, error)
            else:
                messages.success(request, f"Đã khóa ngày {sheet.day:%d/%m/%Y}.")
                return redirect(f"{reverse('dossiers:day-end')}?ngay={day.isoformat()}")
        return self._page(request, day, form, status=422)

    def _page(self, request: HttpRequest, day: date, form: DayEndForm, *, status: int = 200) -> HttpResponse:
        actor = self.actor
        context = {
            "day": day,
            "today": clock.today(),
            "figures": day_figures(unit_id=actor.unit_id or 0, clerk_id=actor.user_id or 0, day=day),
            "sheet": sheet_on(actor, day),
            "sheets": sheets_of(actor),
            "drawers": open_drawers(actor, day),
            "form": form,
        }
        return render(request, "dossiers/money/day_end.html", context, status=status)


class DayEndPdfView(PortalView):
    permission = DAY_END

    def get(self, request: HttpRequest, sheet_id: int) -> HttpResponse:
        response = HttpResponse(
            day_end_pdf(actor=self.actor, sheet_id=sheet_id, now=clock.now()), content_type="application/pdf"
        )
        response["Content-Disposition"] = f'inline; filename="doi-soat-{sheet_id}.pdf"'
        response["X-Frame-Options"] = "SAMEORIGIN"
        response["Cache-Control"] = "private, no-store"
        return response


def _day(request: HttpRequest) -> date:
    """The asked day; today when it says nothing readable or a day to come."""
    today = clock.today()
    try:
        asked = date.fromisoformat(request.GET.get("ngay", ""))
    except ValueError:
        return today
    return min(asked, today)
