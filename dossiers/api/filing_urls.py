"""The filing API, under /api/v1/filings/."""

from __future__ import annotations

from django.urls import path

from dossiers.api import filings

urlpatterns = [
    path("", filings.FilingListApi.as_view(), name="filings"),
    path("<str:code>/", filings.FilingDetailApi.as_view(), name="filings-detail"),
    path("<str:code>/supplement/", filings.FilingSupplementApi.as_view(), name="filings-supplement"),
    path("<str:code>/withdrawal/", filings.FilingWithdrawalApi.as_view(), name="filings-withdrawal"),
    path("<str:code>/slips/<int:slip_id>.pdf", filings.FilingSlipApi.as_view(), name="filings-slip"),
]
