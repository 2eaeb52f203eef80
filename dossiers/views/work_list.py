"""What there is to do: mine, my unit's, due soon, overdue; most urgent first."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dossiers.selectors.work_list import work_list
from haddong_portal.common import clock
from haddong_portal.common.web.views import PortalView

SCOPES = {
    "cua-toi": ("mine", "Của tôi"),
    "don-vi": ("unit", "Đơn vị tôi"),
    "song-song": ("beside", "Bước song song"),
    "tat-ca": ("all", "Tất cả được xem"),
}
FLAGS = {
    "": (None, "Mọi hồ sơ", ""),
    "qua-han": ("overdue", "Quá hạn", "alert-triangle"),
    "sap-den-han": ("due_soon", "Sắp đến hạn", "clock"),
    "cho-nhan": ("waiting", "Chờ nhận việc", "inbox"),
}
PAGE_ROWS = (50, 100)


class WorkListView(PortalView):
    permission = "dossier.read"

    def get(self, request: HttpRequest) -> HttpResponse:
        scope = request.GET.get("pham-vi", "don-vi")
        scope = scope if scope in SCOPES else "don-vi"
        flag = request.GET.get("loc", "")
        flag = flag if flag in FLAGS else ""
        query = request.GET.get("q", "").strip()[:100]
        page = work_list(
            actor=self.actor,
            scope=SCOPES[scope][0],
            flag=FLAGS[flag][0],
            q=query or None,
            cursor=request.GET.get("sau") or None,
            limit=_rows_wanted(request),
            now=clock.now(),
        )
        context = {
            "page": page,
            "query": query,
            "scope": scope,
            "flag": flag,
            "tabs": [_link(label, scope == key, {"pham-vi": key, "q": query}) for key, (_, label) in SCOPES.items()],
            "chips": _chips(scope, flag, query, page.counts),
            "next_url": _url(
                {
                    "pham-vi": scope,
                    "loc": flag,
                    "q": query,
                    "so-dong": request.GET.get("so-dong"),
                    "sau": page.next_cursor,
                }
            )
            if page.next_cursor
            else "",
        }
        return render(request, "dossiers/work_list.html", context)


def _rows_wanted(request: HttpRequest) -> int:
    """`?so-dong=100`: the longer page."""
    asked = request.GET.get("so-dong", "")
    return int(asked) if asked in {str(rows) for rows in PAGE_ROWS} else PAGE_ROWS[0]


def _url(params: dict[str, str | None]) -> str:
    return "?" + urlencode({key: value for key, value in params.items() if value})


def _link(label: str, active: bool, params: dict[str, str | None]) -> dict[str, object]:
    return {"label": label, "url": _url(params), "active": active}


def _chips(scope: str, flag: str, query: str, counts: dict[str, int]) -> list[dict[str, object]]:
    chips = []
    for key, (name, label, icon) in FLAGS.items():
        link = _link(label, key == flag, {"pham-vi": scope, "loc": key, "q": query})
        chips.append({**link, "icon": icon, "count": counts.get(name) if name else None})
    return chips
