"""The dossier API, under /api/v1/dossiers/."""

from __future__ import annotations

from django.urls import path

from dossiers.api import views

urlpatterns = [
    path("", views.DossierListApi.as_view(), name="dossiers"),
    path("<str:code>/", views.DossierApi.as_view(), name="dossiers-detail"),
    path("<str:code>/events/", views.DossierEventsApi.as_view(), name="dossiers-events"),
]
