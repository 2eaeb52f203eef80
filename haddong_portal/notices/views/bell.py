"""Messages under the bell. The count asks by itself every minute, so it must neither keep a session awake nor answer
while the screen is locked: it is open to the guard and looks at the lock itself."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from haddong_portal.accounts.selectors.second_factor import second_factor_missing
from haddong_portal.accounts.sessions import is_locked
from haddong_portal.common import clock
from haddong_portal.common.rights import SIGNED_IN
from haddong_portal.common.text import plain_number
from haddong_portal.common.web.views import PortalView
from haddong_portal.notices.selectors.bell import message_page, unread_count, unread_messages
from haddong_portal.notices.services.open_message import open_message
from haddong_portal.notices.services.read_messages import read_messages


class BellCountView(PortalView):
    permission = SIGNED_IN
    open_while_locked = True

    def get(self, request: HttpRequest) -> HttpResponse:
        if is_locked(request.session, clock.now()) or second_factor_missing(request):
            return HttpResponse(status=204)
        return render(request, "notices/_bell_count.html", {"count": unread_count(self.actor)})


class BellMenuView(PortalView):
    """The newest unread messages, when the menu is opened."""

    permission = SIGNED_IN

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "notices/_bell_menu.html", {"rows": unread_messages(self.actor)})


class MessagesView(PortalView):
    permission = SIGNED_IN

    def get(self, request: HttpRequest) -> HttpResponse:
        page = message_page(actor=self.actor, before=plain_number(request.GET.get("sau", "")))
        return render(request, "notices/messages.html", {"page": page, "unread": unread_count(self.actor)})


class MessageOpenView(PortalView):
    """Marks a message as read and goes where it leads."""

    permission = SIGNED_IN

    def post(self, request: HttpRequest, notice_id: int) -> HttpResponse:
        link = open_message(actor=self.actor, notice_id=notice_id)
        return redirect(link or "notices:messages")


class MessagesReadView(PortalView):
    permission = SIGNED_IN

    def post(self, request: HttpRequest) -> HttpResponse:
        count = read_messages(actor=self.actor)
        messages.success(request, f"Đã đánh dấu {count} tin là đã đọc.")
        return redirect("notices:messages")
