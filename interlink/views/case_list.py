"""The list of linked cases; filters stand in the address."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from haddong_portal.common import clock
from haddong_portal.common.web.views import PortalView
from interlink import permissions
from interlink.selectors.case_list import CaseListPage, case_list
from interlink.selectors.group_pages import declarable

SCOPES: Mapping[str, tuple[str, str]] = {
    "cua-toi": ("mine", "Tôi tiếp nhận"),
    "don-vi": ("unit", "Đơn vị tôi"),
    "tat-ca": ("all", "Tất cả được xem"),
}
FLAGS: Mapping[str, tuple[str, str, str]] = {
    "": ("open", "Đang giải quyết", ""),
    "tre": ("late", "Có việc trễ", "alert-triangle"),
    "dung-lai": ("stuck", "Đứng lại", "hand-stop"),
    "cho-dong-y": ("confirming", "Chờ ý kiến đồng ý", "user-check"),
    "xong": ("ended", "Đã xong, đã dừng", "circle-check"),
}
TEXT_MAX = 100


class CaseListView(PortalView):
    permission = permissions.READ

    def get(self, request: HttpRequest) -> HttpResponse:
        scope = _known(request.GET.get("pham-vi", ""), SCOPES, "don-vi")
        flag = _known(request.GET.get("loc", ""), FLAGS, "")
        group, query = request.GET.get("nhom", "")[:TEXT_MAX], request.GET.get("q", "").strip()[:TEXT_MAX]
        page = case_list(
            actor=self.actor,
            scope=SCOPES[scope][0],
            flag=FLAGS[flag][0],
            group=group,
            q=query,
            cursor=request.GET.get("sau") or None,
            now=clock.now(),
        )
        words = {"pham-vi": scope, "loc": flag, "nhom": group, "q": query}
        may = declarable() if self.actor.has_right(permissions.OPEN) else ()
        return render(request, "interlink/list.html", {**_context(words, page), "may_declare": may})


def _context(words: Mapping[str, str], page: CaseListPage) -> dict[str, object]:
    return {
        "page": page,
        "query": words["q"],
        "tabs": [
            {"label": label, "url": _url(words, **{"pham-vi": word}), "active": words["pham-vi"] == word}
            for word, (_, label) in SCOPES.items()
        ],
        "chips": [
            {"label": label, "url": _url(words, loc=word), "active": words["loc"] == word, "icon": icon}
            | {"count": page.counts.get(flag)}
            for word, (flag, label, icon) in FLAGS.items()
        ],
        "next_url": _url(words, sau=page.next_cursor) if page.next_cursor else "",
    }


def _url(words: Mapping[str, str], **changes: str) -> str:
    return "?" + urlencode({name: value for name, value in {**words, **changes}.items() if value})


def _known(word: str, words: Mapping[str, object], default: str) -> str:
    return word if word in words else default
