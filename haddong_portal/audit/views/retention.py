"""How long data is kept: the rules, when they last ran, what is due, and a dry run."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from haddong_portal.audit.forms.retention import RetentionForm
from haddong_portal.audit.services.save_retention_rule import save_retention_rule
from haddong_portal.common import clock
from haddong_portal.common.errors import DomainError, NotFound
from haddong_portal.common.web.forms import add_domain_error
from haddong_portal.common.web.views import PortalView
from haddong_portal.plumbing.selectors.retention import (
    Preview,
    RuleInForce,
    last_runs,
    preview,
    rule_history,
    rule_in_force,
    rules_in_force,
)


class RetentionListView(PortalView):
    permission = "retention.read"

    def get(self, request: HttpRequest) -> HttpResponse:
        now, runs = clock.now(), last_runs()
        rows = [(rule, preview(rule, now).due, runs.get(rule.source.code)) for rule in rules_in_force(now.date())]
        return render(request, "audit/retention.html", {"rows": rows})


class RetentionDryRunView(PortalView):
    """Counts and a few keys; a POST only because it may take a while. Changes nothing."""

    permission = "retention.read"

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        rule = _rule(code)
        return _rule_page(request, rule, _form(rule), preview(rule, clock.now()))


class RetentionRuleView(PortalView):
    permission = "retention.read"

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        rule = _rule(code)
        return _rule_page(request, rule, _form(rule))


class RetentionEditView(PortalView):
    permission = "retention.edit"

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        rule, form = _rule(code), RetentionForm(request.POST)
        if form.is_valid():
            try:
                save_retention_rule(actor=self.actor, code=code, **form.cleaned_data)
            except DomainError as error:
                add_domain_error(form, error)
            else:
                messages.success(request, "Đã lưu thời hạn lưu.")
                return redirect(reverse("audit:retention-rule", args=[code]))
        return _rule_page(request, rule, form, status=422)


def _rule(code: str) -> RuleInForce:
    rule = rule_in_force(code, clock.today())
    if rule is None:
        raise NotFound("Không có thời hạn lưu này.", code="retention.unknown")
    return rule


def _form(rule: RuleInForce) -> RetentionForm:
    return RetentionForm(
        initial={
            "keep_days": rule.keep_days,
            "source": rule.legal,
            "is_active": rule.is_active,
            "valid_from": clock.today(),
        }
    )


def _rule_page(
    request: HttpRequest, rule: RuleInForce, form: RetentionForm, found: Preview | None = None, *, status: int = 200
) -> HttpResponse:
    context = {
        "rule": rule,
        "form": form,
        "preview": found,
        "run": last_runs().get(rule.source.code),
        "history": rule_history(rule.source.code),
    }
    return render(request, "audit/retention_rule.html", context, status=status)
