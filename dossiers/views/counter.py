"""The counter's two ways beside receiving: guide (Mẫu 02) and refuse (Mẫu 03), their list and their papers."""

from __future__ import annotations

import uuid

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from dossiers.forms.counter import GuidanceForm, IntakeRefusalForm, visitor_of
from dossiers.permissions import RIGHT_OF
from dossiers.rules.lifecycle import Command
from dossiers.selectors.counter_slips import counter_slip, counter_slip_pdf, counter_slips, number_text
from dossiers.selectors.drafts import draft_content
from dossiers.selectors.intake_page import IntakePage, intake_page
from dossiers.services.counter_data import GuidanceData, IntakeRefusalData
from dossiers.services.guide_applicant import guide_applicant
from dossiers.services.refuse_intake import refuse_intake
from dossiers.services.save_draft import discard_draft, save_draft
from dossiers.views.intake import typed
from haddong_portal.common import clock
from haddong_portal.common.errors import DomainError
from haddong_portal.common.text import plain_number
from haddong_portal.common.web.forms import add_domain_error
from haddong_portal.common.web.views import PortalView

WAYS = {"huong-dan": "dossiers:intake-guide", "tu-choi": "dossiers:intake-refuse"}


class IntakeAsideView(PortalView):
    """Keeps what is typed and goes to the form of the slip that was pressed (`way`)."""

    permission = RIGHT_OF[Command.GUIDE]

    def post(self, request: HttpRequest, key: uuid.UUID) -> HttpResponse:
        save_draft(actor=self.actor, key=key, content=typed(request.POST))
        return redirect(WAYS.get(request.POST.get("way", ""), "dossiers:intake-draft"), key=key)


class GuideView(PortalView):
    """Mẫu 02 from what the intake draft holds."""

    permission = RIGHT_OF[Command.GUIDE]

    def get(self, request: HttpRequest, key: uuid.UUID) -> HttpResponse:
        content = draft_content(actor=self.actor, key=key)
        page = intake_page(actor=self.actor, content=content)
        if page.choice is None:
            return redirect("dossiers:intake-draft", key=key)
        return _show(request, key, content, page, _guidance_form(page, content), way="guide")

    def post(self, request: HttpRequest, key: uuid.UUID) -> HttpResponse:
        content = draft_content(actor=self.actor, key=key)
        page = intake_page(actor=self.actor, content=content)
        if page.choice is None or page.case is None:
            return redirect("dossiers:intake-draft", key=key)
        form = _guidance_form(page, content, request)
        if not form.is_valid():
            return _show(request, key, content, page, form, way="guide", status=422)
        guidance = GuidanceData(
            procedure_id=page.choice.procedure_id,
            case_id=page.case.pk,
            lines=form.lines(),
            checklist=form.checklist(),
            reason=form.cleaned_data["reason"],
            again=form.cleaned_data.get("again", ""),
        )
        try:
            slip = guide_applicant(actor=self.actor, person=visitor_of(content), guidance=guidance, key=str(key))
        except DomainError as error:
            add_domain_error(form, error)
            return _show(request, key, content, page, form, way="guide", status=error.status)
        discard_draft(actor=self.actor, key=key)
        return redirect("dossiers:counter-slip", slip_id=slip.pk)


class RefuseIntakeView(PortalView):
    """Mẫu 03 from what the intake draft holds; a procedure need not be chosen."""

    permission = RIGHT_OF[Command.REFUSE_INTAKE]

    def get(self, request: HttpRequest, key: uuid.UUID) -> HttpResponse:
        content = draft_content(actor=self.actor, key=key)
        page = intake_page(actor=self.actor, content=content)
        wanted = content.get("request_note", "") or (page.choice.name if page.choice else "")
        form = IntakeRefusalForm(initial={"request": wanted})
        return _show(request, key, content, page, form, way="refuse")

    def post(self, request: HttpRequest, key: uuid.UUID) -> HttpResponse:
        content = draft_content(actor=self.actor, key=key)
        page = intake_page(actor=self.actor, content=content)
        form = IntakeRefusalForm(request.POST)
        if not form.is_valid():
            return _show(request, key, content, page, form, way="refuse", status=422)
        refusal = IntakeRefusalData(
            **form.cleaned_data,
            procedure_id=page.choice.procedure_id if page.choice else None,
            case_id=page.case.pk if page.case else None,
        )
        try:
            slip = refuse_intake(actor=self.actor, person=visitor_of(content), refusal=refusal, key=str(key))
        except DomainError as error:
            add_domain_error(form, error)
            return _show(request, key, content, page, form, way="refuse", status=error.status)
        discard_draft(actor=self.actor, key=key)
        return redirect("dossiers:counter-slip", slip_id=slip.pk)


class CounterSlipListView(PortalView):
    permission = RIGHT_OF[Command.GUIDE]

    def get(self, request: HttpRequest) -> HttpResponse:
        kind, before = request.GET.get("loai", ""), request.GET.get("truoc", "")
        page = counter_slips(actor=self.actor, kind=kind, before=plain_number(before))
        more = f"?loai={kind}&truoc={page.next_cursor}" if page.next_cursor else ""
        return render(request, "dossiers/counter_slips.html", {"page": page, "kind": kind, "next_url": more})


class CounterSlipView(PortalView):
    permission = RIGHT_OF[Command.GUIDE]

    def get(self, request: HttpRequest, slip_id: int) -> HttpResponse:
        slip = counter_slip(actor=self.actor, slip_id=slip_id)
        return render(request, "dossiers/counter_slip.html", {"slip": slip, "number_text": number_text(slip)})


class CounterSlipPdfView(PortalView):
    permission = RIGHT_OF[Command.GUIDE]

    def get(self, request: HttpRequest, slip_id: int) -> HttpResponse:
        pdf = counter_slip_pdf(actor=self.actor, slip_id=slip_id, now=clock.now())
        response = HttpResponse(pdf, content_type="application/pdf")
        response["Content-Disposition"] = f'inline; filename="phieu-tai-quay-{slip_id}.pdf"'
        response["X-Frame-Options"] = "SAMEORIGIN"
        response["Cache-Control"] = "private, no-store"
        return response


def _guidance_form(page: IntakePage, content: dict[str, str], request: HttpRequest | None = None) -> GuidanceForm:
    data = request.POST if request else None
    return GuidanceForm(page.requirements, content, data, repeated=page.guided is not None)


def _show(
    request: HttpRequest,
    key: uuid.UUID,
    content: dict[str, str],
    page: IntakePage,
    form: forms.Form,
    *,
    way: str,
    status: int = 200,
) -> HttpResponse:
    context = {"key": key, "page": page, "form": form, "visitor": visitor_of(content)}
    return render(request, f"dossiers/intake/{way}.html", context, status=status)
