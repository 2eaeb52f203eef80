"""The signed-in citizen's papers: what is there, who looked at each, the file, a share code, a paper of one's own."""

from __future__ import annotations

from uuid import UUID

from csp.decorators import csp_replace
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.safestring import mark_safe

from dossiers.papers.forms.corrections import AskCorrectionForm
from dossiers.papers.forms.own import ShareForm, UploadForm
from dossiers.papers.selectors.own import own_paper, own_paper_id, own_papers, types_to_upload
from dossiers.papers.services.ask_correction import ask_correction
from dossiers.papers.services.make_share_code import make_share_code
from dossiers.papers.services.open_paper import open_paper
from dossiers.papers.services.revoke_share_code import revoke_share_code
from dossiers.papers.services.upload_own_paper import OwnUpload, upload_own_paper
from dossiers.papers.views.contents import SHOWN, content_response
from haddong_portal.common import clock
from haddong_portal.common.errors import DomainError
from haddong_portal.common.qr import qr_svg
from haddong_portal.common.web.forms import add_domain_error
from haddong_portal.common.web.views import CitizenView

PURPOSE = "chủ giấy tờ xem"


class OwnPapersView(CitizenView):
    def get(self, request: HttpRequest) -> HttpResponse:
        papers = own_papers(actor=self.actor, now=clock.now())
        return render(request, "dossiers/own/papers.html", {"papers": papers})


class OwnPaperView(CitizenView):
    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        return self.show(request, public_id, ShareForm())

    def show(
        self,
        request: HttpRequest,
        public_id: UUID,
        form: ShareForm,
        *,
        wrong: AskCorrectionForm | None = None,
        status: int = 200,
    ) -> HttpResponse:
        page = own_paper(actor=self.actor, public_id=public_id, now=clock.now())
        context = {"page": page, "paper": page.paper, "form": form, "wrong": wrong or AskCorrectionForm()}
        return render(request, "dossiers/own/paper.html", context, status=status)


class OwnPaperFileView(CitizenView):
    """The copy that people see."""

    original = False

    @method_decorator(csp_replace(SHOWN))
    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        paper_id = own_paper_id(actor=self.actor, public_id=public_id)
        opened = open_paper(actor=self.actor, paper_id=paper_id, purpose=PURPOSE, original=self.original)
        return content_response(opened, download=self.original)


class OwnPaperOriginalView(OwnPaperFileView):
    """The untouched file with its signatures; always a download."""

    original = True


class OwnShareView(OwnPaperView):
    """The code is shown once, in the answer itself: it is kept nowhere."""

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        return redirect("own:paper", public_id=public_id)

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        form = ShareForm(request.POST)
        if not form.is_valid():
            return self.show(request, public_id, form, status=422)
        wishes = form.cleaned_data
        try:
            made = make_share_code(
                actor=self.actor, public_id=public_id, minutes=wishes["minutes"], uses_max=wishes["uses_max"]
            )
        except DomainError as error:
            if error.status == 404:
                raise
            add_domain_error(form, error)
            return self.show(request, public_id, form, status=error.status)
        url = settings.PUBLIC_URL + reverse("share:paper", args=[made.code])
        context = {
            "made": made,
            "paper": made.share.paper,
            "url": url,
            # our own SVG, made of our own address
            "qr": mark_safe(qr_svg(url, label="Mã QR chia sẻ giấy tờ", module_px=6)),  # noqa: S308 - as above
        }
        return render(request, "dossiers/own/shared.html", context)


class OwnShareRevokeView(CitizenView):
    def post(self, request: HttpRequest, public_id: UUID, share_id: int) -> HttpResponse:
        revoke_share_code(actor=self.actor, public_id=public_id, share_id=share_id)
        messages.success(request, "Đã thu hồi mã. Không ai mở được giấy tờ bằng mã này nữa.")
        return redirect("own:paper", public_id=public_id)


class OwnCorrectionView(OwnPaperView):
    """Something on the paper is wrong: told to whoever can put it right."""

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        return redirect("own:paper", public_id=public_id)

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        form = AskCorrectionForm(request.POST)
        if not form.is_valid():
            return self.show(request, public_id, ShareForm(), wrong=form, status=422)
        try:
            ask_correction(actor=self.actor, public_id=public_id, words=form.cleaned_data["words"])
        except DomainError as error:
            if error.status == 404:
                raise
            add_domain_error(form, error)
            return self.show(request, public_id, ShareForm(), wrong=form, status=error.status)
        messages.success(request, "Đã gửi đề nghị. Ông/bà xem câu trả lời ngay tại trang này.")
        return redirect("own:paper", public_id=public_id)


class OwnUploadView(CitizenView):
    def get(self, request: HttpRequest) -> HttpResponse:
        return self._page(request, UploadForm(types_to_upload(on=clock.today())))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = UploadForm(types_to_upload(on=clock.today()), request.POST, request.FILES)
        if not form.is_valid():
            return self._page(request, form, status=422)
        told = form.cleaned_data
        upload = OwnUpload(
            type_code=told["type_code"],
            name=told["file"].name,
            file=told["file"],
            number=told["number"],
            issuer_name=told["issuer_name"],
            issued_on=told["issued_on"],
        )
        try:
            paper = upload_own_paper(actor=self.actor, upload=upload)
        except DomainError as error:
            add_domain_error(form, error)
            return self._page(request, form, status=error.status)
        messages.success(request, "Đã đưa giấy tờ vào kho của ông/bà. Công chức đối chiếu bản chính rồi mới dùng được.")
        return redirect("own:paper", public_id=paper.public_id)

    def _page(self, request: HttpRequest, form: UploadForm, *, status: int = 200) -> HttpResponse:
        context = {"form": form, "file_max_mb": settings.UPLOAD_MAX_BYTES // (1024 * 1024)}
        return render(request, "dossiers/own/upload.html", context, status=status)
