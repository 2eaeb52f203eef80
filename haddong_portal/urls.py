"""Every address of the portal. Public paths are Vietnamese words without diacritics, since people read them aloud."""

from __future__ import annotations

from django.contrib import admin
from django.urls import include, path

from dossiers.tracking_urls import filing_patterns, own_patterns
from haddong_portal.common.web.health import HealthView, ReadinessView

urlpatterns = [
    path("healthz", HealthView.as_view(), name="healthz"),
    path("readyz", ReadinessView.as_view(), name="readyz"),
    path("api/v1/", include("haddong_portal.api_urls")),
    path("tai-khoan/", include("haddong_portal.accounts.urls")),
    path("thu-tuc/", include("procedures.urls")),
    path("ho-so/", include("dossiers.urls")),
    path("kho-giay/", include("dossiers.papers.urls")),
    path("so-hoa/", include("dossiers.papers.scan_urls")),
    path("thong-bao/", include("haddong_portal.notices.urls")),
    path("tinh-hinh/", include("haddong_portal.reports.urls")),
    path("nhat-ky/", include("haddong_portal.audit.urls")),
    path("quan-tri/", admin.site.urls),
    path("giay-to-cua-toi/", include("haddong_portal.citizens.urls")),
    path("giay-to-cua-toi/", include((own_patterns, "own"))),
    path("kho-giay/so-lieu/", include("haddong_portal.reports.paper_urls")),
    path("chia-se/", include("dossiers.papers.share_urls")),
    path("q/", include("procedures.short_urls")),
    path("danh-gia/", include("feedback.urls")),
    path("nop-ho-so/", include((filing_patterns, "filing"))),
    path("xac-thuc/", include("dossiers.papers.verification_urls")),
    path("lien-thong/", include("interlink.urls")),
    # Fixed words come before the tokens of dossiers.
    path("tra-cuu/lien-thong/", include("interlink.tracking_urls")),
    path("tra-cuu/", include("dossiers.tracking_urls")),
    path("", include("haddong_portal.home.urls")),
]

handler400 = "haddong_portal.common.web.errors.bad_request"
