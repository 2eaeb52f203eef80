"""Whatever the code puts on record has words of its own on the inspector's screen."""

from __future__ import annotations

import re

import pytest
from django.conf import settings

from haddong_portal.audit.subscriptions import action_label

APPS = ("dossiers", "feedback", "haddong_portal", "interlink", "procedures")
WRITTEN = re.compile(r'(?:action=|Access\(|ACTION = |_audit\()\s*"([a-z_]+\.[a-z_]+)"')


def actions_in_code() -> list[str]:
    sources = [path for app in APPS for path in (settings.BASE_DIR / app).rglob("*.py")]
    return sorted({action for path in sources for action in WRITTEN.findall(path.read_text(encoding="utf-8"))})


def test_the_search_finds_what_is_written() -> None:
    assert {"person.read", "paper.verify", "paper.share_opened", "citizen.signed_in"} <= set(actions_in_code())


@pytest.mark.parametrize("action", actions_in_code())
def test_an_action_has_words(action: str) -> None:
    assert action_label(action) != action
