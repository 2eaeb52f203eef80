"""A citizen's consents: the wording, since when, what withdrawing changes; give and withdraw."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from haddong_portal.citizens.selectors.own import consent_lines, open_phone
from haddong_portal.citizens.services.give_consent import give_consent
from haddong_portal.citizens.services.withdraw_consent import withdraw_consent
from haddong_portal.common import clock
from haddong_portal.common.errors import DomainError
from haddong_portal.common.web.views import CitizenView


class ConsentsView(CitizenView):
    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(request)

    def show(self, request: HttpRequest, *, refusal: DomainError | None = None) -> HttpResponse:
        context = {
            "lines": consent_lines(self.person_id, on=clock.today()),
            "phone": open_phone(self.person_id),
            "refusal": refusal,
        }
        return render(request, "citizens/consents.html", context, status=refusal.status if refusal else 200)


class GiveConsentView(ConsentsView):
    """The box must be ticked by hand: silence is no consent."""

    def post(self, request: HttpRequest, purpose: str) -> HttpResponse:
        try:
            if not request.POST.get("agreed"):
                raise DomainError("consent.not_ticked", "Chưa đánh dấu vào ô đồng ý.", "agreed", status=422)
            give_consent(actor=self.actor, person_id=self.person_id, purpose=purpose)
        except DomainError as error:
            return self.show(request, refusal=error)
        messages.success(request, "Đã ghi nhận sự đồng ý. Có thể rút lại bất cứ lúc nào tại trang này.")
        return redirect("citizens:consents")


class WithdrawConsentView(ConsentsView):
    def post(self, request: HttpRequest, purpose: str) -> HttpResponse:
        try:
            withdraw_consent(actor=self.actor, person_id=self.person_id, purpose=purpose)
        except DomainError as error:
            return self.show(request, refusal=error)
        messages.success(request, "Đã rút sự đồng ý, có hiệu lực ngay.")
        return redirect("citizens:consents")
