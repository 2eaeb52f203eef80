"""The audit log, under /nhat-ky/."""

from __future__ import annotations

from django.urls import path

from haddong_portal.audit.views.entries import EntriesView, VerifyView
from haddong_portal.audit.views.retention import (
    RetentionDryRunView,
    RetentionEditView,
    RetentionListView,
    RetentionRuleView,
)

app_name = "audit"

urlpatterns = [
    path("", EntriesView.as_view(), name="entries"),
    path("dau-niem/", VerifyView.as_view(), name="verify"),
    path("thoi-han-luu/", RetentionListView.as_view(), name="retention"),
    path("thoi-han-luu/<slug:code>/", RetentionRuleView.as_view(), name="retention-rule"),
    path("thoi-han-luu/<slug:code>/chay-thu/", RetentionDryRunView.as_view(), name="retention-dry-run"),
    path("thoi-han-luu/<slug:code>/sua/", RetentionEditView.as_view(), name="retention-edit"),
]
