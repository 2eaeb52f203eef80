"""Papers that somebody shares by a code, under /chia-se/."""

from __future__ import annotations

from django.urls import path

from dossiers.papers.views.share import SharedFileView, ShareEntryView, ShareView

app_name = "share"

urlpatterns = [
    path("", ShareEntryView.as_view(), name="enter"),
    path("tep/<str:token>/", SharedFileView.as_view(), name="file"),
    path("<str:code>/", ShareView.as_view(), name="paper"),
]
