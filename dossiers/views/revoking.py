"""Revoke an issued result: the reason is read by everybody who verifies it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from dossiers.forms.revoking import RevokeForm
from dossiers.papers.permissions import REVOKE
from dossiers.selectors.results import result_file
from dossiers.services.revoke_result import revoke_result
from haddong_portal.common.errors import DomainError
from haddong_portal.common.web.forms import add_domain_error
from haddong_portal.common.web.views import PortalView

PURPOSE = "thu hồi kết quả"


class RevokeResultView(PortalView):
    permission = REVOKE

    def get(self, request: HttpRequest, code: str, result_id: int) -> HttpResponse:
        return self._page(request, RevokeForm(), code, result_id)

    def post(self, request: HttpRequest, code: str, result_id: int) -> HttpResponse:
        form = RevokeForm(request.POST)
        if not form.is_valid():
            return self._page(request, form, code, result_id, status=422)
        try:
            revoke_result(actor=self.actor, code=code, result_id=result_id, reason=form.cleaned_data["reason"])
        except DomainError as error:
            add_domain_error(form, error)
            return self._page(request, form, code, result_id, status=error.status)
        messages.success(request, "Đã thu hồi kết quả. Ai xác thực giấy tờ này từ nay đều được báo.")
        return redirect("dossiers:dossier", code=code)

    def _page(
        self, request: HttpRequest, form: RevokeForm, code: str, result_id: int, *, status: int = 200
    ) -> HttpResponse:
        result = result_file(actor=self.actor, code=code, result_id=result_id, purpose=PURPOSE)
        return render(
            request, "dossiers/revoke_result.html", {"form": form, "code": code, "result": result}, status=status
        )
