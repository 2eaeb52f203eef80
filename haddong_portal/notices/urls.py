from __future__ import annotations

from django.urls import path

from haddong_portal.notices.views.bell import (
    BellCountView,
    BellMenuView,
    MessageOpenView,
    MessagesReadView,
    MessagesView,
)
from haddong_portal.notices.views.calls import CallDialView, CallListView, CallRecordView
from haddong_portal.notices.views.outbox import OutboxView, ResendShownView, ResendView
from haddong_portal.notices.views.quiet import QuietHoursView
from haddong_portal.notices.views.templates import (
    TemplateEditView,
    TemplateListView,
    TemplatePreviewView,
    TemplateRestoreView,
)

app_name = "notices"

TEMPLATE = "mau/<slug:event>/<slug:channel>/"

urlpatterns = [
    path("", OutboxView.as_view(), name="outbox"),
    path("<int:notice_id>/gui-lai/", ResendView.as_view(), name="resend"),
    path("gui-lai/", ResendShownView.as_view(), name="resend-shown"),
    path("mau/", TemplateListView.as_view(), name="templates"),
    path(TEMPLATE, TemplateEditView.as_view(), name="template-edit"),
    path(f"{TEMPLATE}xem-truoc/", TemplatePreviewView.as_view(), name="template-preview"),
    path(f"{TEMPLATE}ban-dau/", TemplateRestoreView.as_view(), name="template-reset"),
    path(f"{TEMPLATE}khoi-phuc/<int:history_id>/", TemplateRestoreView.as_view(), name="template-restore"),
    path("gio-yen-tinh/", QuietHoursView.as_view(), name="quiet-hours"),
    path("goi-dien/", CallListView.as_view(), name="calls"),
    path("goi-dien/<int:task_id>/quay-so/", CallDialView.as_view(), name="call-dial"),
    path("goi-dien/<int:task_id>/ghi/", CallRecordView.as_view(), name="call-record"),
    path("cua-toi/", MessagesView.as_view(), name="messages"),
    path("cua-toi/da-doc/", MessagesReadView.as_view(), name="messages-read"),
    path("cua-toi/<int:notice_id>/", MessageOpenView.as_view(), name="message-open"),
    path("chuong/", BellCountView.as_view(), name="bell-count"),
    path("chuong/tin/", BellMenuView.as_view(), name="bell-menu"),
]
