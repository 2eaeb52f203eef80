"""The signed-in citizen's dossiers."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dossiers.selectors.own_list import own_dossiers
from haddong_portal.common.web.views import CitizenView


class OwnDossiersView(CitizenView):
    def get(self, request: HttpRequest) -> HttpResponse:
        lines = own_dossiers(actor=self.actor)
        context = {"open": [one for one in lines if one.is_open], "ended": [one for one in lines if not one.is_open]}
        return render(request, "dossiers/own/dossiers.html", context)
