"""Opinions that other units ask of mine: to answer, and answered."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dossiers import permissions
from dossiers.selectors.opinion_list import opinion_list
from haddong_portal.common import clock
from haddong_portal.common.web.views import PortalView

ANSWERED = "da-tra-loi"


class OpinionListView(PortalView):
    permission = permissions.ANSWER_LIST

    def get(self, request: HttpRequest) -> HttpResponse:
        answered = request.GET.get("xem") == ANSWERED
        page = opinion_list(actor=self.actor, answered=answered, cursor=request.GET.get("sau") or None, now=clock.now())
        which = {"xem": ANSWERED} if answered else {}
        context = {
            "page": page,
            "answered": answered,
            "tabs": [
                {"label": "Chờ trả lời", "url": "?", "active": not answered, "count": page.open_count},
                {"label": "Đã trả lời", "url": f"?xem={ANSWERED}", "active": answered},
            ],
            "next_url": "?" + urlencode({**which, "sau": page.next_cursor}) if page.next_cursor else "",
        }
        return render(request, "dossiers/opinion_list.html", context)
