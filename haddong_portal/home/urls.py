"""The public home and the staff's start page, at the root."""

from __future__ import annotations

from django.urls import path

from haddong_portal.home.views.public import PublicHomeView
from haddong_portal.home.views.start import StartView
from haddong_portal.home.views.style import StyleView

app_name = "home"

urlpatterns = [
    path("", PublicHomeView.as_view(), name="public"),
    path("bat-dau/", StartView.as_view(), name="start"),
    path("kieu-dang/", StyleView.as_view(), name="style"),
]
