"""Bearer tokens of connected systems: the token's account acts in its post, like everybody else.

A client-credentials token has no user of its own; it acts as the service account that owns the application.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.functional import SimpleLazyObject
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from oauth2_provider.contrib.rest_framework import OAuth2Authentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from haddong_portal.accounts.models import User
from haddong_portal.accounts.selectors.actors import actor_for_user
from haddong_portal.common.actors import Actor


class TokenAuthentication(OAuth2Authentication):  # type: ignore[misc]  # the toolkit ships no types
    """Puts the account on the request, and its actor where pages look for it."""

    def authenticate(self, request: Request) -> tuple[User, Any] | None:
        found = super().authenticate(request)
        if found is None:
            return None
        user, token = found
        account = user or token.application.user
        if not isinstance(account, User) or not account.is_active:
            raise AuthenticationFailed("Tài khoản của kết nối này không còn hoạt động.")
        django_request = request._request
        django_request.actor = SimpleLazyObject(lambda: _actor(account, django_request))  # type: ignore[attr-defined]  # as the middleware does
        return account, token


def _actor(account: User, request: Any) -> Actor:
    return actor_for_user(
        account,
        channel="api",
        ip=request.META.get("REMOTE_ADDR") or None,
        request_id=getattr(request, "request_id", ""),
    )


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # registers itself
    """How the OpenAPI document tells clients to get a token."""

    target_class = "haddong_portal.accounts.api_auth.TokenAuthentication"
    name = "oauth2"

    def get_security_requirement(self, auto_schema: Any) -> dict[str, list[str]]:
        scope = getattr(auto_schema.view, "scope", "")
        return {self.name: [scope] if scope else []}

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        scopes = settings.OAUTH2_PROVIDER["SCOPES"]
        flow = {"tokenUrl": "/api/v1/oauth/token/", "scopes": scopes}
        return {"type": "oauth2", "flows": {"clientCredentials": flow}}
