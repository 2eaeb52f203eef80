"""Correct or complete what was declared: the declaration's form with what stands there, the changes to the service."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from haddong_portal.common import clock
from haddong_portal.common.dates import short_date
from haddong_portal.common.errors import DomainError
from haddong_portal.common.web.forms import add_domain_error
from haddong_portal.common.web.views import PortalView
from interlink import permissions
from interlink.forms.declaration import DeclarationForm, name_of
from interlink.models import LinkedCase
from interlink.rules.template import Template
from interlink.selectors.case_view import declared_in
from interlink.selectors.templates import template_of
from interlink.services.correct_declaration import correct_declaration
from interlink.services.read_case import read_case

PURPOSE = "sửa, bổ sung thông tin khai"


class CorrectView(PortalView):
    permission = permissions.CORRECT

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        case, template = self._case(code)
        form = DeclarationForm(template, initial=_boxes(template, case), verified=case.is_verified)
        return self._page(request, case, form)

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        case, template = self._case(code)
        form = DeclarationForm(template, request.POST.dict(), verified=case.is_verified)
        if not form.is_valid():
            return self._page(request, case, form, status=422)
        try:
            self._correct(case, form, request)
        except DomainError as error:
            named = name_of(error.field) if error.field else None
            add_domain_error(form, DomainError(error.code, error.message, named))
            return self._page(request, case, form, status=error.status)
        messages.success(request, "Đã lưu và báo cho các cơ quan liên quan.")
        return redirect("interlink:case", code=code)

    def _correct(self, case: LinkedCase, form: DeclarationForm, request: HttpRequest) -> None:
        before, facts = declared_in(case).fields, form.facts()
        changed = {key: facts.get(key, "") for key in {*facts, *before} if facts.get(key) != before.get(key)}
        version = request.POST.get("row_version", "")
        correct_declaration(
            actor=self.actor,
            case_id=case.pk,
            fields=changed,
            note=request.POST.get("note", "")[:500],
            row_version=int(version) if version.isdecimal() else None,
        )

    def _case(self, code: str) -> tuple[LinkedCase, Template]:
        case, _ = read_case(actor=self.actor, code=code, purpose=PURPOSE, now=clock.now())
        return case, template_of(case.version)

    def _page(
        self, request: HttpRequest, case: LinkedCase, form: DeclarationForm, *, status: int = 200
    ) -> HttpResponse:
        context: dict[str, Any] = {"case": case, "form": form, "parts": list(form.parts()), "scan": {}}
        return render(request, "interlink/correct.html", context, status=status)


def _boxes(template: Template, case: LinkedCase) -> dict[str, str]:
    """What was declared as people write it."""
    fields = declared_in(case).fields
    kinds = {field.key: field.kind for field in template.fields}
    return {name_of(key): _written(kinds.get(key, ""), value) for key, value in fields.items()}


def _written(kind: str, value: str) -> str:
    return short_date(date.fromisoformat(value)) if kind == "date" and value else value
