"""What the desk has still to collect, as a list."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dossiers.permissions import UNPAID
from dossiers.selectors.unpaid import FLAGS, SORTS, unpaid_list
from haddong_portal.common.web.views import PortalView

FLAG_LABELS = {
    "": "Tất cả",
    "cho-tra": "Kết quả đang chờ trả",
    "chua-ro": "Chưa rõ số tiền",
    "nghia-vu": "Thuế, nghĩa vụ tài chính",
}
SORT_LABELS = {"cu-nhat": "Cũ nhất trước", "nhieu-nhat": "Nhiều tiền nhất trước"}


class UnpaidView(PortalView):
    permission = UNPAID

    def get(self, request: HttpRequest) -> HttpResponse:
        flag, sort = _one_of(request, "loc", FLAGS), _one_of(request, "xep", SORTS)
        q = request.GET.get("q", "").strip()[:100]
        page = unpaid_list(actor=self.actor, flag=flag, q=q, sort=sort, cursor=request.GET.get("sau") or None)
        asked = {"loc": flag, "xep": sort, "q": q}
        context = {
            "page": page,
            "q": q,
            "flag": flag,
            "sort": sort,
            "chips": [_link(label, flag == key, {**asked, "loc": key}) for key, label in FLAG_LABELS.items()],
            "sorts": [_link(label, sort == key, {**asked, "xep": key}) for key, label in SORT_LABELS.items()],
            "next_url": _url({**asked, "sau": page.next_cursor}) if page.next_cursor else "",
        }
        return render(request, "dossiers/money/unpaid.html", context)


def _one_of(request: HttpRequest, name: str, known: tuple[str, ...]) -> str:
    asked = request.GET.get(name, "")
    return asked if asked in known else known[0]


def _url(params: dict[str, str | None]) -> str:
    return "?" + urlencode({key: value for key, value in params.items() if value})


def _link(label: str, active: bool, params: dict[str, str | None]) -> dict[str, object]:
    return {"label": label, "url": _url(params), "active": active}
