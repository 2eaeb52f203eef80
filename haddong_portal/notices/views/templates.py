"""The words of each event and channel, with a preview and the number of SMS they cost."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from haddong_portal.common.errors import DomainError, NotFound
from haddong_portal.common.web.views import PortalView
from haddong_portal.notices.constants import NoticeChannel, NoticeEvent
from haddong_portal.notices.rules.words import fill, placeholders, sms_segments
from haddong_portal.notices.selectors.templates import words_of
from haddong_portal.notices.services.save_template import KNOWN, save_template

SAMPLE = {
    "code": "000.18.01.H26-240219-0007",
    "name": "Nguyễn Thị Mẫu",
    "procedure": "Đăng ký khai sinh",
    "due": "thứ Hai, 19/02/2024, trước 17:00",
    "unit": "UBND phường Quang Trung",
    "link": "https://motcua.example/tra-cuu/…",
    "place": "bộ phận Một cửa UBND phường Quang Trung",
}


class TemplateForm(forms.Form):
    subject = forms.CharField(label="Tiêu đề (thư điện tử)", max_length=200, required=False)
    body = forms.CharField(label="Nội dung", widget=forms.Textarea(attrs={"rows": 5}))


class TemplateListView(PortalView):
    permission = "notice.edit_template"

    def get(self, request: HttpRequest) -> HttpResponse:
        rows = [
            {"event": event, "channel": channel, "words": words_of(event, channel)}
            for event in NoticeEvent
            for channel in NoticeChannel
        ]
        return render(request, "notices/templates.html", {"rows": rows})


class TemplateEditView(PortalView):
    permission = "notice.edit_template"

    def get(self, request: HttpRequest, event: str, channel: str) -> HttpResponse:
        words = words_of(*_named(event, channel))
        form = TemplateForm(initial={"subject": words.subject, "body": words.body})
        return self._page(request, event, channel, form, words.body)

    def post(self, request: HttpRequest, event: str, channel: str) -> HttpResponse:
        known_event, known_channel = _named(event, channel)
        form = TemplateForm(request.POST)
        if form.is_valid():
            try:
                save_template(actor=self.actor, event=known_event, channel=known_channel, **form.cleaned_data)
            except DomainError as error:
                form.add_error(error.field, error.message)
            else:
                messages.success(request, "Đã lưu mẫu thông báo.")
                return redirect("notices:templates")
        return self._page(request, event, channel, form, request.POST.get("body", ""), status=422)

    def _page(
        self, request: HttpRequest, event: str, channel: str, form: TemplateForm, body: str, status: int = 200
    ) -> HttpResponse:
        known_event, known_channel = _named(event, channel)
        preview = fill(body, SAMPLE) if placeholders(body) <= KNOWN else body
        context = {
            "event": known_event,
            "channel": known_channel,
            "form": form,
            "preview": preview,
            "segments": sms_segments(preview),
            "known": sorted(KNOWN),
        }
        return render(request, "notices/template_edit.html", context, status=status)


def _named(event: str, channel: str) -> tuple[NoticeEvent, NoticeChannel]:
    if event not in NoticeEvent.values or channel not in NoticeChannel.values:
        raise NotFound("Không có mẫu thông báo này.", code="notice.template_not_found")
    return NoticeEvent(event), NoticeChannel(channel)
