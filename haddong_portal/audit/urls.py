"""The audit log, under /nhat-ky/."""

from __future__ import annotations

from django.urls import path

from haddong_portal.audit.views.entries import EntriesView, VerifyView

app_name = "audit"

urlpatterns = [
    path("", EntriesView.as_view(), name="entries"),
    path("dau-niem/", VerifyView.as_view(), name="verify"),
]
