"""A dossier tells its story: what to do now, papers, the clock and why, the timeline."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from dossiers.forms.act_forms import FROM_THE_DOSSIER_ALONE, form_for
from dossiers.rules.lifecycle import Command
from dossiers.selectors.act_rules import AllowedAct
from dossiers.selectors.act_rules_fees import fee_acts_of
from dossiers.selectors.dossier_page import DossierPage, dossier_page, opened_act
from dossiers.selectors.links import code_in_link
from dossiers.selectors.told import told_of
from dossiers.services.preview_told import preview_told
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.codes import parse_dossier_code
from haddong_portal.common.errors import DomainError
from haddong_portal.common.web.views import PortalView

# Folded under "Việc khác": ways aside, and what seldom happens.
RARE = frozenset(
    {
        Command.FORWARD,
        Command.RETURN_TO_STEP,
        Command.REASSIGN,
        Command.DELIVER,
        Command.REQUEST_PAYMENT,
        Command.DECIDE_REFUSAL,
        Command.STOP,
        Command.REQUEST_WITHDRAWAL,
        Command.REISSUE_RECEIPT,
        Command.CORRECT,
        Command.REFUSE_SUBMISSION,
        Command.REPORT_LOSS,
    }
)
# Drawn when somebody unfolds them: most readers never do, and their forms are most of the page.
DRAWN_LATER = RARE | {Command.CONSULT, Command.VERIFY}


def render_dossier(
    request: HttpRequest,
    actor: Actor,
    code: str,
    *,
    bound: Mapping[str, object] | None = None,
    refusal: DomainError | None = None,
    opened: str = "",
) -> HttpResponse:
    """The page; `bound` holds the form of the act that was refused, under its command, `opened` names one to unfold."""
    page = dossier_page(actor=actor, code=code, now=clock.now())
    later = {str(command) for command in DRAWN_LATER} - {opened}
    acts = _with_forms(page.allowed_acts, page, bound or {}, later=later)
    rare = [item for item in acts if item["act"].command in RARE]
    context = {
        "page": page,
        "dossier": page.dossier,
        "acts": [item for item in acts if item["act"].command not in RARE],
        "rare_acts": rare,
        "rare_open": any(item["act"].command in (opened, *(bound or {})) for item in rare),
        "opened": opened,
        "fee_acts": _with_forms(fee_acts_of(actor, page.dossier, page.charges), page, bound or {}),
        "refusal": refusal,
    }
    return render(request, "dossiers/dossier.html", context, status=refusal.status if refusal else 200)


def _with_forms(
    acts: Sequence[AllowedAct], page: DossierPage, bound: Mapping[str, object], *, later: Collection[str] = ()
) -> list[dict[str, Any]]:
    """Each act with its form; None for those of `later` that were not refused."""

    def form_of(command: str) -> object:
        return bound.get(command) or (None if command in later else form_for(command, page))

    return [_item(act, form_of(act.command), page) for act in acts]


def _item(act: AllowedAct, form: object, page: DossierPage) -> dict[str, Any]:
    """An act for its template; whom it tells only where its form is drawn."""
    return {"act": act, "form": form, "told": told_of(act.command, page.dossier, clock.now()) if form else None}


class DossierView(PortalView):
    permission = "dossier.read"

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        return render_dossier(request, self.actor, code)


class ActFormView(PortalView):
    """One folded act's form: alone for the page that unfolds it, else on the whole page, unfolded."""

    permission = "dossier.read"

    def get(self, request: HttpRequest, code: str, command: str) -> HttpResponse:
        if request.headers.get("HX-Request") != "true":
            return render_dossier(request, self.actor, code, opened=command)
        with_story = command not in FROM_THE_DOSSIER_ALONE
        page, act = opened_act(actor=self.actor, code=code, command=command, with_story=with_story, now=clock.now())
        item = _item(act, form_for(command, page), page)
        return render(request, "dossiers/act_form.html", {"item": item, "page": page, "dossier": page.dossier})


class ToldView(PortalView):
    """The message that an act will send, for the line that names whom it goes to."""

    permission = "dossier.read_personal"

    def get(self, request: HttpRequest, code: str, command: str) -> HttpResponse:
        preview = preview_told(actor=self.actor, code=code, command=command, now=clock.now())
        return render(request, "components/notice_preview.html", {"preview": preview})


class FindView(PortalView):
    """The search box of the top bar and a scanned receipt: a code or a tracking link opens its dossier."""

    permission = "dossier.read"

    def get(self, request: HttpRequest) -> HttpResponse:
        text = request.GET.get("q", "").strip() or request.GET.get("payload", "").strip()
        code = _code_in(text)
        if code:
            return redirect("dossiers:dossier", code=code)
        return redirect(f"{reverse('dossiers:work-list')}?{urlencode({'pham-vi': 'tat-ca', 'q': text[:100]})}")


def _code_in(text: str) -> str:
    """The dossier code in what was typed or scanned: the code itself, or a receipt's signed link."""
    for candidate in (text.upper(), code_in_link(text)):
        try:
            parse_dossier_code(candidate)
        except DomainError:
            continue
        return candidate
    return ""
