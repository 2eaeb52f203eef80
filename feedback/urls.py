"""The survey, under /danh-gia/."""

from __future__ import annotations

from django.urls import path

from feedback.views.survey import MoreView, RateView

app_name = "survey"

urlpatterns = [
    path("<str:code>/", RateView.as_view(), name="rate"),
    path("<str:code>/y-kien/", MoreView.as_view(), name="more"),
]
