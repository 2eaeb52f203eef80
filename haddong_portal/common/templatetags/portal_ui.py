"""Template tags of the design system; docs/design-system.md shows each in use."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django import template
from django.forms import BoundField
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from haddong_portal.common import dates
from haddong_portal.common.clock import local
from haddong_portal.common.identifiers import masking
from haddong_portal.common.identifiers.phones import format_phone
from haddong_portal.common.web import formatting, looks

register = template.Library()
EMPTY = mark_safe("")
# Small pieces drawn from few different words, many times a page, are drawn once. Always `typed`: a text marked safe
# equals the same text that must be escaped.
DRAWINGS_KEPT = 2048


def _of(thing: Any, name: str, default: Any = None) -> Any:
    """An attribute of an object, or a key of a dict."""
    return thing.get(name, default) if isinstance(thing, dict) else getattr(thing, name, default)


@register.simple_tag
@lru_cache(DRAWINGS_KEPT, typed=True)
def icon(name: str, label: str = "", size: str = "") -> SafeString:
    """`{% icon "clock" %}`: decoration; with `label` it is read aloud. `size`: "lg" or "xl"."""
    css = f"icon icon-{size}" if size else "icon"
    voice = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html('<svg class="{}" {}><use href="{}"/></svg>', css, voice, icon_href(name))


@register.simple_tag
@lru_cache(DRAWINGS_KEPT, typed=True)
def icon_href(name: str) -> str:
    """The address of one icon in the sprite, for an svg written by hand."""
    return f"{static('vendor/icons.svg')}#{name}"


@register.filter
def keycaps(keys: str) -> str:
    """A hotkey as printed on the key: "ctrl+enter" → "Ctrl + Enter"."""
    return " + ".join(part if len(part) == 1 else part[:1].upper() + part[1:] for part in keys.split("+"))


@register.filter
def cut_words(text: str) -> list[str]:
    """The words of a text, to loop over in a template."""
    return text.split()


@register.filter
def dict_get(mapping: Any, key: str) -> Any:
    """`mapping[key]`, or "" when absent."""
    return mapping.get(key, "") if mapping else ""


@register.simple_tag
@lru_cache(DRAWINGS_KEPT, typed=True)
def badge(text: str, tone: str = "", icon_name: str = "", size: str = "") -> SafeString:
    """A status pill: `{% badge "Đang xử lý" "info" "player-play" %}`; always give coloured ones an icon."""
    css = " ".join(part for part in ("badge", tone and f"badge-{tone}", size and f"badge-{size}") if part)
    return format_html('<span class="{}">{}{}</span>', css, icon(icon_name) if icon_name else EMPTY, text)


@register.simple_tag
def deadline_badge(deadline: Any, size: str = "") -> SafeString:
    """Icon + word + colour for `deadline` (see looks.Deadline), with its time left beside it."""
    return _deadline_badge(_of(deadline, "state"), _of(deadline, "text", ""), size)


@lru_cache(DRAWINGS_KEPT, typed=True)
def _deadline_badge(state: str, text: str, size: str) -> SafeString:
    look = looks.deadline_look(state)
    told = format_html('<span class="deadline-text">{}</span>', text) if text else EMPTY
    return format_html('<span class="deadline">{}{}</span>', badge(look.word, look.tone, look.icon, size), told)


@register.simple_tag
def deadline_bar(deadline: Any, size: str = "") -> SafeString:
    """The clock as a bar: used part in the state's colour, pauses hatched, the rest empty."""
    look = looks.deadline_look(_of(deadline, "state"))
    used = _of(deadline, "used_percent")
    segments = list(_of(deadline, "segments", ()) or ()) or _segments(look, used)
    drawn = format_html_join("", '<rect x="{}%" width="{}%" height="100%"{}/>', (_rect(s) for s in segments))
    label = f"{look.word}. {_of(deadline, 'text', '')}" + (
        f" Đã dùng {round(used)}% thời hạn." if used is not None else ""
    )
    css = f"bar bar-{look.tone}" + (f" bar-{size}" if size else "")
    return format_html('<svg class="{}" role="img" aria-label="{}">{}</svg>', css, label.strip(), drawn)


def _segments(look: looks.Look, used: float | None) -> list[looks.Segment]:
    if used is None:
        return []
    kind = "pause" if look.tone == "paused" else "run"
    return [looks.Segment(kind, 0, max(0.0, min(100.0, float(used))))]


def _rect(segment: Any) -> tuple[str, str, SafeString]:
    hatch = mark_safe(' class="bar-hatch" fill="url(#hatch)"') if _of(segment, "kind") == "pause" else EMPTY
    return f"{float(_of(segment, 'start')):g}", f"{float(_of(segment, 'width')):g}", hatch


@register.simple_tag
def vi_date(value: date | datetime | None, style: str = "short") -> str:
    """ "19/02/2024"; style "long": with weekday; "day": "19/02"; "moment": with the hour; "time": "09:00"."""
    if value is None:
        return formatting.NOTHING
    if isinstance(value, datetime) and style in ("moment", "time"):
        return dates.moment_text(value) if style == "moment" else dates.clock_text(value)
    on = local(value).date() if isinstance(value, datetime) else value
    writers: dict[str, Callable[[date], str]] = {"long": dates.long_date, "day": dates.day_month}
    return writers.get(style, dates.short_date)(on)


@register.simple_tag
def vi_due(value: datetime | None) -> str:
    """ "thứ Hai, 19/02/2024, trước 17:00"."""
    return dates.due_text(value) if value else formatting.NOTHING


register.simple_tag(masking.mask_id, name="mask_id")
register.simple_tag(masking.mask_phone, name="mask_phone")
register.simple_tag(format_phone, name="phone")
register.simple_tag(formatting.vnd_text, name="vnd")
register.simple_tag(formatting.working_time_text, name="working_minutes")
register.filter("number", formatting.number_text)
register.filter("capped", formatting.capped_text)
register.filter("initials", formatting.initials)


@register.simple_tag
def message_look(level_tag: str) -> looks.Look:
    """Icon and tone of a Django message."""
    return looks.MESSAGES.get(level_tag, looks.MESSAGES["info"])


@register.filter
def errors_with_codes(field: BoundField) -> list[tuple[str, str]]:
    """A field's errors as (sentence, machine code)."""
    return [(" ".join(error.messages), error.code or "") for error in field.errors.as_data()]


@register.filter
def form_problems(form: Any) -> list[dict[str, str]]:
    """Every error of a form for its summary: field id, label, sentence, code; errors of the whole form first."""
    found = []
    for name, errors in form.errors.as_data().items():
        bound = form[name] if name in form.fields else None
        for error in errors:
            found.append(
                {
                    "id": (bound.id_for_label or bound.auto_id) if bound else "",
                    "label": str(bound.label) if bound else "",
                    "message": " ".join(error.messages),
                    "code": error.code or "",
                }
            )
    return sorted(found, key=lambda problem: bool(problem["label"]))


def _block(name: str, content: str, **values: Any) -> SafeString:
    return mark_safe(render_to_string(f"components/{name}.html", {**values, "body": content}))  # noqa: S308  # a rendered template


@register.simple_block_tag
def card(
    content: str, title: str = "", icon_name: str = "", note: str = "", flush: bool = False, level: int = 2
) -> SafeString:
    """`{% card title="Giấy tờ" icon_name="files" %}…{% endcard %}`; `flush` for a table that touches the edges."""
    return _block("card", content, title=title, icon_name=icon_name, note=note, flush=flush, level=level)


@register.simple_block_tag
def fold(content: str, title: str = "", note: str = "", icon_name: str = "", open: bool = False) -> SafeString:
    """`{% fold title="Căn cứ pháp lý" note="4 văn bản" %}…{% endfold %}`: works without a script, open in print."""
    return _block("fold", content, title=title, note=note, icon_name=icon_name, open=open)


@register.simple_block_tag
def alert(content: str, tone: str = "info", title: str = "", code: str = "") -> SafeString:
    """`{% alert tone="warn" title="…" %}…{% endalert %}`: info, ok, warn or danger."""
    return _block("alert", content, tone=tone, title=title, code=code)


@register.simple_block_tag
def fieldset(content: str, legend: str = "", help: str = "") -> SafeString:
    """`{% fieldset legend="Người nộp" %}…{% endfieldset %}`."""
    return _block("fieldset", content, legend=legend, help=help)


@register.simple_block_tag
def confirm(content: str, label: str = "", question: str = "", icon_name: str = "", small: bool = False) -> SafeString:
    """A question in place, no dialog: the button opens it, the content holds the form that does the act."""
    return _block("confirm", content, label=label, question=question, icon_name=icon_name, small=small)


@register.simple_tag
def joined(items: Iterable[Any], separator: str = " · ") -> SafeString:
    """The non-empty items, escaped, with a separator between."""
    shown = [conditional_escape(item) for item in items if item]
    return format_html_join(separator, "{}", ((item,) for item in shown))
