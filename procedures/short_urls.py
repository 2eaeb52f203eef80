"""Printed codes, under /q/: short, stable, counted."""

from __future__ import annotations

from django.urls import path

from procedures.views.links import OpenLinkView

app_name = "links"

urlpatterns = [path("<str:token>/", OpenLinkView.as_view(), name="open")]
