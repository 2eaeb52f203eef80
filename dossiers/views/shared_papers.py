"""A citizen hands a paper over at the desk by its share code; what was handed over is opened from here."""

from __future__ import annotations

from csp.decorators import csp_replace
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator

from dossiers.forms.shared_paper import SharedPaperForm
from dossiers.papers.permissions import OPEN, USE
from dossiers.papers.services.open_paper import open_paper
from dossiers.papers.views.contents import SHOWN, content_response
from dossiers.selectors.matters import reference_of
from dossiers.selectors.shared_papers import shared_paper, shared_papers
from dossiers.services.attach_shared_paper import attach_shared_paper
from haddong_portal.common.errors import DomainError
from haddong_portal.common.web.forms import add_domain_error
from haddong_portal.common.web.views import PortalView


class SharedPapersView(PortalView):
    permission = USE

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        page = shared_papers(actor=self.actor, code=code)
        return self._show(request, code, SharedPaperForm(page.names))

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        page = shared_papers(actor=self.actor, code=code)
        form = SharedPaperForm(page.names, request.POST)
        if not form.is_valid():
            return self._show(request, code, form, status=422)
        told = form.cleaned_data
        try:
            attach_shared_paper(
                actor=self.actor, code=code, share_code=told["code"], requirement_name=told["requirement_name"]
            )
        except DomainError as error:
            add_domain_error(form, error)
            return self._show(request, code, form, status=error.status)
        messages.success(request, "Đã kèm giấy tờ được chia sẻ vào hồ sơ.")
        return redirect("dossiers:shared-papers", code=code)

    def _show(self, request: HttpRequest, code: str, form: SharedPaperForm, *, status: int = 200) -> HttpResponse:
        page = shared_papers(actor=self.actor, code=code)
        context = {"page": page, "dossier": page.dossier, "form": form}
        return render(request, "dossiers/shared_papers.html", context, status=status)


class SharedPaperFileView(PortalView):
    permission = OPEN

    @method_decorator(csp_replace(SHOWN))
    def get(self, request: HttpRequest, code: str, use_id: int) -> HttpResponse:
        used = shared_paper(actor=self.actor, code=code, use_id=use_id)
        opened = open_paper(
            actor=self.actor,
            paper_id=used.paper_id,
            purpose="giấy tờ được chia sẻ cho hồ sơ",
            reference=reference_of(code),
            version_id=used.version_id,
        )
        return content_response(opened)
