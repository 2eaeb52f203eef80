"""Figures of the paper store, under /kho-giay/so-lieu/."""

from __future__ import annotations

from django.urls import path

from haddong_portal.reports.views.papers import (
    PaperDossiersView,
    PaperExceptionsFileView,
    PaperExceptionsView,
    PaperFactsView,
    PaperFiguresView,
)

app_name = "paper-reports"

urlpatterns = [
    path("", PaperFiguresView.as_view(), name="figures"),
    path("ngoai-le/", PaperExceptionsView.as_view(), name="exceptions"),
    path("ngoai-le.csv", PaperExceptionsFileView.as_view(), name="exceptions-file"),
    path("ho-so/<slug:key>/", PaperDossiersView.as_view(), name="dossiers"),
    path("<slug:kind>/", PaperFactsView.as_view(), name="facts"),
]
