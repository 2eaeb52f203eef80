"""A citizen's sign-in and consents, under /giay-to-cua-toi/."""

from __future__ import annotations

from django.urls import path

from haddong_portal.citizens.views.consents import ConsentsView, GiveConsentView, WithdrawConsentView
from haddong_portal.citizens.views.sign_in import CitizenSignInView, CitizenSignOutView

app_name = "citizens"

urlpatterns = [
    path("dang-nhap/", CitizenSignInView.as_view(), name="sign-in"),
    path("thoat/", CitizenSignOutView.as_view(), name="sign-out"),
    path("dong-y/", ConsentsView.as_view(), name="consents"),
    path("dong-y/<slug:purpose>/", GiveConsentView.as_view(), name="give-consent"),
    path("dong-y/<slug:purpose>/rut/", WithdrawConsentView.as_view(), name="withdraw-consent"),
]
