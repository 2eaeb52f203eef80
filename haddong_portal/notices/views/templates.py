"""The words of each event and channel, with a live preview, their length and their history."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from haddong_portal.common.errors import DomainError, NotFound
from haddong_portal.common.web.forms import add_domain_error
from haddong_portal.common.web.views import PortalView
from haddong_portal.notices.constants import NoticeChannel, NoticeEvent, channels_of
from haddong_portal.notices.forms import TemplateForm
from haddong_portal.notices.rules.facts import FACTS, FACTS_OF
from haddong_portal.notices.selectors.templates import every_words, past_words, words_history, words_of
from haddong_portal.notices.services.preview_words import preview_words
from haddong_portal.notices.services.reset_template import reset_template
from haddong_portal.notices.services.save_template import save_template


class TemplateListView(PortalView):
    permission = "notice.edit_template"

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "notices/templates.html", {"rows": every_words()})


class TemplateEditView(PortalView):
    permission = "notice.edit_template"

    def get(self, request: HttpRequest, event: str, channel: str) -> HttpResponse:
        named = _named(event, channel)
        words = words_of(*named)
        form = TemplateForm(initial={"subject": words.subject, "body": words.body}, channel=named[1])
        return self._page(request, *named, form, words.subject, words.body)

    def post(self, request: HttpRequest, event: str, channel: str) -> HttpResponse:
        named = _named(event, channel)
        form = TemplateForm(request.POST, channel=named[1])
        if form.is_valid():
            try:
                save_template(actor=self.actor, event=named[0], channel=named[1], **form.cleaned_data)
            except DomainError as error:
                add_domain_error(form, error)
            else:
                messages.success(request, "Đã lưu mẫu thông báo.")
                return redirect(reverse("notices:template-edit", args=named))
        return self._page(request, *named, form, *_typed(request), status=422)

    def _page(
        self,
        request: HttpRequest,
        event: NoticeEvent,
        channel: NoticeChannel,
        form: TemplateForm,
        subject: str,
        body: str,
        *,
        status: int = 200,
    ) -> HttpResponse:
        context = {
            "event": event,
            "channel": channel,
            "channels": channels_of(event),
            "form": form,
            "sample": preview_words(event=event, channel=channel, subject=subject, body=body),
            "facts": [(name, FACTS[name][0]) for name in FACTS if name in FACTS_OF[event]],
            "history": words_history(event, channel),
        }
        return render(request, "notices/template_edit.html", context, status=status)


class TemplatePreviewView(PortalView):
    """The words as typed so far, filled with samples; a refusal is part of the answer."""

    permission = "notice.edit_template"

    def post(self, request: HttpRequest, event: str, channel: str) -> HttpResponse:
        (known_event, known_channel), (subject, body) = _named(event, channel), _typed(request)
        sample = preview_words(event=known_event, channel=known_channel, subject=subject, body=body)
        return render(request, "notices/_template_preview.html", {"sample": sample})


class TemplateRestoreView(PortalView):
    """Back to earlier words, or (without a number) to those the project ships."""

    permission = "notice.edit_template"

    def post(self, request: HttpRequest, event: str, channel: str, history_id: int = 0) -> HttpResponse:
        named = _named(event, channel)
        if history_id:
            words = past_words(*named, history_id)
            save_template(actor=self.actor, event=named[0], channel=named[1], subject=words.subject, body=words.body)
            messages.success(request, "Đã khôi phục lời văn cũ.")
        else:
            reset_template(actor=self.actor, event=named[0], channel=named[1])
            messages.success(request, "Đã trở lại lời văn ban đầu.")
        return redirect(reverse("notices:template-edit", args=named))


def _typed(request: HttpRequest) -> tuple[str, str]:
    return request.POST.get("subject", ""), request.POST.get("body", "")


def _named(event: str, channel: str) -> tuple[NoticeEvent, NoticeChannel]:
    if event not in NoticeEvent.values or channel not in channels_of(event):
        raise NotFound("Không có mẫu thông báo này.", code="notice.template_not_found")
    return NoticeEvent(event), NoticeChannel(channel)
