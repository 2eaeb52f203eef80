"""What is drawn once per process is drawn again for other values, and for nobody else's."""

from __future__ import annotations

import pytest
from django.template import Context, Template
from django.test import override_settings

from haddong_portal.common.templatetags import drawn

TEMPLATE = '{% load drawn %}{% drawn "test-part" role %}{{ role }}:{{ name }}{% enddrawn %}'


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    drawn._kept.clear()


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
    monkeypatch.setattr(drawn, "KEPT_MAX", 3)
    for number in range(5):
        draw(role=f"r{number}", name="x")
    assert [key[1] for key in drawn._kept] == ["r2", "r3", "r4"]


def test_tests_see_every_change() -> None:
    assert draw(role="clerk", name="Lan") == "clerk:Lan"
    assert draw(role="clerk", name="Minh") == "clerk:Minh"
