"""Whoever holds a share code: type it, then see the paper. Opening takes one use, looking at the page does not."""

from __future__ import annotations

from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator

from dossiers.papers.forms.own import CodeForm
from dossiers.papers.services.open_shared_paper import open_shared_paper, shared_file
from dossiers.papers.views.contents import SHOWN, content_response
from haddong_portal.common.errors import DomainError
from haddong_portal.common.rights import PUBLIC
from haddong_portal.common.web.forms import add_domain_error
from haddong_portal.common.web.views import PortalView


def secret(response: HttpResponse) -> HttpResponse:
    """An address that is a secret: stored nowhere, told nobody."""
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


class ShareEntryView(PortalView):
    """A code that was read aloud, typed in."""

    permission = PUBLIC

    def get(self, request: HttpRequest) -> HttpResponse:
        return secret(render(request, "papers/share/enter.html", {"form": CodeForm()}))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = CodeForm(request.POST)
        if not form.is_valid():
            return secret(render(request, "papers/share/enter.html", {"form": form}, status=422))
        return open_for(request, form)


class ShareView(PortalView):
    """GET: the same page for every code, so that a preview takes no use. POST: opened."""

    permission = PUBLIC

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        return secret(render(request, "papers/share/ask.html", {"code": code[:20]}))

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        form = CodeForm({"code": code[:20]})
        return open_for(request, form) if form.is_valid() else redirect("share:enter")


def open_for(request: HttpRequest, form: CodeForm) -> HttpResponse:
    try:
        shared = open_shared_paper(code=form.cleaned_data["code"], client_ip=request.META.get("REMOTE_ADDR", ""))
    except DomainError as error:
        add_domain_error(form, error)
        return secret(render(request, "papers/share/enter.html", {"form": form}, status=error.status))
    return secret(render(request, "papers/share/paper.html", {"shared": shared}))


class SharedFileView(PortalView):
    permission = PUBLIC

    @method_decorator(csp_replace(SHOWN))
    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        return content_response(shared_file(token=token))
