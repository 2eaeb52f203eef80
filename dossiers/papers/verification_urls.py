"""Anybody verifies an issued paper, under /xac-thuc/."""

from __future__ import annotations

from django.urls import path

from dossiers.papers.views import verification

app_name = "verification"

urlpatterns = [
    path("", verification.StartView.as_view(), name="start"),
    path("tep/", verification.FileView.as_view(), name="file"),
    path("<str:code>/", verification.CodeView.as_view(), name="code"),
]
