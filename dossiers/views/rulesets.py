"""Rule-sets for the administrator: read them, change a value with reason and day, see who changed what."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from dossiers import permissions
from dossiers.forms.rulesets import RuleSetValueForm
from dossiers.selectors.ruleset_admin import ValueForChange, ruleset_page, rulesets, value_for_change
from dossiers.services.change_ruleset_value import change_ruleset_value
from haddong_portal.common.errors import DomainError
from haddong_portal.common.web.forms import add_domain_error
from haddong_portal.common.web.views import PortalView


class RuleSetsView(PortalView):
    permission = permissions.RULESETS

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "dossiers/rulesets/list.html", {"cards": rulesets(self.actor)})


class RuleSetView(PortalView):
    permission = permissions.RULESETS

    def get(self, request: HttpRequest, series: str) -> HttpResponse:
        page = ruleset_page(self.actor, series)
        return render(request, "dossiers/rulesets/ruleset.html", {"page": page, "series": series})


class RuleSetValueView(PortalView):
    permission = permissions.RULESETS

    def get(self, request: HttpRequest, series: str, path: str) -> HttpResponse:
        value = value_for_change(self.actor, series, path)
        return _page(request, value, RuleSetValueForm(value))

    def post(self, request: HttpRequest, series: str, path: str) -> HttpResponse:
        value = value_for_change(self.actor, series, path)
        form = RuleSetValueForm(value, request.POST)
        if not form.is_valid():
            return _page(request, value, form, status=422)
        seen = form.cleaned_data["version"]
        try:
            saved = change_ruleset_value(actor=self.actor, series=series, seen_version=seen, change=form.change())
        except DomainError as error:
            add_domain_error(form, error)
            return _page(request, value, form, status=error.status)
        messages.success(request, f"Đã lưu. Lần sửa {saved.version} áp dụng từ {saved.applies_from:%d/%m/%Y}.")
        return redirect("dossiers:ruleset", series=series)


def _page(request: HttpRequest, value: ValueForChange, form: RuleSetValueForm, *, status: int = 200) -> HttpResponse:
    return render(request, "dossiers/rulesets/value.html", {"value": value, "form": form}, status=status)
