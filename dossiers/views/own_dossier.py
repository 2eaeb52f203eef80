"""A citizen's own dossier behind its tracking link: the phone proven once, then slips, papers asked for, withdrawal."""

from __future__ import annotations

import uuid
from typing import Any

from csp.decorators import csp_replace
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator

from dossiers.forms.filing import CodeForm
from dossiers.selectors.asked_papers import asked_papers
from dossiers.selectors.links import code_in_link
from dossiers.selectors.own_page import OwnPage, own_page
from dossiers.selectors.slip_pdf import own_slip_pdf
from dossiers.services.own_dossier import OwnerProof, confirm_owner, no_match, read_own, send_owner_code
from dossiers.services.request_withdrawal import request_withdrawal_online
from dossiers.services.resubmit_online import resubmit_online
from dossiers.services.send_supplement import send_supplement
from dossiers.services.supplement_papers import add_asked_paper, remove_asked_paper
from dossiers.views.filing import wants_part
from dossiers.views.filing_start import private
from dossiers.views.slots import (
    SHOWN_IN_OUR_FRAMES,
    DrawnFile,
    DrawnSlot,
    files_of,
    paper_response,
    upload_limits,
)
from haddong_portal.common import clock
from haddong_portal.common.errors import DomainError, NotFound
from haddong_portal.common.rights import PUBLIC
from haddong_portal.common.web.forms import add_domain_error
from haddong_portal.common.web.views import PortalView

COOKIE, COOKIE_PATH = "portal_owner", "/tra-cuu/"


class OwnView(PortalView):
    """Base: `self.proof` is there for whoever has proven the phone; anybody else is asked to."""

    permission = PUBLIC
    code: str
    proof: OwnerProof

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.code = code_in_link(kwargs["token"])
        if not self.code:
            raise no_match()
        kept_s = settings.PHONE_CONFIRMED_MINUTES * 60
        text = str(request.get_signed_cookie(COOKIE, default="", salt=COOKIE, max_age=kept_s))
        code, _, challenge = text.partition("|")
        if code != self.code:
            return self.ask(request, kwargs["token"])
        self.proof = OwnerProof(code, uuid.UUID(challenge))
        try:
            return super().dispatch(request, *args, **kwargs)
        except DomainError as error:
            if error.code != "tracking.not_proven":
                raise
            return self.ask(request, kwargs["token"])

    def ask(self, request: HttpRequest, token: str) -> HttpResponse:
        """To where the phone is proven."""
        url = reverse("tracking:prove", kwargs={"token": token})
        if wants_part(request):
            return HttpResponse(status=401, headers={"HX-Redirect": url})
        return redirect(url)


class ProveView(PortalView):
    """GET: what will be asked. POST without a code: send one. POST with a code: the proof, kept in a signed cookie."""

    permission = PUBLIC

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        return self._show(request, token)

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        code = code_in_link(token)
        if not code:
            raise no_match()
        if "challenge" not in request.POST:
            return self._send(request, token, code)
        form = CodeForm(request.POST)
        if not form.is_valid():
            return self._show(request, token, form=form, status=422)
        challenge = form.cleaned_data["challenge"]
        try:
            confirm_owner(code=code, challenge_id=challenge, given=form.cleaned_data["code"])
        except DomainError as error:
            add_domain_error(form, error)
            return self._show(request, token, form=form, status=error.status)
        return _remember(redirect("tracking:own", token=token), f"{code}|{challenge}")

    def _send(self, request: HttpRequest, token: str, code: str) -> HttpResponse:
        try:
            sent = send_owner_code(code=code, client_ip=request.META.get("REMOTE_ADDR", ""))
        except DomainError as error:
            return self._show(request, token, refusal=error, status=error.status)
        return self._show(request, token, form=CodeForm(initial={"challenge": sent.challenge_id}))

    def _show(self, request: HttpRequest, token: str, *, status: int = 200, **context: Any) -> HttpResponse:
        if not code_in_link(token):
            raise no_match()
        context |= {"token": token, "code": code_in_link(token), "code_minutes": settings.PHONE_CODE_MINUTES}
        return private(render(request, "dossiers/tracking/prove.html", context, status=status))


def _remember(response: HttpResponse, text: str) -> HttpResponse:
    response.set_signed_cookie(
        COOKIE,
        text,
        salt=COOKIE,
        max_age=settings.PHONE_CONFIRMED_MINUTES * 60,
        path=COOKIE_PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


class OwnDossierView(OwnView):
    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        return self.show(request, token)

    def show(
        self, request: HttpRequest, token: str, *, refusal: DomainError | None = None, status: int = 200
    ) -> HttpResponse:
        page = own_page(dossier=read_own(proof=self.proof), client_ip=request.META.get("REMOTE_ADDR", ""))
        slots = _slots(token, page)
        context = {
            "token": token,
            "page": page,
            "dossier": page.dossier,
            "slots": slots,
            "missing": page.asked.missing,
            "refusal": refusal,
            **upload_limits(),
        }
        return private(render(request, "dossiers/tracking/own.html", context, status=status))


def _slots(token: str, page: OwnPage) -> list[DrawnSlot]:
    """One line a paper that was asked for, with what is wrong with the earlier one."""
    if not page.may_send:
        return []
    found = []
    for requirement_id, lines in page.asked.by_requirement.items():
        files = [paper for paper in page.asked.given if paper.requirement_id == requirement_id]
        found.append(
            DrawnSlot(
                id=requirement_id,
                name=lines[0].name,
                upload_url=reverse("tracking:own-upload", args=[token, requirement_id]),
                files=[
                    DrawnFile(
                        paper.name,
                        paper.size_bytes,
                        reverse("tracking:own-file", args=[token, paper.pk]),
                        reverse("tracking:own-remove", args=[token, paper.pk]),
                    )
                    for paper in files
                ],
                why="; ".join(f"{line.get_fault_display()}{f': {line.note}' if line.note else ''}" for line in lines),
            )
        )
    return found


class OwnSlotView(OwnDossierView):
    """What answers with one paper's line."""

    def answer(self, request: HttpRequest, token: str, wanted: int, error: DomainError | None = None) -> HttpResponse:
        page = own_page(dossier=read_own(proof=self.proof), client_ip=request.META.get("REMOTE_ADDR", ""))
        slot = next((one for one in _slots(token, page) if one.id == wanted), None)
        if slot is None:
            raise error or NotFound()
        status = error.status if error else 200
        if wants_part(request):
            context = {"slot": slot, "missing": page.asked.missing, "error": error, "changed": True}
            return private(render(request, "dossiers/filing/slot_swap.html", context, status=status))
        return self.show(request, token, refusal=error, status=status)


class OwnUploadView(OwnSlotView):
    def post(self, request: HttpRequest, token: str, requirement_id: int) -> HttpResponse:
        try:
            for file in files_of(request):
                add_asked_paper(proof=self.proof, requirement_id=requirement_id, file=file)
        except DomainError as error:
            if error.code == "tracking.not_proven":
                raise
            return self.answer(request, token, requirement_id, error)
        return self.answer(request, token, requirement_id)


class OwnRemoveView(OwnSlotView):
    def post(self, request: HttpRequest, token: str, paper_id: int) -> HttpResponse:
        given = asked_papers(read_own(proof=self.proof)).given
        wanted = next((paper.requirement_id or 0 for paper in given if paper.pk == paper_id), 0)
        if not wanted:
            return redirect("tracking:own", token=token)
        remove_asked_paper(proof=self.proof, paper_id=paper_id)
        return self.answer(request, token, wanted)


class OwnFileView(OwnView):
    @method_decorator(csp_replace(SHOWN_IN_OUR_FRAMES))
    def get(self, request: HttpRequest, token: str, paper_id: int) -> HttpResponseBase:
        paper = read_own(proof=self.proof).filed_papers.filter(pk=paper_id).first()
        if paper is None:
            raise NotFound("Không tìm thấy tệp này.", code="filing.no_paper")
        return paper_response(paper)


class OwnSlipView(OwnView):
    def get(self, request: HttpRequest, token: str, slip_id: int) -> HttpResponse:
        pdf = own_slip_pdf(
            dossier=read_own(proof=self.proof),
            slip_id=slip_id,
            client_ip=request.META.get("REMOTE_ADDR", ""),
            now=clock.now(),
        )
        response = HttpResponse(pdf, content_type="application/pdf")
        response["Content-Disposition"] = f'inline; filename="phieu-{self.code}-{slip_id}.pdf"'
        return private(response)


class OwnSendView(OwnDossierView):
    """The papers asked for go to the desk: filed again, or as a supplement of what was accepted."""

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        try:
            if read_own(proof=self.proof).accepted_at is None:
                resubmit_online(proof=self.proof)
            else:
                send_supplement(proof=self.proof)
        except DomainError as error:
            if error.code == "tracking.not_proven":
                raise
            return self.show(request, token, refusal=error, status=error.status)
        messages.success(request, "Đã gửi giấy tờ bổ sung. Bộ phận Một cửa kiểm tra rồi báo lại bằng tin nhắn.")
        return redirect("tracking:own", token=token)


class OwnWithdrawView(OwnDossierView):
    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        try:
            request_withdrawal_online(proof=self.proof, reason=request.POST.get("reason", "")[:1000])
        except DomainError as error:
            if error.code == "tracking.not_proven":
                raise
            return self.show(request, token, refusal=error, status=error.status)
        messages.success(request, "Đã gửi đề nghị rút hồ sơ. Việc giải quyết tạm dừng đến khi có trả lời.")
        return redirect("tracking:own", token=token)
