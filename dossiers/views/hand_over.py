"""Results waiting at the desk, and handing one over."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dossiers import permissions
from dossiers.rules.lifecycle import Command
from dossiers.selectors.work_list import work_list
from dossiers.services.hand_over_result import hand_over_result
from dossiers.views.acts import ActView
from haddong_portal.common import clock
from haddong_portal.common.web.views import PortalView


class ReadyListView(PortalView):
    permission = permissions.HAND_OVER

    def get(self, request: HttpRequest) -> HttpResponse:
        query = request.GET.get("q", "").strip()[:100]
        page = work_list(
            actor=self.actor,
            scope="desk_ready",
            flag=None,
            q=query or None,
            cursor=request.GET.get("sau") or None,
            now=clock.now(),
        )
        next_url = f"?sau={page.next_cursor}" if page.next_cursor else ""
        return render(request, "dossiers/ready_list.html", {"page": page, "query": query, "next_url": next_url})


class HandOverView(ActView):
    permission, command, done = permissions.HAND_OVER, Command.HAND_OVER, "Đã trả kết quả."

    def act(self, dossier_id: int, data: dict[str, Any]) -> None:
        hand_over_result(actor=self.actor, dossier_id=dossier_id, **data)
