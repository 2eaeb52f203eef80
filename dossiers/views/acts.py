"""Acts on a dossier: a form in, one service call, back to the page; a refusal comes back beside its form."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from dossiers import permissions
from dossiers.forms.act_forms import FROM_THE_DOSSIER_ALONE, form_for
from dossiers.forms.acts import ActForm, lateness_of
from dossiers.rules.lifecycle import Command
from dossiers.selectors.dossier_page import act_page
from dossiers.services.finish_step import finish_step
from dossiers.services.forward_dossier import forward_dossier
from dossiers.services.locking import refuse_stale
from dossiers.services.record_result import ResultData, record_result
from dossiers.services.return_to_step import return_to_step
from dossiers.services.sign_result import sign_result
from dossiers.services.take_dossier import take_dossier
from dossiers.views.dossier import render_dossier
from haddong_portal.common import clock
from haddong_portal.common.errors import DomainError
from haddong_portal.common.web.forms import add_domain_error
from haddong_portal.common.web.views import PortalView


class ActView(PortalView, ABC):
    """Base: `command` names the act in the table of moves, `done` is said when it worked."""

    command: ClassVar[str]
    done: ClassVar[str]

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        with_story = self.command not in FROM_THE_DOSSIER_ALONE
        page = act_page(actor=self.actor, code=code, command=self.command, with_story=with_story, now=clock.now())
        form = form_for(self.command, page, request.POST, request.FILES)
        try:
            if not form.is_valid():
                # A choice that is no longer offered is not the person's mistake when somebody else was quicker, be it
                # between the reading of the dossier and of its choices.
                page.dossier.refresh_from_db(fields=["row_version"])
                refuse_stale(page.dossier, form.cleaned_data.get("row_version"))
                return self._again(
                    request, code, form, DomainError("form.invalid", "Xin xem lại các ô được đánh dấu.", status=422)
                )
            self.act(page.dossier.pk, self.data_of(form))
        except DomainError as error:
            add_domain_error(form, error)
            return self._again(request, code, form, error)
        messages.success(request, self.done)
        return redirect(self.after(code))

    def data_of(self, form: ActForm) -> dict[str, Any]:
        """What the service gets of a valid form."""
        return form.cleaned_data

    @abstractmethod
    def act(self, dossier_id: int, data: dict[str, Any]) -> None:
        """The one service call."""

    def after(self, code: str) -> str:
        return reverse("dossiers:dossier", kwargs={"code": code})

    def _again(self, request: HttpRequest, code: str, form: ActForm, error: DomainError) -> HttpResponse:
        return render_dossier(request, self.actor, code, bound={self.command: form}, refusal=error)


class TakeView(ActView):
    permission, command, done = permissions.TAKE, Command.TAKE, "Ông/bà đã nhận việc này."

    def act(self, dossier_id: int, data: dict[str, Any]) -> None:
        take_dossier(actor=self.actor, dossier_id=dossier_id, row_version=data["row_version"])


class FinishStepView(ActView):
    permission, command, done = permissions.FINISH_STEP, Command.FINISH_STEP, "Đã xong bước, hồ sơ sang bước tiếp theo."

    def act(self, dossier_id: int, data: dict[str, Any]) -> None:
        finish_step(
            actor=self.actor,
            dossier_id=dossier_id,
            note=data["note"],
            proposal=data.get("proposal", ""),
            late=lateness_of(data),
            row_version=data["row_version"],
        )


class ForwardView(ActView):
    permission, command, done = permissions.FORWARD, Command.FORWARD, "Đã chuyển hồ sơ cho đồng nghiệp."

    def act(self, dossier_id: int, data: dict[str, Any]) -> None:
        forward_dossier(actor=self.actor, dossier_id=dossier_id, **data)


class ReturnToStepView(ActView):
    permission, command, done = permissions.RETURN_TO_STEP, Command.RETURN_TO_STEP, "Đã trả hồ sơ về bước trước."

    def act(self, dossier_id: int, data: dict[str, Any]) -> None:
        return_to_step(
            actor=self.actor,
            dossier_id=dossier_id,
            step_run_id=data["step_run_id"],
            reason=data["reason"],
            late=lateness_of(data),
            row_version=data["row_version"],
        )


class SignView(ActView):
    permission, command, done = permissions.SIGN, Command.SIGN, "Đã ký duyệt."

    def act(self, dossier_id: int, data: dict[str, Any]) -> None:
        sign_result(
            actor=self.actor,
            dossier_id=dossier_id,
            note=data["note"],
            late=lateness_of(data),
            row_version=data["row_version"],
        )


class RecordResultView(ActView):
    permission, command, done = (
        permissions.RECORD_RESULT,
        Command.RECORD_RESULT,
        "Đã ghi nhận kết quả và báo cho người nộp.",
    )

    def act(self, dossier_id: int, data: dict[str, Any]) -> None:
        result = ResultData(
            number=data["number"],
            name=data["name"],
            issued_on=data["issued_on"],
            signer_name=data["signer_name"],
            file=data["file"],
        )
        record_result(
            actor=self.actor,
            dossier_id=dossier_id,
            result=result,
            late=lateness_of(data),
            row_version=data["row_version"],
        )
