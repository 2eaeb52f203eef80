"""The REST API, version 1."""

from __future__ import annotations

from django.urls import include, path
from drf_spectacular.views import SpectacularJSONAPIView
from oauth2_provider.views import RevokeTokenView, TokenView

app_name = "api"

urlpatterns = [
    path("openapi.json", SpectacularJSONAPIView.as_view(), name="schema"),
    path("procedures", include("procedures.api.root_urls")),
    path("procedures/", include("procedures.api.urls")),
    path("dossiers/", include("dossiers.api.urls")),
    path("filings/", include("dossiers.api.filing_urls")),
    path("agency-replies/", include("interlink.api.urls")),
    path("linked-cases/", include("interlink.api.case_urls")),
    path("verification/", include("dossiers.papers.api.urls")),
    # Only what machines need; applications are registered by an administrator, not through a page for everybody.
    path("oauth/token/", TokenView.as_view(), name="token"),
    path("oauth/revoke/", RevokeTokenView.as_view(), name="revoke"),
]
