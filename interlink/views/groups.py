"""Groups for the administrator: versions, what keeps one from being published, publication, and the editor."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from haddong_portal.common import clock
from haddong_portal.common.errors import Conflict, DomainError, NotFound
from haddong_portal.common.web.forms import add_domain_error
from haddong_portal.common.web.views import PortalView
from interlink import permissions
from interlink.constants import GroupState
from interlink.forms.editor import KIND_LABELS, LIMIT_UNITS, PARTS, ItemForm, part_form
from interlink.forms.group_forms import EMPTY, JsonForm, NewVersionForm, SettingsForm, as_text
from interlink.forms.lines import write_condition
from interlink.models import GroupVersion
from interlink.selectors.group_pages import groups, version_of
from interlink.services.group_versions import (
    draft_group_version,
    problems_of,
    publish_group_version,
    retire_group_version,
    save_group_draft,
)

NEW = "moi"


class GroupsView(PortalView):
    permission = permissions.GROUPS

    def get(self, request: HttpRequest) -> HttpResponse:
        context = {"cards": groups(), "may_edit": self.actor.has_right(permissions.PUBLISH_GROUP)}
        return render(request, "interlink/groups/list.html", context)


class VersionView(PortalView):
    permission = permissions.GROUPS

    def get(self, request: HttpRequest, group: str, number: int) -> HttpResponse:
        return show_version(self, request, version_of(group, number))


def show_version(
    view: PortalView,
    request: HttpRequest,
    version: GroupVersion,
    *,
    refusal: DomainError | None = None,
    status: int = 200,
) -> HttpResponse:
    """The version with its check report."""
    is_draft = version.state == GroupState.DRAFT
    context = {
        "version": version,
        "definition": version.definition,
        "parts": [_part(name, version.definition) for name in PARTS],
        "problems": problems_of(version.definition) if is_draft else (),
        "is_draft": is_draft,
        "may_edit": is_draft and view.actor.has_right(permissions.PUBLISH_GROUP),
        "may_retire": version.state == GroupState.PUBLISHED and view.actor.has_right(permissions.PUBLISH_GROUP),
        "today": clock.today(),
        "refusal": refusal,
    }
    return render(request, "interlink/groups/version.html", context, status=status)


def _part(name: str, definition: Mapping[str, Any]) -> dict[str, Any]:
    items = [_line(name, item) for item in definition.get(name) or ()]
    return {"name": name, "title": PARTS[name].title, "lines": items}


def _line(part: str, item: Mapping[str, Any]) -> dict[str, Any]:
    """One item as the version's page shows it."""
    sources = {target: next(iter(source.values())) for target, source in (item.get("fields") or {}).items()}
    return {
        "key": item.get("key") or item.get("role", ""),
        "label": item.get("label") or item.get("name", ""),
        "sub": _sub(part, item),
        "rules": [word for word in _rules(part, item) if word],
        "sources": list(sources.items()),
    }


def _sub(part: str, item: Mapping[str, Any]) -> str:
    if part == "fields":
        return f"phần {item.get('section', '')}, kiểu {KIND_LABELS.get(item.get('kind', ''), '')}"
    if part != "legs":
        return str(item.get("paper_type", ""))
    where = "hồ sơ tại đơn vị" if item.get("kind") == "dossier" else f"gửi {item.get('agency', '')}"
    return f"{where}, thủ tục {item['procedure_code']}" if item.get("procedure_code") else where


def _rules(part: str, item: Mapping[str, Any]) -> Iterator[str]:
    limit = item.get("limit") or {}
    if limit.get("value") is not None:
        yield f"{limit['value']} {LIMIT_UNITS.get(limit.get('unit', ''), '')}"
    if item.get("after"):
        yield f"sau {', '.join(item['after'])}"
    if part != "legs" and item.get("required"):
        yield "bắt buộc" if item["required"] is True else "bắt buộc theo điều kiện"
    yield "chỉ khi " + write_condition(item["when"]).replace("\n", ", ") if item.get("when") else ""
    yield "một người" if part == "sections" and item.get("person") else ""
    if item.get("needed_by"):
        yield f"cần cho {', '.join(item['needed_by'])}"


class NewVersionView(PortalView):
    permission = permissions.PUBLISH_GROUP

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._page(request, NewVersionForm(_copies(), initial=_copied(request.GET.get("tu", ""))))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = NewVersionForm(_copies(), request.POST)
        if not form.is_valid():
            return self._page(request, form, status=422)
        data = form.cleaned_data
        try:
            version = draft_group_version(
                actor=self.actor,
                group_code=data["code"],
                group_name=data["name"],
                definition=_content(data["copy_of"]),
                effective_from=form.first_day(),
                procedure_code=data["procedure_code"],
                legal_key=data["legal_key"],
            )
        except DomainError as error:
            add_domain_error(form, error)
            return self._page(request, form, status=error.status)
        messages.success(request, "Đã tạo bản nháp. Sửa từng phần, kiểm tra rồi công bố.")
        return redirect("interlink:group-version", group=version.group.code, number=version.version)

    def _page(self, request: HttpRequest, form: NewVersionForm, *, status: int = 200) -> HttpResponse:
        return render(request, "interlink/groups/new.html", {"form": form}, status=status)


def _copies() -> list[tuple[str, str]]:
    return [
        (f"{card.group.code}/{version.version}", f"{card.group.name}, bản {version.version}")
        for card in groups()
        for version in card.versions
    ]


def _copied(word: str) -> dict[str, str]:
    code, _, number = word.partition("/")
    if not number.isdecimal():
        return {}
    version = version_of(code, int(number))
    return {
        "code": code,
        "name": version.group.name,
        "copy_of": word,
        "procedure_code": version.procedure_code,
        "legal_key": version.legal_key,
    }


def _content(word: str) -> Mapping[str, Any]:
    code, _, number = word.partition("/")
    return version_of(code, int(number)).definition if number.isdecimal() else EMPTY


class DraftView(PortalView):
    """Base of what edits a draft."""

    permission = permissions.PUBLISH_GROUP

    def draft(self, group: str, number: int) -> GroupVersion:
        version = version_of(group, number)
        if version.state != GroupState.DRAFT:
            raise Conflict("group.not_draft", "Bản đã công bố không sửa được; xin soạn bản mới.")
        return version

    def saved(self, request: HttpRequest, version: GroupVersion, definition: Mapping[str, Any]) -> HttpResponse:
        save_group_draft(actor=self.actor, version_id=version.pk, definition=definition)
        messages.success(request, "Đã lưu bản nháp.")
        return redirect("interlink:group-version", group=version.group.code, number=version.version)


class ItemView(DraftView):
    """One item of one part: a field, a paper, a leg. `place` is its place in the list, or "moi"."""

    def get(self, request: HttpRequest, group: str, number: int, part: str, place: str) -> HttpResponse:
        version = self.draft(group, number)
        item = None if place == NEW else _item(version, part, place)
        return self._page(request, version, part, place, _form(part, version.definition, item))

    def post(self, request: HttpRequest, group: str, number: int, part: str, place: str) -> HttpResponse:
        version = self.draft(group, number)
        items = [dict(one) for one in version.definition.get(_known(part)) or ()]
        if "remove" in request.POST or "up" in request.POST:
            return self.saved(request, version, _moved(version.definition, part, items, _place(items, place), request))
        form = part_form(part, version.definition, request.POST)
        if not form.is_valid():
            return self._page(request, version, part, place, form, status=422)
        if place == NEW:
            items.append(form.item())
        else:
            items[_place(items, place)] = form.item()
        try:
            return self.saved(request, version, {**version.definition, part: items})
        except DomainError as error:
            add_domain_error(form, error)
            return self._page(request, version, part, place, form, status=error.status)

    def _page(
        self, request: HttpRequest, version: GroupVersion, part: str, place: str, form: ItemForm, *, status: int = 200
    ) -> HttpResponse:
        context = {"version": version, "form": form, "title": form.title, "is_new": place == NEW, "part": part}
        return render(request, "interlink/groups/item.html", context, status=status)


def _form(part: str, definition: Mapping[str, Any], item: Mapping[str, Any] | None) -> ItemForm:
    return part_form(part, definition, initial=PARTS[part].from_item(item))


def _item(version: GroupVersion, part: str, place: str) -> Mapping[str, Any]:
    items = list(version.definition.get(_known(part)) or ())
    found: Mapping[str, Any] = items[_place(items, place)]
    return found


def _known(part: str) -> str:
    if part not in PARTS:
        raise NotFound("Nhóm liên thông không có phần này.", code="group.no_part")
    return part


def _place(items: list[Any], place: str) -> int:
    if not place.isdecimal() or int(place) >= len(items):
        raise NotFound("Mục này không còn trong bản nháp.", code="group.no_item")
    return int(place)


def _moved(
    definition: Mapping[str, Any], part: str, items: list[Any], place: int, request: HttpRequest
) -> dict[str, Any]:
    item = items.pop(place)
    if "up" in request.POST:
        items.insert(max(0, place - 1), item)
    return {**definition, part: items}


class SettingsView(DraftView):
    def get(self, request: HttpRequest, group: str, number: int) -> HttpResponse:
        version = self.draft(group, number)
        return self._page(request, version, SettingsForm(initial=SettingsForm.boxes(version.definition)))

    def post(self, request: HttpRequest, group: str, number: int) -> HttpResponse:
        version, form = self.draft(group, number), SettingsForm(request.POST)
        if not form.is_valid():
            return self._page(request, version, form, status=422)
        return self.saved(request, version, form.merged(version.definition))

    def _page(
        self, request: HttpRequest, version: GroupVersion, form: SettingsForm, *, status: int = 200
    ) -> HttpResponse:
        context = {"version": version, "form": form, "title": "Quy định chung của nhóm", "is_new": True}
        return render(request, "interlink/groups/item.html", context, status=status)


class JsonView(DraftView):
    """The whole content at once, for who prefers it; the same checks."""

    def get(self, request: HttpRequest, group: str, number: int) -> HttpResponse:
        version = self.draft(group, number)
        return self._page(request, version, JsonForm(initial={"definition": as_text(version.definition)}))

    def post(self, request: HttpRequest, group: str, number: int) -> HttpResponse:
        version, form = self.draft(group, number), JsonForm(request.POST)
        if not form.is_valid():
            return self._page(request, version, form, status=422)
        return self.saved(request, version, form.cleaned_data["definition"])

    def _page(self, request: HttpRequest, version: GroupVersion, form: JsonForm, *, status: int = 200) -> HttpResponse:
        context = {"version": version, "form": form, "title": "Toàn bộ nội dung", "is_new": True}
        return render(request, "interlink/groups/item.html", context, status=status)


class PublishView(DraftView):
    def post(self, request: HttpRequest, group: str, number: int) -> HttpResponse:
        version = self.draft(group, number)
        try:
            publish_group_version(actor=self.actor, version_id=version.pk)
        except DomainError as error:
            return show_version(self, request, version, refusal=error, status=error.status)
        messages.success(request, f"Đã công bố bản {version.version} của nhóm {version.group.name}.")
        return redirect("interlink:group-version", group=group, number=number)


class RetireView(PortalView):
    permission = permissions.PUBLISH_GROUP

    def post(self, request: HttpRequest, group: str, number: int) -> HttpResponse:
        version = version_of(group, number)
        try:
            last = date.fromisoformat(request.POST.get("effective_to", ""))
        except ValueError:
            error = DomainError("group.dates", "Chưa chọn ngày cuối áp dụng.", "effective_to")
            return show_version(self, request, version, refusal=error, status=error.status)
        retire_group_version(actor=self.actor, version_id=version.pk, effective_to=last)
        messages.success(request, "Đã ghi ngày cuối áp dụng. Hồ sơ đang giải quyết theo bản này vẫn tiếp tục.")
        return redirect("interlink:group-version", group=group, number=number)
