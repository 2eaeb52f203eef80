"""The desk's list of what was filed from home, and the files themselves."""

from __future__ import annotations

from urllib.parse import urlencode

from csp.decorators import csp_replace
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator

from dossiers import permissions
from dossiers.selectors.filed import filed_paper
from dossiers.selectors.filed_list import filed_list
from dossiers.views.slots import SHOWN_IN_OUR_FRAMES, paper_response
from haddong_portal.common import clock
from haddong_portal.common.web.views import PortalView

KINDS = {
    "": ("waiting", "Chờ kiểm tra", "inbox"),
    "bo-sung": ("sent", "Bổ sung mới gửi", "file-plus"),
    "cho-dan": ("returned", "Chờ người nộp bổ sung", "hourglass"),
    "da-rut": ("withdrawn", "Đã rút, đã dừng", "arrow-back-up"),
    "tu-choi": ("refused", "Đã từ chối", "ban"),
}


class FiledListView(PortalView):
    """`?loc=`, `?q=`, `?sau=`."""

    permission = permissions.FILED

    def get(self, request: HttpRequest) -> HttpResponse:
        word = request.GET.get("loc", "")
        word = word if word in KINDS else ""
        query = request.GET.get("q", "").strip()[:100]
        page = filed_list(
            actor=self.actor, kind=KINDS[word][0], q=query, cursor=request.GET.get("sau") or None, now=clock.now()
        )
        context = {
            "page": page,
            "kind": KINDS[word][0],
            "query": query,
            "chips": [
                {"label": label, "url": _url(loc=one, q=query), "active": one == word, "icon": icon}
                | {"count": page.counts.get(kind)}
                for one, (kind, label, icon) in KINDS.items()
            ],
            "next_url": _url(loc=word, q=query, sau=page.next_cursor) if page.next_cursor else "",
        }
        return render(request, "dossiers/filed_list.html", context)


def _url(**words: str | None) -> str:
    return "?" + urlencode({name: value for name, value in words.items() if value})


class FiledPaperView(PortalView):
    """One file, shown beside the act; only for those who may see what identifies people."""

    permission = permissions.READ_PERSONAL

    @method_decorator(csp_replace(SHOWN_IN_OUR_FRAMES))
    def get(self, request: HttpRequest, code: str, paper_id: int) -> FileResponse:
        return paper_response(filed_paper(actor=self.actor, code=code, paper_id=paper_id, now=clock.now()))
