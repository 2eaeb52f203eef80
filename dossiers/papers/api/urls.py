"""The verification API, under /api/v1/verification/."""

from __future__ import annotations

from django.urls import path

from dossiers.papers.api import views

urlpatterns = [
    path("", views.VerifyFileApi.as_view(), name="verification"),
    path("<str:code>/", views.VerifyCodeApi.as_view(), name="verification-code"),
]
