"""Delegations: the list with what ends soon, one of them, recording, confirming and ending."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode

from haddong_portal.common import clock
from haddong_portal.common.web.views import PortalView
from procedures.constants import DelegatedAct
from procedures.forms.delegations import DelegationForm, RevokeForm
from procedures.permissions import MANAGE_DELEGATIONS, SEE_DELEGATIONS
from procedures.selectors import delegation_pages
from procedures.services.grant_delegation import confirm_delegation, grant_delegation
from procedures.services.revoke_delegation import revoke_delegation
from procedures.views.asked import asked
from procedures.views.process_editing import tried


class DelegationListView(PortalView):
    """Who decides in whose place, until when; what ends within 30 days on top."""

    permission = SEE_DELEGATIONS

    def get(self, request: HttpRequest) -> HttpResponse:
        standing, q, today = asked(request, "trang-thai"), asked(request, "q", 100), clock.today()
        standing = standing if standing in delegation_pages.STANDINGS else ""
        everything = delegation_pages.delegation_lines(standing="", q=q, on=today)
        counts = delegation_pages.standing_counts(everything)
        labels = {"": "Tất cả", **{key: look[0] for key, look in delegation_pages.STANDINGS.items()}}
        context = {
            "q": q,
            "lines": [line for line in everything if not standing or line.standing == standing],
            "soon": counts[delegation_pages.SOON],
            "chips": [
                {
                    "label": label,
                    "url": "?" + urlencode({name: v for name, v in (("trang-thai", key), ("q", q)) if v}),
                    "active": key == standing,
                    "count": counts.get(key, len(everything)),
                }
                for key, label in labels.items()
            ],
            "standings": delegation_pages.STANDINGS,
            "counts": delegation_pages.delegated_counts(today),
            "can_manage": self.actor.has_right(MANAGE_DELEGATIONS),
        }
        return render(request, "procedures/delegations/list.html", context)


class DelegationView(PortalView):
    permission = SEE_DELEGATIONS

    def get(self, request: HttpRequest, delegation_id: int) -> HttpResponse:
        return self._page(request, delegation_id, RevokeForm())

    def _page(self, request: HttpRequest, delegation_id: int, form: RevokeForm) -> HttpResponse:
        row = delegation_pages.delegation_by_id(delegation_id)
        line = delegation_pages.delegation_line(row, on=clock.today())
        context = {
            "delegation": row,
            "line": line,
            "look": delegation_pages.STANDINGS[line.standing],
            "acts": [DelegatedAct(act).label for act in row.acts],
            "resting": delegation_pages.resting_on(row),
            "form": form,
            "can_manage": self.actor.has_right(MANAGE_DELEGATIONS),
            "can_revoke": line.standing != delegation_pages.ENDED and row.revoked_on is None,
        }
        return render(request, "procedures/delegations/detail.html", context, status=400 if form.errors else 200)


class DelegationNewView(PortalView):
    permission = MANAGE_DELEGATIONS

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._page(request, DelegationForm(initial={"acts": DelegatedAct.values}))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = DelegationForm(request.POST)

        def grant() -> object:
            bind = form.cleaned_data["bind_procedures"]
            return grant_delegation(actor=self.actor, data=form.terms(), bind_procedures=bind)

        if not tried(request, form, grant):
            return self._page(request, form)
        messages.success(request, "Đã ghi ủy quyền.")
        return redirect("procedures:delegations")

    def _page(self, request: HttpRequest, form: DelegationForm) -> HttpResponse:
        status = 400 if form.errors else 200
        return render(request, "procedures/delegations/new.html", {"form": form}, status=status)


class DelegationConfirmView(PortalView):
    permission = MANAGE_DELEGATIONS

    def post(self, request: HttpRequest, delegation_id: int) -> HttpResponse:
        confirm_delegation(actor=self.actor, delegation_id=delegation_id)
        messages.success(request, "Đã ghi là đối chiếu với bản gốc.")
        return redirect("procedures:delegation", delegation_id=delegation_id)


class DelegationRevokeView(DelegationView):
    permission = MANAGE_DELEGATIONS

    def get(self, request: HttpRequest, delegation_id: int) -> HttpResponse:
        return redirect("procedures:delegation", delegation_id=delegation_id)

    def post(self, request: HttpRequest, delegation_id: int) -> HttpResponse:
        form = RevokeForm(request.POST)

        def revoke() -> object:
            return revoke_delegation(actor=self.actor, delegation_id=delegation_id, **form.cleaned_data)

        if not tried(request, form, revoke):
            return self._page(request, delegation_id, form)
        messages.success(request, "Đã chấm dứt ủy quyền. Thủ tục dựa vào ủy quyền này tạm khóa từ ngày đó.")
        return redirect("procedures:delegation", delegation_id=delegation_id)
