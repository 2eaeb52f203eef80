"""Signed-in people at a fixed moment, and the counter's form as a browser sends it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from haddong_portal.accounts.models import User
from haddong_portal.accounts.sessions import choose, touch
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from tests.factories import MORNING, PublishedProcedure

OpenSession = Callable[[Actor], Client]


@pytest.fixture(autouse=True)
def _morning() -> Iterator[None]:
    with time_machine.travel(MORNING, tick=False):
        yield


@pytest.fixture
def open_session(settings: Any) -> OpenSession:
    settings.TOTP_REQUIRED = False

    def signed_in(actor: Actor) -> Client:
        client = Client()
        client.force_login(User.objects.get(pk=actor.user_id), backend="haddong_portal.accounts.backends.StaffBackend")
        session = client.session
        choose(session, actor.post_id or 0)
        touch(session, clock.now())
        session.save()
        return client

    return signed_in


@pytest.fixture
def intake_form(procedure: PublishedProcedure) -> dict[str, str]:
    """Complete, everything brought."""
    form = {
        "procedure_code": procedure.procedure.national_code,
        "case_id": str(procedure.case.pk),
        "full_name": "Trần Thị Thử",
        "personal_id": "001190000001",
        "birth": "12/07/1990",
        "phone": "0912345678",
        "address": "Số 5 phố Văn Quán",
        "channel": "1",
        "delivery": "desk",
        "copies": "1",
    }
    for paper in procedure.papers:
        form |= {f"paper-{paper.pk}-state": "paper", f"paper-{paper.pk}-originals": "1"}
    return form


def unfold(client: Client, code: str, command: str) -> str:
    """The form of a folded act, as the page fetches it when somebody opens the fold."""
    answer = client.get(reverse("dossiers:act-form", args=[code, command]), headers={"HX-Request": "true"})
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()
