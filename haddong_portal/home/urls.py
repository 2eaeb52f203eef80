from __future__ import annotations

from django.urls import URLPattern, path

from haddong_portal.home.views.style import StyleView

app_name = "home"

urlpatterns: list[URLPattern] = [
    path("kieu-dang/", StyleView.as_view(), name="style"),
]
