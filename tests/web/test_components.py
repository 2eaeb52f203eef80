"""Components: what their markup promises to people who do not see colours, and to a strict content policy."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django import forms
from django.template import Context, Template
from django.template.loader import render_to_string

from haddong_portal.assets.icons import icon_names, symbol_id
from haddong_portal.common.errors import DomainError
from haddong_portal.common.web import looks
from haddong_portal.common.web.forms import add_domain_error
from haddong_portal.home.views.style_samples import context as sample_context

ROOT = Path(__file__).resolve().parent.parent.parent
TEMPLATES = sorted(
    path for path in ROOT.rglob("templates/**/*.html") if not {"node_modules", ".venv"} & set(path.parts)
)
KNOWN_ICONS = {symbol_id(name) for name in icon_names()}


def render(source: str, **values: object) -> str:
    return Template("{% load portal_ui %}" + source).render(Context(values))


@pytest.mark.parametrize("state", looks.DEADLINES)
def test_a_deadline_is_word_icon_and_colour(state: str) -> None:
    html = render("{% deadline_badge d %}", d=looks.Deadline(state, "còn 2 giờ làm việc"))
    look = looks.DEADLINES[state]
    assert look.word in html
    assert f"#{look.icon}" in html
    assert f"badge-{look.tone}" in html
    assert "còn 2 giờ làm việc" in html


def test_an_unknown_deadline_state_is_an_error_not_a_blank() -> None:
    with pytest.raises(KeyError):
        render("{% deadline_badge d %}", d={"state": "someday"})


def test_a_bar_speaks_and_stops_at_its_end() -> None:
    html = render("{% deadline_bar d %}", d=looks.Deadline("late", "quá 4 giờ làm việc", 130))
    assert 'aria-label="Quá hạn. quá 4 giờ làm việc Đã dùng 130% thời hạn."' in html
    assert 'width="100%"' in html


def test_a_pause_is_hatched() -> None:
    deadline = {
        "state": "paused",
        "segments": [{"kind": "run", "start": 0, "width": 30}, {"kind": "pause", "start": 30, "width": 25}],
    }
    html = render("{% deadline_bar d %}", d=deadline)
    assert html.count("bar-hatch") == 1
    assert 'x="30%" width="25%"' in html


def test_values_are_escaped() -> None:
    html = render("{% badge text 'info' 'tag' %}{% alert title=text %}{{ text }}{% endalert %}", text="<b>&")
    assert "<b>" not in html
    assert html.count("&lt;b&gt;&amp;") == 3


class NameForm(forms.Form):
    name = forms.CharField(label="Họ và tên", help_text="Ghi đủ dấu.")
    way = forms.ChoiceField(
        label="Cách nhận", widget=forms.RadioSelect, choices=[("a", "Tại quầy"), ("b", "Bưu chính")]
    )
    agree = forms.BooleanField(label="Đồng ý")


def test_a_field_ties_help_and_error_to_its_input() -> None:
    form = NameForm({"name": "x", "way": "a", "agree": "on"})
    add_domain_error(form, DomainError("citizen.name_too_short", "Tên quá ngắn.", "name"))
    html = form["name"].as_field_group()
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_helptext"' in html
    assert 'id="id_name_error"' in html
    assert 'aria-invalid="true"' in html
    assert "Mã: citizen.name_too_short" in html


def test_a_refusal_about_no_known_field_stands_at_the_top() -> None:
    form = NameForm({"name": "Lan", "way": "a", "agree": "on"})
    add_domain_error(form, DomainError("dossier.not_open", "Hồ sơ đã đóng.", "status"))
    html = str(form)
    assert "Hồ sơ đã đóng." in html
    assert "Mã: dossier.not_open" in html
    assert "còn 1 chỗ cần sửa" in html


def test_a_group_of_choices_is_a_fieldset_and_a_tick_box_follows_no_label() -> None:
    form = NameForm()
    assert "<legend>Cách nhận" in form["way"].as_field_group()
    assert "field-check" in form["agree"].as_field_group()


def test_an_htmx_refusal_lands_among_the_toasts() -> None:
    html = render_to_string("components/error_message.html", {"error_message": "Chưa được.", "error_code": "a.b"})
    assert 'hx-swap-oob="beforeend:#toasts"' in html
    assert "Chưa được." in html
    assert "Mã: a.b" in html


def test_the_pager_speaks_of_a_capped_total() -> None:
    html = render_to_string("components/pager.html", {"shown": 50, "total": 501, "next_url": "?sau=x"})
    assert "50 trong 500+" in html
    assert "Trang sau" in html
    assert "Trang trước" not in html


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_template_breaks_the_content_policy(template: Path) -> None:
    text = re.sub(r"{% comment %}.*?{% endcomment %}", "", template.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert not re.search(r"\sstyle\s*=", text), "inline style"
    assert not re.search(r"<style\b", text), "style element"
    assert not re.search(r"<script\b(?![^>]*\bsrc=)", text), "inline script"
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text), "inline handler"
    assert not re.search(r"(?:src|href)=[\"'](?:https?:)?//", text), "another host"


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_icon_a_template_names_is_in_the_sprite(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    named = set(re.findall(r"{% icon (?:_href )?[\"']([a-z0-9-]+)[\"']", text))
    named |= set(re.findall(r"icon(?:_name|_href|_glyph)?[= ][\"']([a-z0-9-]+)[\"']", text))
    assert named <= KNOWN_ICONS, f"add to haddong_portal/assets/icons.txt: {sorted(named - KNOWN_ICONS)}"


def test_icons_of_looks_and_samples_are_in_the_sprite() -> None:
    named = {look.icon for look in (*looks.DEADLINES.values(), *looks.MESSAGES.values())}
    samples = sample_context()
    named |= set(samples["icons_shown"]) | {glyph for _, glyph in samples["life_events"]}
    named |= {glyph for _, glyph, _ in samples["tones"]}
    assert named <= KNOWN_ICONS
