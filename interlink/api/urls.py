"""Addresses for agencies."""

from __future__ import annotations

from django.urls import path

from interlink.api.views import AgencyRepliesApi

urlpatterns = [path("", AgencyRepliesApi.as_view(), name="agency-replies")]
