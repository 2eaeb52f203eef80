"""The linked cases' API, under /api/v1/linked-cases/."""

from __future__ import annotations

from django.urls import path

from interlink.api import cases

urlpatterns = [
    path("", cases.LinkedCaseListApi.as_view(), name="linked-cases"),
    path("<str:code>/", cases.LinkedCaseDetailApi.as_view(), name="linked-cases-detail"),
]
