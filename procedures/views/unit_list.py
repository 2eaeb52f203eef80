"""Where to go: the units, and what one of them does."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from haddong_portal.accounts.selectors.calendar import opening_text
from haddong_portal.common import clock
from haddong_portal.common.rights import PUBLIC
from haddong_portal.common.web.views import PortalView
from procedures.selectors.browsing import catalogue_of_unit
from procedures.selectors.finding import unit_choices


class UnitsView(PortalView):
    """Every desk that receives dossiers."""

    permission = PUBLIC

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "procedures/units.html", {"units": unit_choices()})


class UnitView(PortalView):
    """What a unit performs, and what it does not, with the reason."""

    permission = PUBLIC

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        catalogue = catalogue_of_unit(key)
        hours = opening_text(clock.today(), catalogue.unit.pk)
        return render(request, "procedures/unit.html", {"catalogue": catalogue, "unit": catalogue.unit, "hours": hours})
