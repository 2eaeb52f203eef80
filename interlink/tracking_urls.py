"""What citizens open themselves, under /tra-cuu/lien-thong/."""

from __future__ import annotations

from django.urls import path

from interlink.views import tracking

app_name = "linked-tracking"

urlpatterns = [
    path("", tracking.CaseLookUpView.as_view(), name="look-up"),
    path("<str:token>/", tracking.CaseLinkView.as_view(), name="link"),
]
