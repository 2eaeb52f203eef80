"""Work on a draft: its head, its steps, its document; issuing it, and taking an issue out of use."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from haddong_portal.common.errors import DomainError
from haddong_portal.common.web.forms import add_domain_error
from haddong_portal.common.web.views import PortalView
from procedures.forms.processes import (
    HeadForm,
    ListsForm,
    PublishForm,
    RetireForm,
    SectionFormSet,
    StepForm,
    section_initial,
    sections_of,
)
from procedures.models import IsoProcess
from procedures.permissions import EDIT_PROCESS, PUBLISH_PROCESS
from procedures.selectors.processes import check_of, process_by_id, step_of_process
from procedures.services.iso_document import save_lists, save_sections
from procedures.services.iso_drafts import discard_draft, draft_next_issue, save_process_head, start_process
from procedures.services.iso_publish import publish_process
from procedures.services.iso_retire import retire_process
from procedures.services.iso_steps import add_step, move_step, remove_step, save_step
from procedures.views.asked import asked_number

UP, DOWN = "len", "xuong"


def tried(request: HttpRequest, form: Form, act: Callable[[], object]) -> bool:
    """Whether the form was in shape and the act done; a refusal is shown on the form."""
    if not form.is_valid():
        return False
    try:
        act()
    except DomainError as error:
        add_domain_error(form, error)
        return False
    return True


def _page(request: HttpRequest, template: str, form: Form, **context: object) -> HttpResponse:
    status = 400 if form.errors or form.non_field_errors() else 200
    return render(request, template, {"form": form, **context}, status=status)


class ProcessNewView(PortalView):
    permission = EDIT_PROCESS

    def get(self, request: HttpRequest) -> HttpResponse:
        return _page(request, "procedures/iso/head.html", HeadForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form, made = HeadForm(request.POST), list[IsoProcess]()

        def start() -> None:
            code = form.cleaned_data["code"]
            made.append(start_process(actor=self.actor, code=code, head=form.head()))

        if not tried(request, form, start):
            return _page(request, "procedures/iso/head.html", form)
        return redirect("procedures:iso-process", process_id=made[0].pk)


class ProcessHeadView(PortalView):
    permission = EDIT_PROCESS

    def get(self, request: HttpRequest, process_id: int) -> HttpResponse:
        process = process_by_id(process_id)
        return _page(request, "procedures/iso/head.html", HeadForm(stored=process), process=process)

    def post(self, request: HttpRequest, process_id: int) -> HttpResponse:
        process = process_by_id(process_id)
        form = HeadForm(request.POST, stored=process)

        def save() -> object:
            return save_process_head(actor=self.actor, process_id=process_id, head=form.head())

        if not tried(request, form, save):
            return _page(request, "procedures/iso/head.html", form, process=process)
        messages.success(request, "Đã lưu thông tin quy trình.")
        return redirect("procedures:iso-process", process_id=process_id)


class StepNewView(PortalView):
    """A new step, `?sau=3` behind the third."""

    permission = EDIT_PROCESS

    def get(self, request: HttpRequest, process_id: int) -> HttpResponse:
        process = process_by_id(process_id)
        return _page(request, "procedures/iso/step.html", StepForm(), process=process)

    def post(self, request: HttpRequest, process_id: int) -> HttpResponse:
        process, form = process_by_id(process_id), StepForm(request.POST)
        after, made = asked_number(request, "sau", 2), list[int]()

        def add() -> None:
            data = form.data_of_step()
            made.append(add_step(actor=self.actor, process_id=process_id, data=data, after=after).sequence)

        if not tried(request, form, add):
            return _page(request, "procedures/iso/step.html", form, process=process)
        return redirect(f"{reverse('procedures:iso-process', args=[process_id])}#buoc-{made[0]}")


class StepView(PortalView):
    """A stored step."""

    permission = EDIT_PROCESS

    def get(self, request: HttpRequest, process_id: int, step_id: int) -> HttpResponse:
        step = step_of_process(process_id, step_id)
        return _page(request, "procedures/iso/step.html", StepForm(stored=step), process=step.process, step=step)

    def post(self, request: HttpRequest, process_id: int, step_id: int) -> HttpResponse:
        step, form = step_of_process(process_id, step_id), StepForm(request.POST)

        def save() -> object:
            return save_step(actor=self.actor, process_id=process_id, step_id=step_id, data=form.data_of_step())

        if not tried(request, form, save):
            return _page(request, "procedures/iso/step.html", form, process=step.process, step=step)
        return redirect(f"{reverse('procedures:iso-process', args=[process_id])}#buoc-{step.sequence}")


class StepMoveView(PortalView):
    """Up, down or out; back to the table where the step now stands."""

    permission = EDIT_PROCESS

    def post(self, request: HttpRequest, process_id: int, step_id: int) -> HttpResponse:
        way, at = request.POST.get("chieu", ""), 0
        try:
            if way in (UP, DOWN):
                by = -1 if way == UP else 1
                step = move_step(actor=self.actor, process_id=process_id, step_id=step_id, by=by)
                at = step.sequence
            else:
                remove_step(actor=self.actor, process_id=process_id, step_id=step_id)
        except DomainError as error:
            messages.error(request, f"{error.message} (mã {error.code})")
        page = reverse("procedures:iso-process", args=[process_id])
        return redirect(f"{page}?chieu={way}&buoc={at}#buoc-{at}" if at else f"{page}#cac-buoc")


class DocumentView(PortalView):
    """The sections, forms, records and recipients of a draft."""

    permission = EDIT_PROCESS

    def get(self, request: HttpRequest, process_id: int) -> HttpResponse:
        process = process_by_id(process_id)
        sections = SectionFormSet(initial=section_initial(list(process.sections.all())))
        return _page(request, "procedures/iso/document.html", ListsForm.of(process), process=process, sections=sections)

    def post(self, request: HttpRequest, process_id: int) -> HttpResponse:
        process = process_by_id(process_id)
        sections, form = SectionFormSet(request.POST), ListsForm(request.POST)
        if not sections.is_valid() or not tried(request, form, lambda: self._save(process_id, form, sections)):
            return _page(request, "procedures/iso/document.html", form, process=process, sections=sections)
        messages.success(request, "Đã lưu nội dung tài liệu.")
        return redirect("procedures:iso-process", process_id=process_id)

    def _save(self, process_id: int, form: ListsForm, sections: SectionFormSet) -> None:  # type: ignore[valid-type]
        save_sections(actor=self.actor, process_id=process_id, sections=sections_of(sections))
        save_lists(
            actor=self.actor,
            process_id=process_id,
            forms=form.form_lines(),
            records=form.record_lines(),
            recipients=form.recipients(),
        )


class ProcessPublishView(PortalView):
    """The decision, beside what still stands against it."""

    permission = PUBLISH_PROCESS

    def get(self, request: HttpRequest, process_id: int) -> HttpResponse:
        return self._page(request, process_by_id(process_id), PublishForm())

    def post(self, request: HttpRequest, process_id: int) -> HttpResponse:
        process, form = process_by_id(process_id), PublishForm(request.POST)

        def publish() -> object:
            return publish_process(actor=self.actor, process_id=process_id, decision=form.decision())

        if not tried(request, form, publish):
            return self._page(request, process, form)
        messages.success(request, f"Đã ban hành {process.code} lần {process.version}.")
        return redirect("procedures:iso-process", process_id=process_id)

    def _page(self, request: HttpRequest, process: IsoProcess, form: PublishForm) -> HttpResponse:
        return _page(request, "procedures/iso/publish.html", form, process=process, check=check_of(process))


class ProcessRetireView(PortalView):
    permission = PUBLISH_PROCESS

    def post(self, request: HttpRequest, process_id: int) -> HttpResponse:
        form = RetireForm(request.POST)
        if not form.is_valid():
            messages.error(request, "Nhập ngày ngừng và lý do.")
            return redirect("procedures:iso-process", process_id=process_id)
        try:
            retire_process(actor=self.actor, process_id=process_id, **form.cleaned_data)
        except DomainError as error:
            messages.error(request, f"{error.message} (mã {error.code})")
        else:
            messages.success(request, "Đã ghi ngày ngừng áp dụng. Hồ sơ đang theo quy trình này đi tiếp đến hết.")
        return redirect("procedures:iso-process", process_id=process_id)


class NextIssueView(PortalView):
    """A draft of the next issue."""

    permission = EDIT_PROCESS

    def post(self, request: HttpRequest, process_id: int) -> HttpResponse:
        draft = draft_next_issue(actor=self.actor, process_id=process_id)
        messages.success(request, f"Dự thảo lần {draft.version} chép từ lần trước, hồ sơ chưa đi theo bản này.")
        return redirect("procedures:iso-process", process_id=draft.pk)


class DiscardView(PortalView):
    permission = EDIT_PROCESS

    def post(self, request: HttpRequest, process_id: int) -> HttpResponse:
        discard_draft(actor=self.actor, process_id=process_id)
        messages.success(request, "Đã bỏ bản dự thảo.")
        return redirect("procedures:iso-list")
