"""Units, posts and rights, for whoever oversees them."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.forms.organisation import AssignPostForm, EndPostForm, StaffFilterForm
from haddong_portal.accounts.selectors.calendar import opening_text
from haddong_portal.accounts.selectors.people import StaffFilter, post_of, posts_in_unit, staff_page
from haddong_portal.accounts.selectors.rights import rights_matrix
from haddong_portal.accounts.selectors.units import succession_plans, unit_by_key, unit_tree
from haddong_portal.accounts.services.assign_post import assign_post, end_post
from haddong_portal.common import clock
from haddong_portal.common.errors import DomainError
from haddong_portal.common.web.forms import add_domain_error
from haddong_portal.common.web.views import PortalView


class UnitsView(PortalView):
    permission = "accounts.read_units"

    def get(self, request: HttpRequest) -> HttpResponse:
        context = {"rows": unit_tree(), "plans": succession_plans(), "today": clock.today()}
        return render(request, "accounts/units.html", context)


class UnitView(PortalView):
    permission = "accounts.read_units"

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        unit = unit_by_key(key)
        context = {"unit": unit, "posts": posts_in_unit(unit), "hours_today": opening_text(clock.today(), unit.pk)}
        return render(request, "accounts/unit.html", context)


class StaffView(PortalView):
    permission = "accounts.read_units"

    def get(self, request: HttpRequest) -> HttpResponse:
        form = StaffFilterForm(request.GET)
        data = form.cleaned_data if form.is_valid() else {}
        unit = data.get("unit")
        wanted = StaffFilter(
            text=data.get("q", "").strip(), unit_id=unit.pk if unit else None, role=data.get("role", "")
        )
        page = staff_page(wanted, after=request.GET.get("sau", ""))
        query = {name: value for name, value in request.GET.items() if name != "sau" and value}
        next_url = f"?{urlencode({**query, 'sau': page.after})}" if page.after else ""
        return render(
            request, "accounts/staff.html", {"form": form, "page": page, "next_url": next_url, "filtered": bool(query)}
        )


class AssignPostView(PortalView):
    permission = "accounts.manage_posts"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._page(request, AssignPostForm(initial={"from_on": clock.today()}))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = AssignPostForm(request.POST)
        if form.is_valid():
            data = form.cleaned_data
            try:
                post = assign_post(
                    actor=self.actor,
                    user_id=data["user"].pk,
                    unit_id=data["unit"].pk,
                    role=data["role"],
                    title=data["title"],
                    from_on=data["from_on"],
                )
            except DomainError as error:
                add_domain_error(form, error)
            else:
                messages.success(request, f"Đã giao vị trí {post.title} cho {post.user}.")
                return redirect("accounts:unit", key=post.unit.key)
        return self._page(request, form, status=422)

    def _page(self, request: HttpRequest, form: AssignPostForm, *, status: int = 200) -> HttpResponse:
        return render(request, "accounts/assign_post.html", {"form": form}, status=status)


class EndPostView(PortalView):
    permission = "accounts.manage_posts"

    def get(self, request: HttpRequest, post_id: int) -> HttpResponse:
        return self._page(request, post_id, EndPostForm(initial={"to_on": clock.today()}))

    def post(self, request: HttpRequest, post_id: int) -> HttpResponse:
        form = EndPostForm(request.POST)
        if form.is_valid():
            try:
                post = end_post(actor=self.actor, post_id=post_id, to_on=form.cleaned_data["to_on"])
            except DomainError as error:
                add_domain_error(form, error)
            else:
                messages.success(request, f"Đã kết thúc vị trí {post.title} của {post.user}.")
                return redirect(reverse("accounts:staff"))
        return self._page(request, post_id, form, status=422)

    def _page(self, request: HttpRequest, post_id: int, form: EndPostForm, *, status: int = 200) -> HttpResponse:
        context = {"form": form, "post": post_of(post_id)}
        return render(request, "accounts/end_post.html", context, status=status)


class RightsView(PortalView):
    permission = "accounts.read_rights"

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "accounts/rights.html", {"rooms": rights_matrix(), "roles": Role.choices})
