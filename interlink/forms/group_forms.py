"""Forms around a whole version of a linked group: a new one, its general settings, its whole content as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from haddong_portal.common.errors import DomainError
from interlink.forms.editor import LIMIT_UNITS, KeyField, LineField, code_rows
from interlink.forms.kinds import NEEDED, DayField
from interlink.forms.lines import read_condition, write_condition
from interlink.rules.parse_template import parse_template
from interlink.rules.template import TemplateUnreadable

EMPTY: Mapping[str, Any] = {"sections": [], "fields": [], "papers": [], "confirmations": [], "legs": []}
# A limit that the law speaks of without a number.
UNNAMED = "?"
# Several conditions on one line.
AND = " và "


class NewVersionForm(forms.Form):
    """A draft: of a new group, or the next of one that is there; it begins with another version's content."""

    code = KeyField(label="Mã nhóm", help_text="Ví dụ marriage. Mã đã có thì thành bản tiếp theo của nhóm đó.")
    name = forms.CharField(label="Tên nhóm", max_length=300, error_messages=NEEDED)
    copy_of = forms.ChoiceField(label="Bắt đầu từ", required=False)
    effective_from = DayField(label="Hiệu lực từ ngày", max_length=12, error_messages=NEEDED)
    procedure_code = forms.CharField(label="Mã thủ tục liên thông", max_length=30, required=False)
    legal_key = forms.CharField(label="Căn cứ (khóa)", max_length=40, required=False)

    def __init__(self, copies: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["copy_of"].choices = [("", "tờ trắng"), *copies]  # type: ignore[attr-defined]

    def first_day(self) -> date:
        """The day it holds from. Only of a valid form."""
        return date.fromisoformat(self.cleaned_data["effective_from"])


class SettingsForm(forms.Form):
    """What a group says once: who asks, what makes two declarations the same event, its limits and waits."""

    requester = KeyField(label="Phần của người yêu cầu (tên máy)")
    subject = LineField(str.split, label="Nhận ra cùng một sự kiện bằng (mỗi dòng một ô)")
    group_limits = LineField(
        lambda text: _limits(text),
        label="Thời hạn cả nhóm",
        help_text="Mỗi dòng “số đơn_vị”, thêm “khi ô = giá trị” nếu có điều kiện: <code>3 working_days</code>, "
        "<code>18 working_days theo ND63-2024 khi allowance.kind = merit</code>. Đơn vị: "
        + ", ".join(LIMIT_UNITS)
        + ".",
    )
    confirmation_wait = forms.CharField(label="Chờ ý kiến đồng ý", max_length=40, required=False)
    ack_within = forms.CharField(label="Cơ quan xác nhận tiếp nhận trong", max_length=40, required=False)
    sync_within = forms.CharField(label="Chuyển sang việc sau trong", max_length=40, required=False)
    supplement_within = forms.CharField(label="Người dân bổ sung trong", max_length=40, required=False)

    WAITS = ("confirmation_wait", "ack_within", "sync_within", "supplement_within")

    @classmethod
    def boxes(cls, definition: Mapping[str, Any]) -> dict[str, Any]:
        """The boxes of a definition."""
        waits = {name: _limit_text(definition.get(name)) for name in cls.WAITS}
        return waits | {
            "requester": definition.get("requester", "requester"),
            "subject": "\n".join(definition.get("subject") or ()),
            "group_limits": "\n".join(_group_limit_text(one) for one in definition.get("group_limits") or ()),
        }

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        for name in self.WAITS:
            try:
                data[name] = _limit(data.get(name, ""))
            except ValueError as error:
                self.add_error(name, forms.ValidationError(str(error), code="template.bad_limit"))
        return data

    def merged(self, definition: Mapping[str, Any]) -> dict[str, Any]:
        """The definition with these settings; legal keys of limits that were not changed stay."""
        data = self.cleaned_data
        found = dict(definition) | {name: data[name] for name in ("requester", "subject", "group_limits")}
        for name in self.WAITS:
            kept = definition.get(name) or {}
            found[name] = {**kept, **data[name]} if data[name] else None
        return found


def _limits(text: str) -> list[dict[str, Any]]:
    from interlink.forms.lines import read_lines

    return read_lines(text, _group_limit)


def _group_limit(line: str) -> dict[str, Any]:
    limit, _, when = line.partition(" khi ")
    found = _limit(limit)
    if found is None:
        raise ValueError("thiếu thời hạn")
    return {"when": read_condition(when.replace(AND, "\n")), "limit": found}


def _limit(text: str) -> dict[str, Any] | None:
    if not text.strip():
        return None
    amount, _, legal_key = (part.strip() for part in text.partition(" theo "))
    value, _, unit = amount.partition(" ")
    if not (value.isdecimal() or value == UNNAMED) or unit.strip() not in LIMIT_UNITS:
        raise ValueError(f"ghi dạng “2 working_hours”; đơn vị: {', '.join(LIMIT_UNITS)}")
    number = None if value == UNNAMED else int(value)
    return {"value": number, "unit": unit.strip()} | ({"legal_key": legal_key} if legal_key else {})


def _limit_text(limit: Mapping[str, Any] | None) -> str:
    if not limit:
        return ""
    amount = f"{UNNAMED if limit.get('value') is None else limit['value']} {limit['unit']}"
    return f"{amount} theo {limit['legal_key']}" if limit.get("legal_key") else amount


def _group_limit_text(one: Mapping[str, Any]) -> str:
    when = write_condition(one.get("when")).replace("\n", AND)
    return f"{_limit_text(one['limit'])} khi {when}" if when else _limit_text(one["limit"])


class JsonForm(forms.Form):
    """The whole content; a mistake is named by its line."""

    definition = forms.CharField(label="Nội dung (JSON)", widget=code_rows(28), strip=False, error_messages=NEEDED)

    def clean_definition(self) -> dict[str, Any]:
        text = self.cleaned_data["definition"]
        try:
            found = json.loads(text)
        except json.JSONDecodeError as error:
            message = f"Dòng {error.lineno}, cột {error.colno}: JSON chưa đúng ({error.msg})."
            raise forms.ValidationError(message, code="template.bad_json") from None
        try:
            parse_template(found)
        except TemplateUnreadable as error:
            line = line_of(text, str(error))
            place = f"Dòng {line}: " if line else ""
            raise forms.ValidationError(f"{place}{error}", code="group.unreadable") from None
        return dict(found)


def line_of(text: str, message: str) -> int | None:
    """The line of the item that a sentence names in quotes (its key), None when none is named or it is not there."""
    parts = message.split("“")[1:]
    names = [part.split("”")[0] for part in parts]
    lines = text.splitlines()
    for name in names:
        for number, line in enumerate(lines, start=1):
            if f'"{name}"' in line:
                return number
    return None


def as_text(definition: Mapping[str, Any]) -> str:
    """The definition as people edit it."""
    return json.dumps(definition, ensure_ascii=False, indent=1)


def first_error(error: DomainError) -> str:
    """A refusal's sentence with its code, for a message."""
    return f"{error.message} (mã {error.code})"
