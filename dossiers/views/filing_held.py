"""A paper of the citizen's own store in place of an upload, on the form from home."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from dossiers.services.filing_held import drop_held, hold_paper
from dossiers.views.filing_papers import SlotView
from haddong_portal.common.errors import DomainError, NotFound
from haddong_portal.common.web.views import citizen_of, to_sign_in


class HoldView(SlotView):
    """Signed out meanwhile, one is asked to sign in and comes back to the form."""

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not citizen_of(request).is_citizen:
            return to_sign_in(request, settings.CITIZEN_LOGIN_URL)
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, key: uuid.UUID, requirement_id: int) -> HttpResponse:
        try:
            paper = uuid.UUID(request.POST.get("paper", "")[:40])
        except ValueError:
            raise NotFound("Không tìm thấy giấy tờ này trong kho.", code="paper.not_found") from None
        try:
            hold_paper(actor=citizen_of(request), key=key, requirement_id=requirement_id, paper=paper)
        except DomainError as error:
            return self.answer(request, key, requirement_id, error)
        return self.answer(request, key, requirement_id)


class DropHeldView(SlotView):
    """Anybody with the draft's key: nothing of the store is shown."""

    def post(self, request: HttpRequest, key: uuid.UUID, requirement_id: int) -> HttpResponse:
        drop_held(key=key, requirement_id=requirement_id)
        return self.answer(request, key, requirement_id)
