"""Doors to the acts on a case: form, service, back to the page; a refusal shows the page with its sentence."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from haddong_portal.citizens.selectors.people import person_by_personal_id
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError, NotFound
from haddong_portal.common.web.views import PortalView
from interlink import permissions
from interlink.forms.case_acts import ConfirmationForm, IdentityForm, OutcomeForm, ReasonForm
from interlink.models import LinkedCase
from interlink.selectors.case_page import visible_case
from interlink.services.decide_identity import decide_identity
from interlink.services.record_confirmation import record_confirmation
from interlink.services.release_message import release_message
from interlink.services.resume_leg import record_outcome_by_hand, restart_leg, resume_leg
from interlink.services.stop_case import stop_case
from interlink.views.act_buttons import results_of
from interlink.views.case import show_case

IDENTITY_PURPOSE = "kết luận về nhân thân trong hồ sơ liên thông"


class CaseActView(PortalView):
    """Base: POST only; `done` is what the next page says."""

    done: ClassVar[str]

    def post(self, request: HttpRequest, code: str, **kwargs: str) -> HttpResponse:
        case = visible_case(actor=self.actor, code=code)
        form = self.form(case, request, **kwargs)
        if not form.is_valid():
            words = " ".join(str(error) for errors in form.errors.values() for error in errors)
            refusal = DomainError("form.invalid", words, status=422)
            return show_case(self, request, code, refusal=refusal, status=422)
        try:
            self.act(case, form, **kwargs)
        except DomainError as error:
            if isinstance(error, NotFound):
                raise
            return show_case(self, request, code, refusal=error, status=error.status)
        messages.success(request, self.done)
        return redirect(f"{reverse('interlink:case', args=[code])}{self.place(**kwargs)}")

    def form(self, case: LinkedCase, request: HttpRequest, **kwargs: str) -> Form:
        raise NotImplementedError

    def act(self, case: LinkedCase, form: Any, **kwargs: str) -> None:
        raise NotImplementedError

    def place(self, **kwargs: str) -> str:
        """Where on the page one comes back to."""
        return f"#chang-{kwargs['leg']}" if "leg" in kwargs else ""


class ResumeView(CaseActView):
    permission, done = permissions.RESUME, "Việc đã đi tiếp."

    def form(self, case: LinkedCase, request: HttpRequest, **kwargs: str) -> Form:
        return ReasonForm(request.POST, prefix=f"resume-{kwargs['leg']}")

    def act(self, case: LinkedCase, form: Any, **kwargs: str) -> None:
        resume_leg(actor=self.actor, case_id=case.pk, leg_key=kwargs["leg"], **form.values())


class RestartView(CaseActView):
    permission, done = permissions.RESTART, "Việc được làm lại từ đầu."

    def form(self, case: LinkedCase, request: HttpRequest, **kwargs: str) -> Form:
        return ReasonForm(request.POST, prefix=f"restart-{kwargs['leg']}")

    def act(self, case: LinkedCase, form: Any, **kwargs: str) -> None:
        restart_leg(actor=self.actor, case_id=case.pk, leg_key=kwargs["leg"], **form.values())


class RecordOutcomeView(CaseActView):
    permission, done = permissions.RECORD_OUTCOME, "Đã ghi kết quả của cơ quan."

    def form(self, case: LinkedCase, request: HttpRequest, **kwargs: str) -> Form:
        leg = next((one for one in case.legs.all() if one.key == kwargs["leg"]), None)
        if leg is None:
            raise NotFound("Hồ sơ liên thông không có việc này.", code="linked.no_leg")
        return OutcomeForm(results_of(case, leg), request.POST, prefix=f"outcome-{leg.key}")

    def act(self, case: LinkedCase, form: Any, **kwargs: str) -> None:
        record_outcome_by_hand(actor=self.actor, case_id=case.pk, leg_key=kwargs["leg"], **form.values())


class StopView(CaseActView):
    permission, done = permissions.STOP, "Đã dừng hồ sơ liên thông và báo các cơ quan."

    def form(self, case: LinkedCase, request: HttpRequest, **kwargs: str) -> Form:
        return ReasonForm(request.POST, prefix="stop")

    def act(self, case: LinkedCase, form: Any, **kwargs: str) -> None:
        stop_case(actor=self.actor, case_id=case.pk, **form.values())


class ConfirmView(CaseActView):
    permission, done = permissions.CONFIRM, "Đã ghi ý kiến."

    def form(self, case: LinkedCase, request: HttpRequest, **kwargs: str) -> Form:
        return ConfirmationForm(request.POST, prefix=f"confirm-{kwargs['role']}")

    def act(self, case: LinkedCase, form: Any, **kwargs: str) -> None:
        record_confirmation(actor=self.actor, case_id=case.pk, role=kwargs["role"], **form.values())


class IdentityView(CaseActView):
    permission, done = permissions.DECIDE_IDENTITY, "Đã ghi kết luận về nhân thân."

    def form(self, case: LinkedCase, request: HttpRequest, **kwargs: str) -> Form:
        return IdentityForm(request.POST, prefix="identity")

    def act(self, case: LinkedCase, form: Any, **kwargs: str) -> None:
        data = form.cleaned_data
        decide_identity(
            actor=self.actor,
            person_id=_person_of(self.actor, data["one"]),
            other_id=_person_of(self.actor, data["other"]),
            is_same=data["same"] == "yes",
            reason=data["reason"],
            case_id=case.pk,
        )


def _person_of(actor: Actor, number: str) -> int:
    person = person_by_personal_id(actor=actor, number=number, purpose=IDENTITY_PURPOSE)
    if person is None:
        raise DomainError("identity.not_found", "Chưa ghi nhận người có số định danh này.", "one")
    return person.pk


class ReleaseView(PortalView):
    """A message that gave up goes back into the outbox; from the case's page or from operations."""

    permission = permissions.RELEASE_MESSAGE

    def post(self, request: HttpRequest, message: UUID) -> HttpResponse:
        sent = release_message(actor=self.actor, message_id=message)
        messages.success(request, "Đã xếp lại vào hàng gửi.")
        page = request.headers.get("Referer", "")
        if page and url_has_allowed_host_and_scheme(page, {request.get_host()}):
            return redirect(page)
        return redirect("interlink:case", code=sent.leg.case.code)
