from __future__ import annotations

from django.urls import path

from haddong_portal.reports.views.overview import OverviewView

app_name = "reports"

urlpatterns = [path("", OverviewView.as_view(), name="overview")]
