"""The REST API, version 1."""

from __future__ import annotations

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView

app_name = "api"

urlpatterns = [
    path("openapi.json", SpectacularAPIView.as_view(), name="schema"),
    path("procedures/", include("procedures.api.urls")),
    path("dossiers/", include("dossiers.api.urls")),
    path("oauth/", include("oauth2_provider.urls", namespace="oauth2_provider")),
]
