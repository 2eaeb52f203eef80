"""The lines of a dossier's page that come by the dozen, in one pass; the words around stay in the template."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from html import escape

from django import forms, template
from django.utils.safestring import SafeString, mark_safe

from dossiers.selectors.story_lines import EventLine, StepLine
from haddong_portal.common.clock import local
from haddong_portal.common.dates import clock_text, moment_text, short_date
from haddong_portal.common.templatetags.portal_ui import icon
from haddong_portal.common.web.formatting import working_time_text

register = template.Library()
NOT_YET = "—"


@register.simple_tag
def step_rows(steps: Iterable[StepLine]) -> SafeString:
    """`{% step_rows page.steps %}`: one <tr> a run of a step."""
    return mark_safe("".join(_step(step) for step in steps))  # noqa: S308 - every text below is escaped


@register.simple_tag
def event_rows(events: Sequence[EventLine]) -> SafeString:
    """`{% event_rows page.events %}`: the timeline, newest first."""
    mark = icon("circle-dot")
    return mark_safe("".join(_event(event, mark) for event in reversed(events)))  # noqa: S308 - as above


@register.simple_tag
def hidden_inputs(form: forms.Form) -> SafeString:
    """The hidden fields of a form; each is a plain input with a short value."""
    return mark_safe("".join(_hidden(field) for field in form.hidden_fields()))  # noqa: S308 - as above


def _step(step: StepLine) -> str:
    return (
        f'<tr><td>{escape(step.name)}<span class="sub">{_standing(step)}</span></td>'
        f'<td>{escape(step.unit_name)}<span class="sub">{escape(step.officer_name)}</span></td>'
        f"<td>{clock_text(step.handed_at)}{_day(step.handed_at)}</td><td>{_finished(step)}</td>"
        f"<td>{_minutes(step.actual_minutes)}"
        f'<span class="sub">quy định {_minutes(step.planned_minutes)}</span></td></tr>'
    )


def _standing(step: StepLine) -> str:
    words = [step.state_label]
    if step.branch:
        words.append("song song")
    if step.proposal_label:
        words.append(step.proposal_label)
    if step.late_label:
        note = f" ({step.late_note})" if step.late_note else ""
        words.append(f"chậm: {step.late_label.lower()}{note}")
    return escape(" · ".join(words))


def _finished(step: StepLine) -> str:
    return f"{clock_text(step.finished_at)}{_day(step.finished_at)}" if step.finished_at else NOT_YET


def _day(at: datetime) -> str:
    return f'<span class="sub">{short_date(local(at).date())}</span>'


def _minutes(minutes: int | None) -> str:
    return NOT_YET if minutes is None else escape(working_time_text(minutes).replace(" làm việc", ""))


def _event(event: EventLine, mark: str) -> str:
    unit = f", {escape(event.unit_name)}" if event.unit_name else ""
    note = f'<p class="timeline-note">{escape(event.note)}</p>' if event.note else ""
    return (
        f'<li><span class="timeline-mark">{mark}</span><div><p class="timeline-title">{escape(event.label)}</p>'
        f'<p class="timeline-meta">{escape(event.actor_name)}{unit} · {moment_text(event.at)}</p>{note}</div></li>'
    )


def _hidden(field: forms.BoundField) -> str:
    value = field.value()
    shown = "" if value is None else f' value="{escape(str(value))}"'
    return f'<input type="hidden" name="{escape(field.html_name)}"{shown} id="{escape(field.auto_id)}">'
