"""Public lists: search and browse, suggestions as one types, a life event."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from haddong_portal.accounts.models import Unit
from haddong_portal.common.rights import PUBLIC
from haddong_portal.common.web.views import PortalView
from procedures.constants import Level
from procedures.selectors import browsing
from procedures.selectors.finding import drawn_list, find_procedures, unit_choices
from procedures.views.asked import asked, asked_number

QUERY_MAX = 200
SUGGESTIONS = 6
SECTORS_SHOWN = 8
EVERY = "moi"


def asked_text(request: HttpRequest) -> str:
    """What was typed into the box, kept to a sane length."""
    return asked(request, "q", QUERY_MAX)


class ListView(PortalView):
    """`?q=`, `?cap=`, `?linh-vuc=`, `?don-vi=`, `?sau=`: all in the address, so that a list can be sent to another."""

    permission = PUBLIC

    def get(self, request: HttpRequest) -> HttpResponse:
        units = unit_choices()
        unit = next((unit for unit in units if unit.key == asked(request, "don-vi")), None)
        list_html = self._list_html(request, unit)
        if request.headers.get("HX-Request") == "true":
            return HttpResponse(list_html)
        context = {"q": asked_text(request), "units": units, "unit": unit, "list_html": list_html}
        return render(request, "procedures/list.html", context)

    def _list_html(self, request: HttpRequest, unit: Unit | None) -> SafeString:
        """Filters, rows and pager. A search is drawn once per revision of the catalogue: people ask for the same."""
        q = asked_text(request)

        def draw() -> SafeString:
            return render_to_string("procedures/_list.html", {"q": q, "unit": unit, **self._found(request, unit)})

        if not q:
            return draw()
        asked_for = (
            request.path,
            unit and (unit.pk, unit.name),
            asked(request, "sau", 40),
            *self._kept(request).items(),
        )
        return drawn_list(asked_for, draw)

    def _found(self, request: HttpRequest, unit: Unit | None) -> dict[str, object]:
        q, sector_id = asked_text(request), asked_number(request, "linh-vuc")
        chip = self._level(request, q)
        level = "" if chip == EVERY else chip
        unit_id, after = (unit.pk if unit else None), asked(request, "sau", 40)
        if q:
            found = find_procedures(q=q, level=level, sector_id=sector_id, unit_id=unit_id, after=after)
        else:
            found = browsing.browse_procedures(level=level, sector_id=sector_id, unit_id=unit_id, after=after)
        sectors = browsing.sector_facets(level, unit_id)
        chosen = [facet for facet in sectors if facet.key == str(sector_id)] if sector_id else sectors[:SECTORS_SHOWN]
        return {
            "found": found,
            "level_chips": self._level_chips(request, chip, unit_id, searching=bool(q)),
            "sector_chips": self._sector_chips(request, chosen, sector_id),
            # A hundred sectors and more: a list to choose from, drawn once for each level and unit.
            "more_sectors": [] if sector_id else sectors[SECTORS_SHOWN:],
            "sectors_look": f"{browsing.catalogue_revision()} {level} {unit_id}",
            "kept": {name: value for name, value in self._kept(request).items() if value and name != "linh-vuc"},
            "next_url": self._url(request, sau=found.next_code) if found.next_code else "",
            "first_url": self._url(request) if after else "",
            "clear_url": reverse("procedures:list"),
        }

    def _level(self, request: HttpRequest, q: str) -> str:
        """The chosen level; near ones while browsing, every one while searching, unless said otherwise."""
        known = Level.values if q else [*Level.values, browsing.NEAR]
        wanted = asked(request, "cap")
        return wanted if wanted in known else EVERY if q or wanted == EVERY else browsing.NEAR

    def _level_chips(
        self, request: HttpRequest, chosen: str, unit_id: int | None, *, searching: bool
    ) -> list[dict[str, object]]:
        facets = [(facet.key, facet.label, facet.count) for facet in browsing.level_facets(unit_id)]
        every = (EVERY, "Mọi cấp", None)
        shown = [every, *facets[1:]] if searching else [*facets, every]
        return [
            {
                "label": label,
                "count": None if searching else count,
                "active": key == chosen,
                "url": self._url(request, cap=key),
            }
            for key, label, count in shown
        ]

    def _sector_chips(
        self, request: HttpRequest, facets: list[browsing.Facet], chosen: int | None
    ) -> list[dict[str, object]]:
        return [
            {
                "label": facet.label,
                "count": facet.count,
                "active": facet.key == str(chosen),
                "icon": "x" if facet.key == str(chosen) else "",
                "url": self._url(request, **{"linh-vuc": "" if facet.key == str(chosen) else facet.key}),
            }
            for facet in facets
        ]

    def _kept(self, request: HttpRequest) -> dict[str, str]:
        """The filters in the address."""
        return {name: asked(request, name, QUERY_MAX) for name in ("q", "cap", "linh-vuc", "don-vi")}

    def _url(self, request: HttpRequest, **changed: str) -> str:
        """This list with some filters changed, from its first page."""
        wanted = {name: value for name, value in {**self._kept(request), **changed}.items() if value}
        return f"{request.path}?{urlencode(wanted)}" if wanted else request.path


class SuggestView(PortalView):
    """The best few matches while one types: a fragment."""

    permission = PUBLIC

    def get(self, request: HttpRequest) -> HttpResponse:
        q, unit = asked_text(request), asked(request, "don-vi")
        found = find_procedures(q=q, unit_key=unit, limit=SUGGESTIONS) if len(q) > 1 else None
        more = urlencode({name: value for name, value in (("q", q), ("don-vi", unit)) if value})
        return render(request, "procedures/_suggestions.html", {"q": q, "found": found, "unit_key": unit, "more": more})


class LifeEventView(PortalView):
    """What a family has to do when this happens, in the usual order."""

    permission = PUBLIC

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        event, rows = browsing.life_event(slug)
        others = [other for other in browsing.life_events() if other.slug != slug]
        return render(request, "procedures/life_event.html", {"event": event, "rows": rows, "others": others})
