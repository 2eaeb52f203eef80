"""What is drawn once per process is drawn again for other values, and for nobody else's."""

from __future__ import annotations

import pytest
from django.template import Context, Template
from django.test import override_settings
from django.utils.safestring import mark_safe

from haddong_portal.common.templatetags import drawn

TEMPLATE = '{% load drawn %}{% drawn "test-part" role %}{{ role }}:{{ name }}{% enddrawn %}'


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    drawn._of_pages._kept.clear()
    drawn._of_things._kept.clear()


def draw(**values: str) -> str:
    return Template(TEMPLATE).render(Context(values))


@override_settings(PORTAL_MODE="demo", DEBUG=False)
def test_equal_values_give_what_was_drawn_before() -> None:
    assert draw(role="clerk", name="Lan") == "clerk:Lan"
    assert draw(role="clerk", name="Minh") == "clerk:Lan"


@override_settings(PORTAL_MODE="demo", DEBUG=False)
def test_other_values_are_drawn_anew() -> None:
    draw(role="clerk", name="Lan")
    assert draw(role="leader", name="Hoa") == "leader:Hoa"


@override_settings(PORTAL_MODE="demo", DEBUG=False)
def test_no_more_is_kept_than_fits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawn._of_pages, "_count_max", 3)
    for number in range(5):
        draw(role=f"r{number}", name="x")
    assert [key[1] for key in drawn._of_pages._kept] == ["r2", "r3", "r4"]


def test_tests_see_every_change() -> None:
    assert draw(role="clerk", name="Lan") == "clerk:Lan"
    assert draw(role="clerk", name="Minh") == "clerk:Minh"


THING = (
    '{% load drawn %}{% kept "test-thing" code=dossier.code lines=lines %}'
    '{{ code }}:{{ lines|join:"," }}{{ name }}{% endkept %}'
)


def thing(code: str, lines: list[str], name: str = "") -> str:
    return Template(THING).render(Context({"dossier": {"code": code}, "lines": lines, "name": name}))


@pytest.mark.parametrize("mode", ["demo", "test"])
def test_a_kept_part_sees_the_named_values_alone(mode: str) -> None:
    with override_settings(PORTAL_MODE=mode, DEBUG=False):
        assert thing("H1", ["a"], name="Lan") == "H1:a"


@override_settings(PORTAL_MODE="demo", DEBUG=False)
def test_a_kept_part_is_drawn_again_when_a_line_changes() -> None:
    assert [thing("H1", ["a"]), thing("H1", ["a", "b"]), thing("H2", ["a"])] == ["H1:a", "H1:a,b", "H2:a"]
    assert len(drawn._of_things._kept) == 3
    thing("H1", ["a"])
    assert len(drawn._of_things._kept) == 3


def test_a_value_that_can_change_under_the_drawing_is_refused() -> None:
    with pytest.raises(TypeError, match="unhashable"):
        thing("H1", [["a"]])  # type: ignore[list-item]  # what a careless template would name


@override_settings(PORTAL_MODE="demo", DEBUG=False)
def test_text_is_escaped_whatever_was_drawn_before() -> None:
    assert thing("<b>", []) == "&lt;b&gt;:"
    assert thing(mark_safe("<b>"), [mark_safe("<i>")]) == "<b>:<i>"
    assert thing("<b>", ["<i>"]) == "&lt;b&gt;:&lt;i&gt;"
