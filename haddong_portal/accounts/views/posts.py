"""Choose the post to work in, for people who hold several."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from haddong_portal.accounts import sessions
from haddong_portal.accounts.selectors.actors import posts_of
from haddong_portal.accounts.views.base import next_path, signed_in_user, start_path
from haddong_portal.common.errors import NotFound
from haddong_portal.common.rights import SIGNED_IN
from haddong_portal.common.web.views import PortalView


class ChoosePostView(PortalView):
    permission = SIGNED_IN

    def get(self, request: HttpRequest) -> HttpResponse:
        context = {
            "posts": posts_of(signed_in_user(request)),
            "current_post_id": self.actor.post_id,
            "next": next_path(request),
        }
        return render(request, "accounts/choose_post.html", context)

    def post(self, request: HttpRequest) -> HttpResponse:
        wanted = request.POST.get("post_id", "")
        chosen = next((post for post in posts_of(signed_in_user(request)) if str(post.pk) == wanted), None)
        if chosen is None:
            raise NotFound("Ông/bà không giữ vị trí công tác này.", code="post.not_held")
        sessions.choose(request.session, chosen.pk)
        messages.success(request, f"Đang làm việc ở vị trí: {chosen.title}, {chosen.unit.short_name}.")
        return redirect(next_path(request) or start_path())
