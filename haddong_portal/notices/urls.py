from __future__ import annotations

from django.urls import path

from haddong_portal.notices.views.outbox import OutboxView, ResendView
from haddong_portal.notices.views.templates import TemplateEditView, TemplateListView

app_name = "notices"

urlpatterns = [
    path("", OutboxView.as_view(), name="outbox"),
    path("<int:notice_id>/gui-lai/", ResendView.as_view(), name="resend"),
    path("mau/", TemplateListView.as_view(), name="templates"),
    path("mau/<slug:event>/<slug:channel>/", TemplateEditView.as_view(), name="template-edit"),
]
