"""Outages of systems and the runs that compute dates anew, with their progress."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from dossiers import permissions
from dossiers.forms.outage import OutageForm
from dossiers.selectors.recomputations import moved_page, run_page, systems_known
from dossiers.services.record_outage import record_outage
from haddong_portal.common.errors import DomainError
from haddong_portal.common.text import plain_number
from haddong_portal.common.web.forms import add_domain_error
from haddong_portal.common.web.views import PortalView


class OutagesView(PortalView):
    permission = permissions.OUTAGE

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._page(request, OutageForm(actor=self.actor))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = OutageForm(request.POST, actor=self.actor)
        if not form.is_valid():
            return self._page(request, form, status=422)
        try:
            run = record_outage(actor=self.actor, outage=form.outage())
        except DomainError as error:
            add_domain_error(form, error)
            return self._page(request, form, status=error.status)
        messages.success(request, "Đã ghi nhận sự cố. Hạn của hồ sơ đang giải quyết được tính lại ngay.")
        return redirect("dossiers:recomputation", run_id=run.pk)

    def _page(self, request: HttpRequest, form: OutageForm, *, status: int = 200) -> HttpResponse:
        page = run_page(actor=self.actor, before=plain_number(request.GET.get("truoc", "")))
        more = f"?truoc={page.next_cursor}" if page.next_cursor else ""
        context = {"form": form, "page": page, "next_url": more, "systems": systems_known()}
        return render(request, "dossiers/outages.html", context, status=status)


class RecomputationsProgressView(PortalView):
    """The runs alone, asked for while one of them is at work."""

    permission = permissions.OUTAGE

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "dossiers/outage_runs.html", {"page": run_page(actor=self.actor)})


class RecomputationView(PortalView):
    permission = permissions.OUTAGE

    def get(self, request: HttpRequest, run_id: int) -> HttpResponse:
        page = moved_page(actor=self.actor, run_id=run_id, after=plain_number(request.GET.get("sau", "")))
        more = f"?sau={page.next_cursor}" if page.next_cursor else ""
        return render(request, "dossiers/recomputation.html", {"page": page, "run": page.run, "next_url": more})
