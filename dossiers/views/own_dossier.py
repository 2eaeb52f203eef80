"""A citizen's own dossier behind its tracking link: the phone proven once, then slips, papers asked for, withdrawal."""

from __future__ import annotations

from csp.decorators import csp_replace
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator

from dossiers.selectors.asked_papers import asked_papers
from dossiers.selectors.filed import file_note
from dossiers.selectors.own_page import OwnPage, own_page
from dossiers.selectors.slip_pdf import own_slip_pdf
from dossiers.services.own_dossier import read_own
from dossiers.services.request_withdrawal import request_withdrawal_online
from dossiers.services.resubmit_online import resubmit_online
from dossiers.services.send_supplement import send_supplement
from dossiers.services.supplement_papers import add_asked_paper, remove_asked_paper
from dossiers.services.withdraw_filing import withdraw_filing
from dossiers.views.filing import wants_part
from dossiers.views.filing_start import private
from dossiers.views.own_proof import OwnView
from dossiers.views.slots import (
    SHOWN_IN_OUR_FRAMES,
    DrawnFile,
    DrawnSlot,
    each_file,
    paper_response,
    upload_limits,
)
from haddong_portal.common import clock
from haddong_portal.common.errors import DomainError, NotFound


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
                        file_note(paper.state, paper.check_code),
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
        proof = self.proof
        error = each_file(request, lambda file: add_asked_paper(proof=proof, requirement_id=requirement_id, file=file))
        if error is not None and error.code == "tracking.not_proven":
            raise error
        return self.answer(request, token, requirement_id, error)


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
        reason = request.POST.get("reason", "")[:1000]
        try:
            if read_own(proof=self.proof).accepted_at is None:
                withdraw_filing(proof=self.proof, reason=reason)
                done = "Đã rút hồ sơ. Bộ phận Một cửa không kiểm tra hồ sơ này nữa."
            else:
                request_withdrawal_online(proof=self.proof, reason=reason)
                done = "Đã gửi đề nghị rút hồ sơ. Việc giải quyết tạm dừng đến khi có trả lời."
        except DomainError as error:
            if error.code == "tracking.not_proven":
                raise
            return self.show(request, token, refusal=error, status=error.status)
        messages.success(request, done)
        return redirect("tracking:own", token=token)
