"""Which paper each line of the checklists asks for: what the store can answer follows from it."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from haddong_portal.common.errors import DomainError
from haddong_portal.common.web.views import PortalView
from procedures.permissions import EDIT
from procedures.selectors.paper_lines import ALL, NONE, TYPED, paper_lines, type_choices
from procedures.services.set_paper_type import BOOKS, set_paper_type
from procedures.views.asked import asked

SHOWN = ((NONE, "Chưa có loại"), (TYPED, "Đã có loại"), (ALL, "Tất cả"))


class PaperLinesView(PortalView):
    permission = EDIT

    def get(self, request: HttpRequest) -> HttpResponse:
        q, show = asked(request, "q", 100), asked(request, "loai", 5)
        show = show if show in dict(SHOWN) else NONE
        context = {
            "q": q,
            "show": show,
            "lines": paper_lines(words=q, show=show),
            "types": type_choices(),
            "fixed": BOOKS,
            "tabs": [
                {"label": label, "url": _address(q, value), "active": value == show, "icon": "files"}
                for value, label in SHOWN
            ],
        }
        return render(request, "procedures/paper_lines.html", context)

    def post(self, request: HttpRequest) -> HttpResponse:
        line, code = request.POST.get("line", ""), request.POST.get("code", "")
        try:
            count = set_paper_type(
                actor=self.actor, requirement_id=int(line) if line.isdecimal() and len(line) < 12 else 0, code=code
            )
        except DomainError as error:
            messages.error(request, f"{error.message} Mã: {error.code}")
        else:
            messages.success(request, f"Đã ghi loại giấy tờ cho {count} thành phần hồ sơ. Quầy tiếp nhận dùng ngay.")
        return redirect(_address(request.POST.get("q", "")[:100], request.POST.get("loai", "")[:5]))


def _address(q: str, show: str) -> str:
    words = {name: value for name, value in (("q", q), ("loai", show)) if value}
    return f"{reverse('procedures:paper-lines')}?{urlencode(words)}"
