"""Choosing the work list's filters, and keeping them under a name."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from dossiers import permissions
from dossiers.forms.work_filter import SaveFilterForm, WorkFilterForm
from dossiers.rules.work_filter import WorkFilter, read_filter, read_query
from dossiers.selectors.saved_filters import saved_filters
from dossiers.services.save_filter import delete_filter, save_filter
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError
from haddong_portal.common.web.forms import add_domain_error
from haddong_portal.common.web.views import PortalView


def render_filters(
    request: HttpRequest, actor: Actor, wish: WorkFilter, *, form: SaveFilterForm | None = None, status: int = 200
) -> HttpResponse:
    """The panel inside the list, or as a page of its own."""
    inside = request.headers.get("HX-Request") == "true"
    context = {
        "form": WorkFilterForm(wish, actor),
        "save_form": form or SaveFilterForm(initial={"query": wish.query()}),
        "own": [line for line in saved_filters(actor) if line.is_mine],
        "query": wish.query(),
    }
    template = "dossiers/_work_filters.html" if inside else "dossiers/work_filters.html"
    return render(request, template, context, status=status)


class WorkFiltersView(PortalView):
    permission = permissions.READ

    def get(self, request: HttpRequest) -> HttpResponse:
        return render_filters(request, self.actor, read_filter(request.GET.dict()))


class SaveFilterView(PortalView):
    permission = permissions.READ

    def post(self, request: HttpRequest) -> HttpResponse:
        form = SaveFilterForm(request.POST)
        if not form.is_valid():
            return self._again(request, form, 422)
        try:
            saved = save_filter(actor=self.actor, **form.cleaned_data)
        except DomainError as error:
            add_domain_error(form, error)
            return self._again(request, form, error.status)
        messages.success(request, f"Đã lưu bộ lọc “{saved.name}”.")
        return redirect(f"{reverse('dossiers:work-list')}?{saved.query}")

    def _again(self, request: HttpRequest, form: SaveFilterForm, status: int) -> HttpResponse:
        return render_filters(request, self.actor, read_query(form.data.get("query", "")), form=form, status=status)


class DeleteFilterView(PortalView):
    permission = permissions.READ

    def post(self, request: HttpRequest, filter_id: int) -> HttpResponse:
        delete_filter(actor=self.actor, filter_id=filter_id)
        messages.success(request, "Đã xóa bộ lọc.")
        return redirect(f"{reverse('dossiers:work-list')}?pham-vi=don-vi")
