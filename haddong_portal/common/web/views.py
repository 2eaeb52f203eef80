"""Base classes of every page: a page says which right it needs, that it is public, or that it is a citizen's own."""

from __future__ import annotations

from typing import Any, ClassVar
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.generic import View

from haddong_portal.common.actors import PUBLIC_ACTOR, Actor
from haddong_portal.common.errors import NotAllowed
from haddong_portal.common.rights import CITIZEN, PUBLIC, SIGNED_IN


def actor_of(request: HttpRequest) -> Actor:
    """The actor that ActorMiddleware put on the request; the public one without a sign-in."""
    return getattr(request, "actor", PUBLIC_ACTOR)


def citizen_of(request: HttpRequest) -> Actor:
    """The citizen that CitizenMiddleware put on the request; the public actor without a citizen's sign-in."""
    return getattr(request, "citizen", PUBLIC_ACTOR)


def to_sign_in(request: HttpRequest, login_url: str | None = None) -> HttpResponse:
    """To the sign-in page and back: to the page itself, or, for what was sent from a page, to that page."""
    if request.headers.get("HX-Request") == "true":
        page = urlsplit(request.headers.get("HX-Current-URL", ""))
        target = redirect_to_login(page._replace(scheme="", netloc="").geturl() or "/", login_url).url
        return HttpResponse(status=401, headers={"HX-Redirect": target})
    if request.method in ("GET", "HEAD"):
        return redirect_to_login(request.get_full_path(), login_url)
    page = urlsplit(request.headers.get("Referer", ""))
    return redirect_to_login(page.path if page.netloc == request.get_host() else "", login_url)


class PortalView(View):
    """A page with `permission`: an act, SIGNED_IN, CITIZEN or PUBLIC. A test fails for a view without one."""

    permission: ClassVar[str]

    @property
    def actor(self) -> Actor:
        return actor_of(self.request)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.permission != PUBLIC:
            if not request.user.is_authenticated:
                return to_sign_in(request)
            if self.permission != SIGNED_IN and not actor_of(request).has_right(self.permission):
                raise NotAllowed()
        return super().dispatch(request, *args, **kwargs)


class CitizenView(PortalView):
    """A page of the signed-in citizen's own data. A staff session opens none of it, whatever its rights."""

    permission = CITIZEN

    @property
    def actor(self) -> Actor:
        return citizen_of(self.request)

    @property
    def person_id(self) -> int:
        """Whose page it is."""
        assert self.actor.person_id is not None, "dispatch lets nobody else in"
        return self.actor.person_id

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not citizen_of(request).is_citizen:
            return to_sign_in(request, settings.CITIZEN_LOGIN_URL)
        response = View.dispatch(self, request, *args, **kwargs)
        response["Cache-Control"] = "private, no-store"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response
