"""Delivery lists between units: making one, its paper, and the receiving unit's check line by line."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from dossiers.forms.delivering import NewDeliveryForm, ReceiptForm
from dossiers.forms.reassigning import CHOSEN
from dossiers.permissions import RIGHT_OF
from dossiers.rules.lifecycle import Command
from dossiers.selectors.deliveries import NewDelivery, delivery_of, delivery_page, delivery_pdf, new_delivery
from dossiers.services.confirm_delivery import confirm_delivery
from dossiers.services.hand_over_batch import hand_over_batch
from dossiers.views.reassigning import chosen_ids
from haddong_portal.common import clock
from haddong_portal.common.errors import DomainError
from haddong_portal.common.web.forms import add_domain_error
from haddong_portal.common.web.views import PortalView

RECEIVED = "den"
DELIVER = RIGHT_OF[Command.DELIVER]


class DeliveryListView(PortalView):
    permission = DELIVER

    def get(self, request: HttpRequest) -> HttpResponse:
        received = request.GET.get("xem") == RECEIVED
        page = delivery_page(actor=self.actor, received=received, cursor=request.GET.get("sau") or None)
        which = f"xem={RECEIVED}&" if received else ""
        context = {
            "page": page,
            "received": received,
            "tabs": [
                {"label": "Đơn vị tôi giao", "url": "?", "active": not received},
                {"label": "Đơn vị tôi nhận", "url": f"?xem={RECEIVED}", "active": received},
            ],
            "next_url": f"?{which}sau={page.next_cursor}" if page.next_cursor else "",
        }
        return render(request, "dossiers/deliveries.html", context)


class NewDeliveryView(PortalView):
    permission = DELIVER

    def get(self, request: HttpRequest) -> HttpResponse:
        page = self._page(request.GET.get("den", ""), request.GET.getlist(CHOSEN))
        return self._draw(request, page, NewDeliveryForm(page))

    def post(self, request: HttpRequest) -> HttpResponse:
        page = self._page(request.POST.get("to_unit_id", ""), request.POST.getlist("dossier_ids"))
        form = NewDeliveryForm(page, request.POST)
        if not form.is_valid():
            return self._draw(request, page, form, status=422)
        data = form.cleaned_data
        try:
            delivery = hand_over_batch(
                actor=self.actor,
                to_unit_id=data["to_unit_id"],
                dossier_ids=data["dossier_ids"],
                note=data["note"],
                late=form.late(),
            )
        except DomainError as error:
            add_domain_error(form, error)
            return self._draw(request, page, form, status=error.status)
        messages.success(request, f"Đã lập danh sách bàn giao số {delivery.number}/{delivery.year}.")
        return redirect("dossiers:delivery", delivery_id=delivery.pk)

    def _page(self, unit: str, chosen: list[str]) -> NewDelivery:
        to_unit_id = next(iter(chosen_ids([unit])), None)
        return new_delivery(actor=self.actor, to_unit_id=to_unit_id, dossier_ids=chosen_ids(chosen), now=clock.now())

    def _draw(self, request: HttpRequest, page: NewDelivery, form: NewDeliveryForm, status: int = 200) -> HttpResponse:
        ticked = {str(value) for value in form["dossier_ids"].value() or [row.pk for row in page.rows]}
        context = {"page": page, "form": form, "ticked": ticked}
        return render(request, "dossiers/new_delivery.html", context, status=status)


class DeliveryView(PortalView):
    permission = DELIVER

    def get(self, request: HttpRequest, delivery_id: int) -> HttpResponse:
        return self._draw(request, delivery_id)

    def post(self, request: HttpRequest, delivery_id: int) -> HttpResponse:
        delivery = delivery_of(actor=self.actor, delivery_id=delivery_id)
        form = ReceiptForm(delivery, request.POST)
        try:
            if not form.is_valid():
                raise DomainError("form.invalid", "Có dòng không thuộc danh sách này.", status=422)
            confirm_delivery(actor=self.actor, delivery_list_id=delivery_id, line_ids=form.cleaned_data["line_ids"])
        except DomainError as error:
            return self._draw(request, delivery_id, refusal=error)
        messages.success(request, "Đã xác nhận nhận bàn giao.")
        return redirect("dossiers:delivery", delivery_id=delivery_id)

    def _draw(self, request: HttpRequest, delivery_id: int, refusal: DomainError | None = None) -> HttpResponse:
        delivery = delivery_of(actor=self.actor, delivery_id=delivery_id)
        may_confirm = delivery.received_at is None and delivery.to_unit_id in self.actor.unit_ids
        context = {"delivery": delivery, "may_confirm": may_confirm, "refusal": refusal}
        return render(request, "dossiers/delivery.html", context, status=refusal.status if refusal else 200)


class DeliveryPdfView(PortalView):
    permission = DELIVER

    def get(self, request: HttpRequest, delivery_id: int) -> HttpResponse:
        pdf = delivery_pdf(actor=self.actor, delivery_id=delivery_id, now=clock.now())
        response = HttpResponse(pdf, content_type="application/pdf")
        response["Content-Disposition"] = f'inline; filename="ban-giao-{delivery_id}.pdf"'
        response["Cache-Control"] = "private, no-store"
        return response
