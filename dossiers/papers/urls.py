"""The staff's pages of the paper store, under /kho-giay/."""

from __future__ import annotations

from django.urls import path

from dossiers.papers.views import corrections, given_up, store

app_name = "papers"

urlpatterns = [
    path("", store.StoreView.as_view(), name="store"),
    path("tep-hong/", store.BrokenFilesView.as_view(), name="broken-files"),
    path("tep-hong/<int:file_id>/kiem-tra/", store.RecheckFileView.as_view(), name="recheck-file"),
    path("de-nghi-sua/", corrections.CorrectionsView.as_view(), name="corrections"),
    path("de-nghi-sua/<int:correction_id>/", corrections.CorrectionView.as_view(), name="correction"),
    path("ban-quet/", given_up.GivenUpScansView.as_view(), name="given-up"),
    path("ban-quet/<int:attempt_id>/doc-lai/", given_up.RerunScanView.as_view(), name="rerun-scan"),
]
