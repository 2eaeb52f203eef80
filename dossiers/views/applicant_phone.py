"""A clerk verifies the applicant's phone at the desk, or ends it; a small page reached from the dossier's."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from dossiers.forms.applicant_phone import ApplicantPhoneForm, EndPhoneForm, SpokenCodeForm
from dossiers.selectors.applicant_phone import applicant_phone, dossier_of_applicant
from dossiers.services.verify_applicant_phone import (
    end_applicant_phone,
    send_applicant_code,
    verify_applicant_phone,
)
from haddong_portal.citizens.constants import PhoneEnd
from haddong_portal.citizens.permissions import VERIFY_PHONE
from haddong_portal.citizens.services.verify_phone import PhoneEvidence
from haddong_portal.common import clock
from haddong_portal.common.errors import DomainError
from haddong_portal.common.web.forms import add_domain_error
from haddong_portal.common.web.views import PortalView


class ApplicantPhoneView(PortalView):
    """GET: what is verified, and the form. POST: send a code, read it back, or `way=seen`."""

    permission = VERIFY_PHONE

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        return self.show(request, code)

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        if "challenge" in request.POST:
            return self._confirm(request, code)
        form = ApplicantPhoneForm(request.POST)
        if not form.is_valid():
            return self.show(request, code, form=form, status=422)
        phone = form.cleaned_data["phone"]
        try:
            if request.POST.get("way") == "seen":
                verify_applicant_phone(actor=self.actor, code=code, evidence=PhoneEvidence(phone=phone))
                return self.done(request, code)
            sent = send_applicant_code(actor=self.actor, code=code, phone=phone)
        except DomainError as error:
            return self._refused(request, code, form, error)
        return self.show(request, code, spoken=SpokenCodeForm(initial={"challenge": sent.challenge_id}), sent_to=phone)

    def _confirm(self, request: HttpRequest, code: str) -> HttpResponse:
        form = SpokenCodeForm(request.POST)
        if not form.is_valid():
            return self.show(request, code, spoken=form, status=422)
        evidence = PhoneEvidence(challenge_id=form.cleaned_data["challenge"], code=form.cleaned_data["code"])
        try:
            verify_applicant_phone(actor=self.actor, code=code, evidence=evidence)
        except DomainError as error:
            if error.status == 404:
                raise
            add_domain_error(form, error)
            return self.show(request, code, spoken=form, status=error.status)
        return self.done(request, code)

    def done(self, request: HttpRequest, code: str) -> HttpResponse:
        messages.success(request, "Đã xác nhận điện thoại. Công dân đăng nhập được để xem giấy tờ của mình.")
        return redirect("dossiers:applicant-phone", code=code)

    def _refused(self, request: HttpRequest, code: str, form: ApplicantPhoneForm, error: DomainError) -> HttpResponse:
        if error.status == 404:
            raise error
        add_domain_error(form, error)
        return self.show(request, code, form=form, status=error.status)

    def show(self, request: HttpRequest, code: str, *, status: int = 200, **context: Any) -> HttpResponse:
        page = applicant_phone(actor=self.actor, code=code, now=clock.now())
        context.setdefault("form", ApplicantPhoneForm(initial={"phone": page.dossier.phone}))
        context |= {"page": page, "dossier": page.dossier, "end_form": EndPhoneForm()}
        return render(request, "dossiers/applicant_phone.html", context, status=status)


class EndApplicantPhoneView(ApplicantPhoneView):
    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        return redirect("dossiers:applicant-phone", code=dossier_of_applicant(self.actor, code).code)

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        form = EndPhoneForm(request.POST)
        if form.is_valid():
            end_applicant_phone(actor=self.actor, code=code, reason=PhoneEnd(form.cleaned_data["reason"]))
            messages.success(request, "Đã thôi dùng số điện thoại này; các phiên đang mở đã bị đóng.")
        return redirect("dossiers:applicant-phone", code=dossier_of_applicant(self.actor, code).code)
