"""The declaration at the counter: one page drawn from the template, saved as it is typed."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from dossiers.rules.papers import NEVER_DEMANDED_WHY
from haddong_portal.common import clock
from haddong_portal.common.errors import DomainError
from haddong_portal.common.web.forms import add_domain_error
from haddong_portal.common.web.views import PortalView
from interlink import permissions
from interlink.forms.declaration import DeclarationForm, PartOfForm, name_of
from interlink.forms.papers import PaperRow, checked_papers, paper_lines
from interlink.forms.person_fill import boxes_of, person_told
from interlink.models import DeclarationDraft
from interlink.rules.conditions import holds
from interlink.rules.template import Template
from interlink.selectors.declaration_drafts import declaration_draft, declared_so_far, latest_declaration
from interlink.selectors.declared_papers import declared_paper_offers
from interlink.selectors.promise import Promised, promise_of
from interlink.selectors.templates import template_of, version_on
from interlink.services.look_up_declared import look_up_declared
from interlink.services.receive_declaration import DeskDeclaration, receive_declaration
from interlink.services.save_declaration import discard_declaration, save_declaration, start_declaration

REVIEW = "interlink/declare/review.html"
NOT_CONTENT = {"csrfmiddlewaretoken", "fill", "look_up"}
VERIFY, AGREED = "must_verify", "agreed-"
NOTHING_SCANNED: dict[str, Any] = {}


@dataclass
class Page:
    """One drawing of the page: the draft, what stands in its boxes, and what follows from that."""

    view: PortalView
    draft: DeclarationDraft
    content: dict[str, str]
    bound: bool = False
    paper_errors: dict[str, str] = field(default_factory=dict)

    @cached_property
    def template(self) -> Template:
        return template_of(self.draft.version)

    @cached_property
    def form(self) -> DeclarationForm:
        verified = bool(self.content.get(VERIFY))
        data = self.content if self.bound else None
        return DeclarationForm(self.template, data, initial=self.content, verified=verified)

    @cached_property
    def facts(self) -> dict[str, str]:
        return self.form.typed()

    @cached_property
    def parts(self) -> list[PartOfForm]:
        return list(self.form.parts())

    @cached_property
    def papers(self) -> list[PaperRow]:
        actor, today = self.view.actor, clock.today()
        offers = declared_paper_offers(actor=actor, template=self.template, facts=self.facts, on=today)
        return paper_lines(self.template, self.facts, self.content, offers)

    @property
    def paper_list(self) -> list[tuple[PaperRow, str]]:
        """Each line with what is wrong with it."""
        return [(row, self.paper_errors.get(row.paper.key, "")) for row in self.papers]

    @property
    def confirmations(self) -> list[dict[str, Any]]:
        """Who has to agree by what is typed now, and whether they said so at the desk."""
        asked = (one for one in self.template.confirmations if holds(one.when, self.facts))
        return [
            {"role": one.role, "label": one.label, "agreed": bool(self.content.get(f"{AGREED}{one.role}"))}
            for one in asked
        ]

    @cached_property
    def promise(self) -> Promised:
        return promise_of(self.template, self.facts, unit_id=self.draft.unit_id, now=clock.now())

    @property
    def missing(self) -> int:
        return sum(part.missing for part in self.parts) + sum(row.is_missing for row in self.papers)

    @property
    def person_url(self) -> str:
        return reverse("interlink:declaration-person", args=[self.draft.key])


class DeclarationView(PortalView):
    """What the views of one declaration share."""

    permission = permissions.OPEN

    def page(self, key: uuid.UUID, content: Mapping[str, str] | None = None, *, bound: bool = False) -> Page:
        draft = declaration_draft(actor=self.actor, key=key)
        return Page(self, draft, dict(declared_so_far(draft) if content is None else content), bound)

    def show(
        self,
        request: HttpRequest,
        page: Page,
        template: str = "interlink/declare/page.html",
        *,
        status: int = 200,
        **extra: Any,
    ) -> HttpResponse:
        context = {"page": page, "key": page.draft.key, "person_url": page.person_url, "scan": NOTHING_SCANNED, **extra}
        return render(request, template, context, status=status)


class DeclareView(DeclarationView):
    """Takes up the clerk's last declaration of this group, or starts one."""

    def get(self, request: HttpRequest, group: str) -> HttpResponse:
        version = version_on(group_code=group, on=clock.today())
        found = latest_declaration(actor=self.actor, version_id=version.pk)
        draft = found or start_declaration(actor=self.actor, version_id=version.pk)
        return redirect("interlink:declaration", key=draft.key)


class DeclarationPageView(DeclarationView):
    def get(self, request: HttpRequest, key: uuid.UUID) -> HttpResponse:
        return self.show(request, self.page(key))

    def post(self, request: HttpRequest, key: uuid.UUID) -> HttpResponse:
        """Tiếp nhận: everything at once; on a refusal the page comes back with all that was typed."""
        content = typed(request.POST)
        page = self.page(key, content, bound=True)
        save_declaration(actor=self.actor, key=key, content=content)
        papers, page.paper_errors = checked_papers(page.papers, request.FILES)
        if not page.form.is_valid() or page.paper_errors:
            return self.show(request, page, status=422)
        declared = DeskDeclaration(
            version=page.draft.version,
            facts=page.form.facts(),
            papers=papers,
            agreed=[one["role"] for one in page.confirmations if one["agreed"]],
            is_verified=bool(content.get(VERIFY)),
            card_read=bool(content.get(f"card-{page.template.requester}")),
        )
        try:
            opened = receive_declaration(actor=self.actor, declared=declared, idempotency_key=str(key))
        except DomainError as error:
            return self._refused(request, page, error)
        discard_declaration(actor=self.actor, key=key)
        return redirect("interlink:receipt", code=opened.code)

    def _refused(self, request: HttpRequest, page: Page, error: DomainError) -> HttpResponse:
        """Each fault at its box or paper; one that is of neither stands on top of the page."""
        papers = {row.paper.key for row in page.papers}
        for fault in _faults(error):
            if fault["field"] in papers:
                page.paper_errors[fault["field"]] = fault["message"]
            else:
                named = name_of(fault["field"]) if fault["field"] else None
                add_domain_error(page.form, DomainError(fault["code"], fault["message"], named))
        return self.show(request, page, status=error.status, refusal=error)


class DeclarationSaveView(DeclarationView):
    """Autosave; answers with the review strip, so the promise follows what is typed."""

    def post(self, request: HttpRequest, key: uuid.UUID) -> HttpResponse:
        content = typed(request.POST)
        page = self.page(key, content)
        save_declaration(actor=self.actor, key=key, content=content)
        return self.show(request, page, REVIEW)


class DeclarationPersonView(DeclarationView):
    """A card, a typed number or the population register fills one part; the rest of the page stays as it is."""

    def post(self, request: HttpRequest, key: uuid.UUID) -> HttpResponse:
        content = typed(request.POST)
        section = request.POST.get("look_up") or request.POST.get("fill", "")
        scan: dict[str, Any] = {"section": section}
        try:
            act = self._look_up if request.POST.get("look_up") else self._fill
            content |= act(key, section, request.POST, scan)
        except DomainError as error:
            scan["error"] = error
        save_declaration(actor=self.actor, key=key, content=content)
        page = self.page(key, content)
        part = next((part for part in page.parts if part.key == section), None)
        if part is None or request.headers.get("HX-Request") != "true":
            return self.show(request, page, scan=scan)
        return self.show(request, page, "interlink/declare/filled.html", scan=scan, section=part)

    def _fill(self, key: uuid.UUID, section: str, data: QueryDict, scan: dict[str, Any]) -> dict[str, str]:
        payload = data.get(f"payload-{section}", "").strip()
        if not payload:
            raise DomainError("declaration.nothing_scanned", "Chưa quét thẻ hoặc gõ số định danh.", "payload")
        told, scan["warnings"] = person_told(actor=self.actor, payload=payload)
        by_card = "|" in payload
        scan["filled"] = "Đã điền từ thẻ." if by_card else "Đã điền từ dữ liệu đã có."
        return boxes_of(self.page(key).template, section, told) | {f"card-{section}": "on" if by_card else ""}

    def _look_up(self, key: uuid.UUID, section: str, data: QueryDict, scan: dict[str, Any]) -> dict[str, str]:
        name, number = (data.get(name_of(f"{section}.{one}"), "") for one in ("full_name", "personal_id"))
        shown = look_up_declared(actor=self.actor, key=key, full_name=name, personal_id=number)
        scan["filled"] = "Đã tra cứu dân cư; lần tra cứu được ghi lại."
        scan["shown"], scan["never_demand"] = shown, NEVER_DEMANDED_WHY
        address = next((text for label, text in shown.items() if "thường trú" in label.lower()), "")
        return boxes_of(self.page(key).template, section, {"address": address})


class DeclarationDiscardView(DeclarationView):
    def post(self, request: HttpRequest, key: uuid.UUID) -> HttpResponse:
        discard_declaration(actor=self.actor, key=key)
        return redirect("interlink:list")


def _faults(error: DomainError) -> list[dict[str, Any]]:
    """Every fault of a refusal; the refusal itself when it names none."""
    told = error.data.get("faults")
    return told if isinstance(told, list) else [{"code": error.code, "message": error.message, "field": error.field}]


def typed(data: QueryDict) -> dict[str, str]:
    """The form as plain text, without what is not content."""
    return {
        name: str(value) for name, value in data.items() if name not in NOT_CONTENT and not name.startswith("payload-")
    }
