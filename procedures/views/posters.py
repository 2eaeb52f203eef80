"""Printing posters: one at once, a unit's batch in the background with progress."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from haddong_portal.accounts.selectors.units import unit_by_key
from haddong_portal.common.errors import DomainError, NotFound
from haddong_portal.common.web.forms import add_domain_error
from haddong_portal.common.web.views import PortalView
from procedures.constants import BatchState
from procedures.documents.poster import render_poster
from procedures.forms.posters import PosterForm
from procedures.permissions import PRINT_POSTERS
from procedures.selectors.finding import own_desk
from procedures.selectors.posters import poster_batch, recent_batches
from procedures.services.order_posters import order_posters
from procedures.services.poster_sheets import poster_of_unit


class OwnPostersView(PortalView):
    """From the navigation to the printing page of the actor's own desk."""

    permission = PRINT_POSTERS

    def get(self, request: HttpRequest) -> HttpResponse:
        return redirect("procedures:unit-posters", key=own_desk(self.actor.unit_id).key)


class UnitPosterView(PortalView):
    """The one poster that opens the unit's list."""

    permission = PRINT_POSTERS

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        pdf = render_poster(poster_of_unit(unit_by_key(key)))
        name = f'inline; filename="ap-phich-{key}.pdf"'
        return HttpResponse(pdf, content_type="application/pdf", headers={"Content-Disposition": name})


class UnitPostersView(PortalView):
    """Order a batch; the last ones with their progress."""

    permission = PRINT_POSTERS

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        return self._page(request, key, PosterForm())

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        form = PosterForm(request.POST)
        if not form.is_valid():
            return self._page(request, key, form)
        try:
            order_posters(
                actor=self.actor,
                unit_key=key,
                with_procedures=form.cleaned_data["with_procedures"],
                counters=form.counter_names(),
            )
        except DomainError as error:
            add_domain_error(form, error)
            return self._page(request, key, form)
        return redirect("procedures:unit-posters", key=key)

    def _page(self, request: HttpRequest, key: str, form: PosterForm) -> HttpResponse:
        unit = unit_by_key(key)
        context = {"unit": unit, "form": form, "batches": recent_batches(unit.pk)}
        return render(request, "procedures/unit_posters.html", context, status=400 if form.errors else 200)


class BatchProgressView(PortalView):
    """One batch's line: asked again every second while it is open."""

    permission = PRINT_POSTERS

    def get(self, request: HttpRequest, batch_id: int) -> HttpResponse:
        return render(request, "procedures/_batch.html", {"batch": poster_batch(batch_id)})


class BatchFileView(PortalView):
    """The finished file."""

    permission = PRINT_POSTERS

    def get(self, request: HttpRequest, batch_id: int) -> HttpResponseBase:
        batch = poster_batch(batch_id)
        name = batch.file.name or ""
        if batch.state != BatchState.DONE or not batch.file.storage.exists(name):
            raise NotFound("Tệp in chưa có hoặc đã được dọn. Xin yêu cầu in lại.", code="posters.no_file")
        ending = name.rpartition(".")[2]
        return FileResponse(batch.file.open("rb"), as_attachment=True, filename=f"ap-phich-{batch.unit.key}.{ending}")
