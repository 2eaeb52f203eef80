"""A scanned code: counted, then opened. Nothing about the person is kept."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from haddong_portal.common.rights import PUBLIC
from haddong_portal.common.web.views import PortalView
from procedures.constants import LinkKind
from procedures.models import ShortLink
from procedures.selectors.links import link_by_token
from procedures.services.short_links import count_scan


class OpenLinkView(PortalView):
    """Unknown codes get a page with the search box: the person stands in front of a poster and wants something."""

    permission = PUBLIC

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        link = link_by_token(token)
        if link is None:
            return render(request, "procedures/unknown_link.html", {"token": token[:20]}, status=404)
        count_scan(link.pk)
        response = HttpResponseRedirect(target_of(link))
        response["Cache-Control"] = "no-store"
        return response


def target_of(link: ShortLink) -> str:
    """Where the link leads today."""
    unit = urlencode({"don-vi": link.unit.key}) if link.unit else ""
    if link.kind == LinkKind.PROCEDURE and link.procedure:
        address = reverse("procedures:detail", args=[link.procedure.national_code])
        return f"{address}?{unit}" if unit else address
    return reverse("procedures:unit", args=[link.unit.key]) if link.unit else reverse("procedures:list")
