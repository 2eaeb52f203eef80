"""The citizen's form from home: saved as it is typed, opened again by its secret address, sent after a review."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from dossiers.forms.filing import CodeForm, FilingForm, PhoneForm, typed_words
from dossiers.selectors.filing import FilingPage, filing_page
from dossiers.selectors.links import tracking_url
from dossiers.services.filing_draft import (
    choose_case,
    confirm_filing_phone,
    discard_filing,
    save_filing,
    send_filing_code,
)
from dossiers.services.submit_online import submit_online
from dossiers.views.filing_start import known_keys, private, remember
from dossiers.views.slots import drawn_slots, upload_limits
from haddong_portal.common.errors import DomainError
from haddong_portal.common.rights import PUBLIC
from haddong_portal.common.web.forms import add_domain_error
from haddong_portal.common.web.views import PortalView, citizen_of


def wants_part(request: HttpRequest) -> bool:
    """Whether htmx asks for one piece of the page."""
    return request.headers.get("HX-Request") == "true"


def draw_draft(request: HttpRequest, page: FilingPage, *, status: int = 200, **context: Any) -> HttpResponse:
    """The whole form; `form`, `phone_form`, `code_form`, `refusal` stand in for the fresh ones."""
    context.setdefault("form", FilingForm(initial=page.content))
    context.setdefault("phone_form", PhoneForm())
    context |= {"slots": drawn_slots(page), "missing": page.missing, **upload_limits()}
    context["signed_in"] = citizen_of(request).is_citizen
    return private(render(request, "dossiers/filing/draft.html", {"page": page, **context}, status=status))


class DraftView(PortalView):
    """GET: the form, or where it led once it was sent. POST: to the review."""

    permission = PUBLIC

    def get(self, request: HttpRequest, key: uuid.UUID) -> HttpResponse:
        page = filing_page(key, person_id=citizen_of(request).person_id)
        if page.dossier is not None:
            context = {"page": page, "dossier": page.dossier, "tracking_url": tracking_url(page.dossier.code)}
            return private(render(request, "dossiers/filing/done.html", context))
        if "xem-loi" in request.GET:
            return draw_draft(request, page, form=FilingForm(page.content))
        return draw_draft(request, page)

    def post(self, request: HttpRequest, key: uuid.UUID) -> HttpResponse:
        save_filing(key=key, content=typed_words(request.POST))
        form = FilingForm(request.POST)
        if not form.is_valid():
            return draw_draft(request, filing_page(key, person_id=citizen_of(request).person_id), form=form, status=422)
        return redirect("filing:review", key=key)


class SaveView(PortalView):
    """Autosave; answers with the moment."""

    permission = PUBLIC

    def post(self, request: HttpRequest, key: uuid.UUID) -> HttpResponse:
        draft = save_filing(key=key, content=typed_words(request.POST))
        return private(render(request, "dossiers/filing/saved.html", {"saved_at": draft.updated_at}))


class CaseView(PortalView):
    """Another case of the same procedure, with its own papers; sent by the form's own button, so with all its words."""

    permission = PUBLIC

    def post(self, request: HttpRequest, key: uuid.UUID) -> HttpResponse:
        if "full_name" in request.POST:
            save_filing(key=key, content=typed_words(request.POST))
        choose_case(key=key, case_id=request.POST.get("case", ""))
        return redirect(reverse("filing:draft", kwargs={"key": key}) + "#giay-to")


class SendCodeView(PortalView):
    permission = PUBLIC

    def post(self, request: HttpRequest, key: uuid.UUID) -> HttpResponse:
        form = PhoneForm(request.POST)
        if not form.is_valid():
            return draw_phone(request, key, phone_form=form, change=True, status=422)
        phone = form.cleaned_data["phone"]
        try:
            sent = send_filing_code(key=key, phone=phone, client_ip=request.META.get("REMOTE_ADDR", ""))
        except DomainError as error:
            add_domain_error(form, error)
            return draw_phone(request, key, phone_form=form, change=True, status=error.status)
        code_form = CodeForm(initial={"challenge": sent.challenge_id})
        return draw_phone(request, key, code_form=code_form, sent_to=phone, sent=sent)


class ConfirmView(PortalView):
    permission = PUBLIC

    def post(self, request: HttpRequest, key: uuid.UUID) -> HttpResponse:
        form = CodeForm(request.POST)
        sent_to = request.POST.get("phone", "")[:20]
        if not form.is_valid():
            return draw_phone(request, key, code_form=form, sent_to=sent_to, status=422)
        challenge, code = form.cleaned_data["challenge"], form.cleaned_data["code"]
        try:
            confirm_filing_phone(key=key, challenge_id=challenge, code=code)
        except DomainError as error:
            add_domain_error(form, error)
            return draw_phone(request, key, code_form=form, sent_to=sent_to, status=error.status)
        return draw_phone(request, key)


def draw_phone(request: HttpRequest, key: uuid.UUID, *, status: int = 200, **context: Any) -> HttpResponse:
    """The phone's piece for htmx, else the whole page at it."""
    page = filing_page(key, person_id=citizen_of(request).person_id)
    context["code_minutes"] = settings.PHONE_CODE_MINUTES
    if not wants_part(request):
        return draw_draft(request, page, status=status, **context)
    context.setdefault("phone_form", PhoneForm())
    return private(render(request, "dossiers/filing/phone.html", {"page": page, **context}, status=status))


class ReviewView(PortalView):
    """GET: everything as it will be sent, and what is missing. POST: it is sent."""

    permission = PUBLIC

    def get(self, request: HttpRequest, key: uuid.UUID) -> HttpResponse:
        page = filing_page(key, person_id=citizen_of(request).person_id)
        if page.dossier is not None:
            return redirect("filing:draft", key=key)
        return self._show(request, page)

    def post(self, request: HttpRequest, key: uuid.UUID) -> HttpResponse:
        page = filing_page(key, person_id=citizen_of(request).person_id)
        if page.dossier is not None:
            return redirect("filing:draft", key=key)
        form = FilingForm(page.content)
        if not form.is_valid():
            return redirect(reverse("filing:draft", kwargs={"key": key}) + "?xem-loi=1")
        try:
            self._send(request, key, form)
        except DomainError as error:
            return self._show(request, page, refusal=error, status=error.status)
        kept = [one for one in known_keys(request) if one != key]
        return remember(redirect("filing:draft", key=key), kept)

    def _send(self, request: HttpRequest, key: uuid.UUID, form: FilingForm) -> None:
        if not request.POST.get("agreed"):
            raise DomainError(
                "filing.not_agreed", "Chưa đánh dấu xác nhận chịu trách nhiệm về nội dung khai.", "agreed", status=422
            )
        save_filing(key=key, content=form.words())
        submit_online(key=key, client_ip=request.META.get("REMOTE_ADDR", ""), actor=citizen_of(request))

    def _show(
        self, request: HttpRequest, page: FilingPage, *, refusal: DomainError | None = None, status: int = 200
    ) -> HttpResponse:
        form = FilingForm(page.content)
        ready = form.is_valid() and not page.missing and bool(page.phone)
        context = {"page": page, "form": form, "ready": ready, "refusal": refusal}
        return private(render(request, "dossiers/filing/review.html", context, status=status))


class DiscardView(PortalView):
    permission = PUBLIC

    def post(self, request: HttpRequest, key: uuid.UUID) -> HttpResponse:
        discard_filing(key=key)
        messages.success(request, "Đã xóa bản khai và các tệp đã tải lên.")
        return remember(redirect("filing:index"), [one for one in known_keys(request) if one != key])
