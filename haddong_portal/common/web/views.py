"""Base classes of every page: a page says which right it needs, or that it is public."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.views.generic import View

from haddong_portal.common.actors import PUBLIC_ACTOR, Actor
from haddong_portal.common.errors import NotAllowed
from haddong_portal.common.rights import PUBLIC, SIGNED_IN


def actor_of(request: HttpRequest) -> Actor:
    """The actor that ActorMiddleware put on the request; the public one without a sign-in."""
    return getattr(request, "actor", PUBLIC_ACTOR)


class PortalView(View):
    """A page with `permission`: an act, SIGNED_IN or PUBLIC. A test fails for a view without one."""

    permission: ClassVar[str]

    @property
    def actor(self) -> Actor:
        return actor_of(self.request)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.permission != PUBLIC:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if self.permission != SIGNED_IN and not actor_of(request).has_right(self.permission):
                raise NotAllowed()
        return super().dispatch(request, *args, **kwargs)
