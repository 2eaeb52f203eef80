"""A citizen follows a dossier, under /tra-cuu/."""

from __future__ import annotations

from django.urls import path

from dossiers.views import tracking

app_name = "tracking"

urlpatterns = [
    path("", tracking.LookUpView.as_view(), name="look-up"),
    path("<str:token>/", tracking.LinkView.as_view(), name="link"),
]
