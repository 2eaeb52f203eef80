"""Figures of the paper store under /kho-giay/so-lieu/: each number opens the rows behind it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from haddong_portal.common import clock
from haddong_portal.common.text import plain_number
from haddong_portal.common.web.views import PortalView
from haddong_portal.reports.forms.papers import PaperPeriodForm, month_of
from haddong_portal.reports.selectors.paper_figures import ReuseLine, paper_figures
from haddong_portal.reports.selectors.paper_index import DIGITISED, NOT_YET, index_inputs, index_list
from haddong_portal.reports.selectors.paper_rows import (
    TAKEN,
    USES,
    Narrowing,
    exceptions,
    exceptions_csv,
    fact_list,
)
from haddong_portal.reports.selectors.paper_scope import FIGURES, PaperScope, paper_scope, units_to_choose


class PapersView(PortalView):
    """Base of these pages: `scope` and `form` are what the address asks for, this month when it asks for nothing."""

    permission = FIGURES
    form: PaperPeriodForm
    scope: PaperScope

    def read(self, request: HttpRequest) -> None:
        today = clock.today()
        first, last = month_of(today)
        units = units_to_choose(actor=self.actor, on=today)
        wanted = {"tu": first.isoformat(), "den": last.isoformat()} | {key: value for key, value in request.GET.items()}
        self.form = PaperPeriodForm(units, wanted)
        told = self.form.cleaned_data if self.form.is_valid() else {}
        self.scope = paper_scope(
            actor=self.actor,
            first=told.get("tu") or first,
            last=told.get("den") or last,
            unit_id=told.get("don-vi"),
        )

    def query(self, **more: str) -> str:
        """The address's own words, with more."""
        own = {"tu": self.scope.first.isoformat(), "den": self.scope.last.isoformat()}
        if self.actor.sees_all_units and self.scope.unit_ids:
            own["don-vi"] = str(next(iter(self.scope.unit_ids)))
        return urlencode(own | {key: value for key, value in more.items() if value})


class PaperFiguresView(PapersView):
    def get(self, request: HttpRequest) -> HttpResponse:
        self.read(request)
        figures = paper_figures(self.scope)
        inputs = index_inputs(actor=self.actor, scope=self.scope)
        context = {
            "form": self.form,
            "scope": self.scope,
            "figures": figures,
            "inputs": inputs,
            "digitised": next(one for one in inputs if one.ref == DIGITISED),
            "not_yet": NOT_YET,
            "query": self.query(),
            "tables": [
                self._table("Theo đơn vị", "Đơn vị", figures.units, "don-vi" if self.actor.sees_all_units else ""),
                self._table("Theo loại giấy tờ", "Loại giấy tờ", figures.types, "loai"),
                self._table("Theo công chức", "Công chức", figures.clerks, "cong-chuc"),
            ],
        }
        return render(request, "reports/papers/figures.html", context)

    def _table(self, title: str, what: str, lines: list[ReuseLine], key: str) -> dict[str, Any]:
        rows = []
        for line in lines:
            query = self.query(**{key: line.key} if key else {})
            links = {name: f"{reverse('paper-reports:facts', args=[name])}?{query}" for name in (USES, TAKEN)}
            rows.append({"line": line, "uses_url": links[USES], "taken_url": links[TAKEN]})
        return {"title": title, "what": what, "rows": rows}


class PaperFactsView(PapersView):
    def get(self, request: HttpRequest, kind: str) -> HttpResponse:
        self.read(request)
        asked = {name: request.GET.get(name, "")[:40] for name in ("loai", "cong-chuc", "ly-do")}
        narrowing = Narrowing(asked["loai"], asked["cong-chuc"], asked["ly-do"])
        found = fact_list(self.scope, kind, narrowing, before_id=plain_number(request.GET.get("sau", "")))
        more = f"?{self.query(**asked, sau=str(found.after))}" if found.after else ""
        context = {"found": found, "scope": self.scope, "query": self.query(), "more": more}
        return render(request, "reports/papers/facts.html", context)


class PaperDossiersView(PapersView):
    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        self.read(request)
        before_id = plain_number(request.GET.get("sau", ""))
        found = index_list(actor=self.actor, scope=self.scope, key=key, before_id=before_id)
        more = f"?{self.query(sau=str(found.after))}" if found.after else ""
        context = {"found": found, "scope": self.scope, "query": self.query(), "more": more}
        return render(request, "reports/papers/dossiers.html", context)


class PaperExceptionsView(PapersView):
    """The month's exception report: printable; `kind` csv gives the file."""

    def get(self, request: HttpRequest) -> HttpResponse:
        self.read(request)
        context = {
            "rows": exceptions(self.scope),
            "scope": self.scope,
            "query": self.query(),
            "form": self.form,
            "whole_month": (self.scope.first, self.scope.last) == month_of(self.scope.first),
        }
        return render(request, "reports/papers/exceptions.html", context)


class PaperExceptionsFileView(PapersView):
    def get(self, request: HttpRequest) -> HttpResponse:
        self.read(request)
        content = exceptions_csv(actor=self.actor, scope=self.scope, now=clock.now())
        response = HttpResponse(content, content_type="text/csv; charset=utf-8")
        name = f"ngoai-le-giay-to-{self.scope.first:%Y%m%d}-{self.scope.last:%Y%m%d}.csv"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response
