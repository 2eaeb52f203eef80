"""The audit log for inspectors. Searches are POSTed: an identity number must not stand in an address or a log."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from haddong_portal.audit.forms.search import SearchForm
from haddong_portal.audit.selectors.entries import EntryPage
from haddong_portal.audit.services.record_access import record_access
from haddong_portal.audit.services.search_entries import Search, search_entries
from haddong_portal.audit.services.verify_chain import verify_chain
from haddong_portal.common.errors import DomainError
from haddong_portal.common.web.forms import add_domain_error
from haddong_portal.common.web.views import PortalView


class EntriesView(PortalView):
    permission = "audit.read"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._page(request, SearchForm(), search_entries(actor=self.actor, search=Search()))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = SearchForm(request.POST)
        if not form.is_valid():
            return self._page(request, form, None, status=422)
        try:
            page = search_entries(actor=self.actor, search=form.search(), after=request.POST.get("after", ""))
        except DomainError as error:
            add_domain_error(form, error)
            return self._page(request, form, None, status=error.status)
        return self._page(request, form, page)

    def _page(
        self, request: HttpRequest, form: SearchForm, page: EntryPage | None, *, status: int = 200
    ) -> HttpResponse:
        return render(request, "audit/entries.html", {"form": form, "page": page}, status=status)


class VerifyView(PortalView):
    """Checks the whole chain on request; the check is itself a row."""

    permission = "audit.verify"

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "audit/verify.html", {"report": None})

    def post(self, request: HttpRequest) -> HttpResponse:
        report = verify_chain(anchor=request.POST.get("anchor", "").strip())
        data = {"seals": report.seals, "problems": len(report.problems)}
        record_access(actor=self.actor, action="audit.verified", object_type="audit", object_id="chain", data=data)
        return render(request, "audit/verify.html", {"report": report})
