"""The leader's signing desk: what waits for the signature, and signing several at once."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from dossiers import permissions
from dossiers.forms.signing import SignBatchForm
from dossiers.selectors.signing_desk import SigningDesk, signing_desk
from dossiers.services.lateness import Lateness
from dossiers.services.sign_batch import BatchReport, sign_batch
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError
from haddong_portal.common.text import plain_number
from haddong_portal.common.web.views import PortalView

KIND, AFTER = "thu-tuc", "sau"


def render_desk(
    request: HttpRequest,
    actor: Actor,
    *,
    report: BatchReport | None = None,
    refusal: DomainError | None = None,
    form: SignBatchForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The desk as it stands now, with what came of a batch above it."""
    kind = plain_number(request.GET.get(KIND, ""))
    desk = signing_desk(actor=actor, now=clock.now(), procedure_id=kind, cursor=request.GET.get(AFTER) or None)
    context = {
        "desk": desk,
        "chips": _chips(desk, kind),
        "next_url": _url(kind, desk.next_cursor) if desk.next_cursor else "",
        "form": form or SignBatchForm(),
        "report": report,
        "refusal": refusal,
        "here": request.get_full_path(),
    }
    return render(request, "dossiers/signing_desk.html", context, status=status)


class SigningDeskView(PortalView):
    permission = permissions.SIGNING_DESK

    def get(self, request: HttpRequest) -> HttpResponse:
        return render_desk(request, self.actor)

    def post(self, request: HttpRequest) -> HttpResponse:
        form = SignBatchForm(request.POST)
        if not form.is_valid():
            refusal = DomainError("form.invalid", "Xin xem lại các ô được đánh dấu.", status=422)
            return render_desk(request, self.actor, form=form, refusal=refusal, status=refusal.status)
        try:
            report = sign_batch(
                actor=self.actor, chosen=form.chosen(), note=form.cleaned_data["note"], late=self._late(form)
            )
        except DomainError as refusal:
            return render_desk(request, self.actor, form=form, refusal=refusal, status=refusal.status)
        return self._answer(request, report)

    def _late(self, form: SignBatchForm) -> Lateness:
        return Lateness(form.cleaned_data["late_reason"], form.cleaned_data["late_note"])

    def _answer(self, request: HttpRequest, report: BatchReport) -> HttpResponse:
        """Back to the desk when all is signed; else the page names what was not, and why."""
        if not report.failed:
            messages.success(request, f"Đã ký {len(report.signed)} hồ sơ.")
            return redirect(reverse("dossiers:signing-desk") + _url(request.GET.get(KIND), None))
        return render_desk(request, self.actor, report=report, status=200 if report.signed else 409)


def _chips(desk: SigningDesk, kind: int | None) -> list[dict[str, object]]:
    every = {"label": "Mọi thủ tục", "url": "?", "active": kind is None, "count": desk.total}
    kinds = [
        {"label": name, "url": _url(pk, None), "active": pk == kind, "count": count} for pk, name, count in desk.kinds
    ]
    return [every, *kinds] if len(kinds) > 1 or kind else []


def _url(kind: int | str | None, cursor: str | None) -> str:
    wanted = {KIND: kind, AFTER: cursor}
    return "?" + urlencode({key: value for key, value in wanted.items() if value})
