"""Screens of the catalogue's editors: drafts and what they lack, publishing, who performs what, scans."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from haddong_portal.accounts.selectors.units import unit_by_key
from haddong_portal.common.errors import DomainError
from haddong_portal.common.web.views import PortalView
from procedures.constants import PublicationState
from procedures.permissions import EDIT, PUBLISH, SET_PERFORMED
from procedures.selectors import editing
from procedures.selectors.finding import own_desk, unit_choices
from procedures.selectors.links import RECENT_DAYS, scan_rows
from procedures.services.publish_version import publish_version
from procedures.services.set_performed import set_performed
from procedures.views.asked import asked, asked_number

STATE_LABELS = {**{state.value: state.label for state in editing.STATES}, editing.NEEDS_REVIEW: "Cần rà soát"}


class CatalogueView(PortalView):
    """Versions by state; drafts say which statutory part they lack."""

    permission = EDIT

    def get(self, request: HttpRequest) -> HttpResponse:
        state = asked(request, "trang-thai")
        state = state if state in STATE_LABELS else PublicationState.DRAFT.value
        q, after = asked(request, "q", 200), asked_number(request, "sau", 17)
        found = editing.version_list(state=state, q=q, after=after or 0)
        context = {
            "q": q,
            "state": state,
            "found": found,
            "chips": [self._chip(key, label, q, state, found.counts) for key, label in STATE_LABELS.items()],
            "next_url": "?" + urlencode({"trang-thai": state, "q": q, "sau": str(found.next_id)})
            if found.next_id
            else "",
            "can_publish": self.actor.has_right(PUBLISH),
        }
        return render(request, "procedures/catalogue.html", context)

    def _chip(self, key: str, label: str, q: str, state: str, counts: dict[str, int]) -> dict[str, object]:
        url = "?" + urlencode({name: value for name, value in (("trang-thai", key), ("q", q)) if value})
        return {"label": label, "url": url, "active": key == state, "count": counts.get(key, 0)}


class PublishView(PortalView):
    permission = PUBLISH

    def post(self, request: HttpRequest, version_id: int) -> HttpResponse:
        try:
            version = publish_version(actor=self.actor, version_id=version_id)
        except DomainError as error:
            messages.error(request, f"{error.message} (mã {error.code})")
        else:
            messages.success(request, f"Đã công bố: {version.name}.")
        return _back(request, reverse("procedures:catalogue"))


class OwnPerformedView(PortalView):
    """From the navigation to the actor's own desk."""

    permission = SET_PERFORMED

    def get(self, request: HttpRequest) -> HttpResponse:
        return redirect("procedures:performed", key=own_desk(self.actor.unit_id).key)


class PerformedView(PortalView):
    """What a unit performs here, and what not, with the reason."""

    permission = SET_PERFORMED

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        unit = unit_by_key(key)
        q, undecided = asked(request, "q", 200), asked(request, "loc") == "chua-ro"
        lines = editing.performed_list(unit, q=q, undecided=undecided)
        context = {"unit": unit, "units": unit_choices(), "q": q, "undecided": undecided, "lines": lines}
        return render(request, "procedures/performed.html", context)

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        unit = unit_by_key(key)
        try:
            procedure_id = editing.procedure_id_of(request.POST.get("procedure", ""))
            handling_id, signing_id = editing.units_of_performance(unit, procedure_id)
            set_performed(
                actor=self.actor,
                unit_id=unit.pk,
                procedure_id=procedure_id,
                performed=request.POST.get("performed") == "1",
                reason=request.POST.get("reason", ""),
                handling_unit_id=handling_id,
                signing_unit_id=signing_id,
            )
        except DomainError as error:
            messages.error(request, f"{error.message} (mã {error.code})")
        else:
            messages.success(request, "Đã ghi nhận.")
        return _back(request, reverse("procedures:performed", args=[key]))


class ScansView(PortalView):
    """How often each printed code was scanned."""

    permission = EDIT

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "procedures/scans.html", {"rows": scan_rows(), "days": RECENT_DAYS})


def _back(request: HttpRequest, default: str) -> HttpResponseRedirect:
    """To the list as it stood, never to another site."""
    wanted = request.POST.get("back", "")
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return redirect(wanted if safe else default)
