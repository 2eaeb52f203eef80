"""The counter's intake: one page in the order of the conversation, saved as it is typed."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from dossiers.forms.intake import IntakeForm
from dossiers.forms.intake_data import intake_from_form, paper_forms
from dossiers.forms.paper_rows import paper_rows
from dossiers.selectors.drafts import draft_content, latest_draft
from dossiers.selectors.intake_page import IntakePage, intake_page
from dossiers.selectors.paper_offers import paper_offers
from dossiers.services.receive_dossier import receive_dossier
from dossiers.services.save_draft import discard_draft, save_draft, start_draft
from haddong_portal.citizens.selectors.people import person_for_intake
from haddong_portal.common import clock
from haddong_portal.common.errors import DomainError
from haddong_portal.common.identifiers.card_qr import read_card
from haddong_portal.common.web.forms import add_domain_error
from haddong_portal.common.web.views import PortalView
from procedures.selectors.intake import filed_case, intake_search

REVIEW = "dossiers/intake/review.html"
NOT_CONTENT = {"csrfmiddlewaretoken", "idempotency_key", "payload", "q", "choose", "case"}


class IntakePageView(PortalView):
    """What the views of one draft share."""

    permission = "dossier.receive"

    def page(self, key: uuid.UUID, content: dict[str, str]) -> IntakePage:
        return intake_page(actor=self.actor, content=content)

    def show(
        self,
        request: HttpRequest,
        key: uuid.UUID,
        content: dict[str, str],
        *,
        template: str = "dossiers/intake.html",
        form: IntakeForm | None = None,
        status: int = 200,
        **extra: Any,
    ) -> HttpResponse:
        page = self.page(key, content)
        context = {"key": key, "page": page, "form": form or IntakeForm(initial=content), **extra}
        if template != REVIEW:
            context |= self._papers(page, content, extra.get("refusal"))
        return render(request, template, context, status=status)

    def _papers(self, page: IntakePage, content: dict[str, str], refusal: DomainError | None) -> dict[str, Any]:
        """The lines of the checklist, with what the store holds for each."""
        offers = paper_offers(
            actor=self.actor, person_id=page.person_id, requirements=page.requirements, on=clock.today()
        )
        lines = paper_forms(page.requirements, content)
        return paper_rows(lines, offers, content, refused=refusal.data.get("requirement_ids") if refusal else None)


class IntakeStartView(IntakePageView):
    """Takes up the clerk's last draft, or starts one."""

    def get(self, request: HttpRequest) -> HttpResponse:
        draft = latest_draft(actor=self.actor) or start_draft(actor=self.actor)
        return redirect("dossiers:intake-draft", key=draft.key)


class IntakeView(IntakePageView):
    def get(self, request: HttpRequest, key: uuid.UUID) -> HttpResponse:
        return self.show(request, key, draft_content(actor=self.actor, key=key))

    def post(self, request: HttpRequest, key: uuid.UUID) -> HttpResponse:
        """Tiếp nhận: everything at once; on a refusal the page comes back with all that was typed."""
        content = typed(request.POST)
        form = IntakeForm(request.POST)
        case = filed_case(content.get("procedure_code", ""), content.get("case_id", ""))
        papers = paper_forms(case.requirements if case else [], content, bound=True)
        if case is None or not form.is_valid() or not all(paper.is_valid() for paper in papers):
            return self.show(request, key, content, form=form, status=422)
        try:
            received = receive_dossier(
                actor=self.actor, intake=intake_from_form(case, form, papers), idempotency_key=str(key)
            )
        except DomainError as error:
            add_domain_error(form, error)
            return self.show(request, key, content, form=form, status=error.status, refusal=error)
        discard_draft(actor=self.actor, key=key)
        return redirect("dossiers:receipt", code=received.code)


class IntakeProcedureView(IntakePageView):
    """GET: matches as one types. POST: the choice, which brings its case, checklist, limit and fee."""

    def get(self, request: HttpRequest, key: uuid.UUID) -> HttpResponse:
        query = request.GET.get("q", "").strip()
        hits = intake_search(query, self.actor.unit_id or 0) if query else []
        return render(request, "dossiers/intake/matches.html", {"hits": hits, "query": query, "key": key})

    def post(self, request: HttpRequest, key: uuid.UUID) -> HttpResponse:
        content = typed(request.POST)
        content["procedure_code"] = request.POST.get("choose", "")
        content["case_id"] = request.POST.get("case", "")
        save_draft(actor=self.actor, key=key, content=content)
        return self.show(request, key, content, template="dossiers/intake/body.html")


class IntakePersonView(IntakePageView):
    """A scan or a typed number fills the person; known people come with what the administration holds."""

    def post(self, request: HttpRequest, key: uuid.UUID) -> HttpResponse:
        content = typed(request.POST)
        try:
            content |= self._read(request.POST.get("payload", "").strip())
        except DomainError as error:
            return self.show(request, key, content, template="dossiers/intake/person.html", scan_error=error)
        save_draft(actor=self.actor, key=key, content=content)
        return self.show(request, key, content, template="dossiers/intake/person.html", scanned=True)

    def _read(self, payload: str) -> dict[str, str]:
        if payload.isdecimal():
            return person_for_intake(actor=self.actor, personal_id=payload) | {"from_card": ""}
        card = read_card(payload)
        known = person_for_intake(actor=self.actor, personal_id=card.id)
        birth = card.dob.strftime("%d/%m/%Y") if card.dob else str(card.birth_year)
        return known | {
            "full_name": card.name,
            "personal_id": card.id,
            "old_id": card.old_id,
            "birth": birth,
            "sex": str(card.sex),
            "address": card.address,
            "id_issued_on": card.issued_on.isoformat() if card.issued_on else "",
            "from_card": "on",
            "card_warnings": "\n".join(remark.message for remark in card.warnings),
        }


class IntakeSaveView(IntakePageView):
    """Autosave; answers with the review strip, so the promised date and fee follow what is typed."""

    def post(self, request: HttpRequest, key: uuid.UUID) -> HttpResponse:
        content = typed(request.POST)
        save_draft(actor=self.actor, key=key, content=content)
        return self.show(request, key, content, template=REVIEW, saved=True)


class IntakeDiscardView(IntakePageView):
    def post(self, request: HttpRequest, key: uuid.UUID) -> HttpResponse:
        discard_draft(actor=self.actor, key=key)
        return redirect("dossiers:intake")


def typed(data: QueryDict) -> dict[str, str]:
    """The form as plain text, without what is not content."""
    return {name: str(value) for name, value in data.items() if name not in NOT_CONTENT}
