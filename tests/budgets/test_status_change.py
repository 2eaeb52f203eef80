"""What an act on a dossier may cost the database, from session to answer: at most fifteen statements (issue budget)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from dossiers.selectors.rulesets import forget_rules
from haddong_portal.accounts.selectors.calendar import forget_calendar
from haddong_portal.common.actors import Actor
from tests.budgets.conftest import OpenSession, at_most
from tests.factories import MORNING, PublishedProcedure, receive

STATUS_CHANGE_MAX = 15

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _memory_as_served(settings: Any) -> Iterator[None]:
    """Calendar and rule-set are remembered, as in a portal that serves; tests otherwise ask each time."""
    settings.PORTAL_MODE = "demo"
    _forget()
    yield
    _forget()


def _forget() -> None:
    """Each test has rows of its own."""
    forget_calendar()
    forget_rules()


def act(client: Any, code: str, name: str, **form: Any) -> None:
    """Press one act of the dossier's page; it must be done."""
    answer = client.post(reverse(f"dossiers:{name}", args=[code]), form)
    assert answer.status_code == 302, answer.content.decode()[:2000]


def test_taking_finishing_and_signing_cost_at_most_fifteen_statements_each(
    desk_clerk_lan: Actor,
    officer_minh: Actor,
    leader_hoa: Actor,
    procedure: PublishedProcedure,
    open_session: OpenSession,
) -> None:
    officer, leader = open_session(officer_minh), open_session(leader_hoa)
    finish = {"finish_step-proposal": "approve", "finish_step-note": "Đủ điều kiện"}
    ways: tuple[tuple[Any, str, dict[str, str]], ...] = (
        (officer, "take", {}),
        (officer, "finish-step", finish),
        (leader, "sign", {}),
    )
    with time_machine.travel(MORNING + timedelta(minutes=20), tick=False):
        warm = receive(desk_clerk_lan, procedure).code
        for client, name, form in ways:
            act(client, warm, name, **form)
        code = receive(desk_clerk_lan, procedure, confirmed_duplicate=True).code
        for client, name, form in ways:
            with at_most(STATUS_CHANGE_MAX):
                act(client, code, name, **form)
