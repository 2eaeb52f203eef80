"""The citizen's home: one search box, six life events, the way to a dossier, today's hours."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from haddong_portal.accounts.selectors.calendar import opening_text
from haddong_portal.common import clock
from haddong_portal.common.rights import PUBLIC
from haddong_portal.common.web.views import PortalView
from procedures.selectors.browsing import life_events
from procedures.selectors.finding import unit_choices


class PublicHomeView(PortalView):
    """Without a login and without a script: the box is a form, the rest are links."""

    permission = PUBLIC

    def get(self, request: HttpRequest) -> HttpResponse:
        desk = next(iter(unit_choices()), None)
        today = clock.today()
        context = {
            "life_events": life_events(),
            "desk": desk,
            "today": today,
            "hours": opening_text(today, desk.pk) if desk else "",
        }
        return render(request, "home/public.html", context)
