"""Giving a leaver's work, or chosen dossiers, to others: the order, then its progress and report."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from dossiers.forms.reassigning import CHOSEN, ReassignForm
from dossiers.permissions import RIGHT_OF
from dossiers.rules.lifecycle import Command
from dossiers.selectors.reassigning import order_report, reassign_page
from dossiers.services.order_reassignment import order_reassignment
from haddong_portal.common import clock
from haddong_portal.common.errors import DomainError
from haddong_portal.common.text import plain_number
from haddong_portal.common.web.forms import add_domain_error
from haddong_portal.common.web.views import PortalView

CHOSEN_MAX = 200


def chosen_ids(values: Iterable[str]) -> list[int]:
    """The ids of ticked rows, in their order; what is no number is left out."""
    return [number for value in values if (number := plain_number(value)) is not None][:CHOSEN_MAX]


class ReassignView(PortalView):
    permission = RIGHT_OF[Command.REASSIGN]

    def get(self, request: HttpRequest) -> HttpResponse:
        page = reassign_page(actor=self.actor, dossier_ids=chosen_ids(request.GET.getlist(CHOSEN)), now=clock.now())
        return render(request, "dossiers/reassign.html", {"page": page, "form": ReassignForm(page)})

    def post(self, request: HttpRequest) -> HttpResponse:
        dossier_ids = chosen_ids(request.POST.getlist(CHOSEN))
        page = reassign_page(actor=self.actor, dossier_ids=dossier_ids, now=clock.now())
        form, status = ReassignForm(page, request.POST), 422
        if form.is_valid():
            try:
                order = order_reassignment(
                    actor=self.actor, dossier_ids=[pk for pk, _, _ in page.chosen], **form.cleaned_data
                )
            except DomainError as error:
                add_domain_error(form, error)
                status = error.status
            else:
                return redirect("dossiers:reassignment", reassignment_id=order.pk)
        return render(request, "dossiers/reassign.html", {"page": page, "form": form}, status=status)


class ReassignmentView(PortalView):
    """Asked again every second while it goes on: then only the part that changes is drawn."""

    permission = RIGHT_OF[Command.REASSIGN]

    def get(self, request: HttpRequest, reassignment_id: int) -> HttpResponse:
        report = order_report(actor=self.actor, reassignment_id=reassignment_id)
        part = request.headers.get("HX-Request") == "true"
        template = "dossiers/reassignment_progress.html" if part else "dossiers/reassignment.html"
        return render(request, template, {"report": report, "order": report.order})
