"""The staff's view of the paper store. A person's number is POSTed: it must not stand in an address or a log."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from dossiers.papers import permissions
from dossiers.papers.constants import FileState
from dossiers.papers.forms.look import LookForm
from dossiers.papers.selectors.store_page import broken_files, store_health
from dossiers.papers.services.look_into_store import Looked, look_into_store
from dossiers.papers.services.recheck_file import recheck_file
from haddong_portal.common.errors import DomainError
from haddong_portal.common.text import plain_number
from haddong_portal.common.web.forms import add_domain_error
from haddong_portal.common.web.views import PortalView


class StoreView(PortalView):
    """What the store holds of one person."""

    permission = permissions.SEE

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._page(request, LookForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = LookForm(request.POST)
        if not form.is_valid():
            return self._page(request, form, status=422)
        try:
            found = look_into_store(actor=self.actor, **form.cleaned_data)
        except DomainError as error:
            add_domain_error(form, error)
            return self._page(request, form, status=error.status)
        return self._page(request, form, found)

    def _page(
        self, request: HttpRequest, form: LookForm, found: Looked | None = None, *, status: int = 200
    ) -> HttpResponse:
        context = {"form": form, "found": found, "tabs": store_tabs(self, "papers:store")}
        return render(request, "papers/store.html", context, status=status)


class BrokenFilesView(PortalView):
    """Files that are not what was stored; `?sau=`."""

    permission = permissions.FILES

    def get(self, request: HttpRequest) -> HttpResponse:
        page = broken_files(after=plain_number(request.GET.get("sau", "")))
        context = {
            "page": page,
            "health": store_health(),
            "next_url": f"?sau={page.next_cursor}" if page.next_cursor else "",
            "tabs": store_tabs(self, "papers:broken-files"),
        }
        return render(request, "papers/broken_files.html", context)


class RecheckFileView(PortalView):
    permission = permissions.FILES

    def post(self, request: HttpRequest, file_id: int) -> HttpResponse:
        state = recheck_file(actor=self.actor, file_id=file_id)
        if state == FileState.PRESENT:
            messages.success(request, "Tệp nguyên vẹn. Giấy tờ dùng lại được.")
        else:
            messages.warning(request, f"Tệp vẫn {state.label}. Xin khôi phục từ bản sao lưu rồi kiểm tra lại.")
        return redirect("papers:broken-files")


TABS = (
    ("papers:store", "Giấy tờ của một người", "user-search", permissions.SEE),
    ("papers:corrections", "Đề nghị sửa", "edit", permissions.STORE),
    ("papers:broken-files", "Tệp hỏng", "shield-x", permissions.FILES),
    ("papers:given-up", "Bản quét chưa đọc được", "scan", permissions.FILES),
)


def store_tabs(view: PortalView, active: str) -> list[dict[str, object]]:
    """The parts of the store that this person may open; none when it is only one."""
    mine = [tab for tab in TABS if view.actor.has_right(tab[3])]
    return [
        {"label": label, "url": reverse(name), "icon": icon, "active": name == active}
        for name, label, icon, _ in mine
        if len(mine) > 1
    ]
