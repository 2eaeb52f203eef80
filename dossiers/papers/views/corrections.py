"""What owners say is wrong on their papers: the list that waits for the unit, and the answer."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from dossiers.papers.forms.corrections import AnswerCorrectionForm
from dossiers.papers.permissions import STORE
from dossiers.papers.selectors.corrections import correction_page, open_corrections
from dossiers.papers.services.answer_correction import answer_correction
from dossiers.papers.views.store import store_tabs
from haddong_portal.common import clock
from haddong_portal.common.errors import DomainError
from haddong_portal.common.web.forms import add_domain_error
from haddong_portal.common.web.views import PortalView


class CorrectionsView(PortalView):
    permission = STORE

    def get(self, request: HttpRequest) -> HttpResponse:
        context = {"rows": open_corrections(self.actor), "tabs": store_tabs(self, "papers:corrections")}
        return render(request, "papers/corrections.html", context)


class CorrectionView(PortalView):
    permission = STORE

    def get(self, request: HttpRequest, correction_id: int) -> HttpResponse:
        return self._page(request, correction_id, AnswerCorrectionForm())

    def post(self, request: HttpRequest, correction_id: int) -> HttpResponse:
        form = AnswerCorrectionForm(request.POST)
        if not form.is_valid():
            return self._page(request, correction_id, form, status=422)
        try:
            answer_correction(actor=self.actor, correction_id=correction_id, **form.cleaned_data)
        except DomainError as error:
            if error.status == 404:
                raise
            add_domain_error(form, error)
            return self._page(request, correction_id, form, status=error.status)
        messages.success(request, "Đã trả lời. Người đề nghị đọc được câu trả lời cạnh giấy tờ của mình.")
        return redirect("papers:corrections")

    def _page(
        self, request: HttpRequest, correction_id: int, form: AnswerCorrectionForm, *, status: int = 200
    ) -> HttpResponse:
        row = correction_page(actor=self.actor, correction_id=correction_id, now=clock.now())
        return render(request, "papers/correction.html", {"row": row, "paper": row.paper, "form": form}, status=status)
