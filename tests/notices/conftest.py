"""Fixtures of the notices' tests."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from haddong_portal.accounts.models import User
from haddong_portal.accounts.sessions import choose, touch
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from tests.dossiers.races.conftest import at_once
from tests.notices.outbox import notice_file, provider

__all__ = ["at_once", "notice_file", "provider", "sign_in"]


@pytest.fixture
def sign_in(settings: Any) -> Callable[[Actor], Client]:
    """A client with the session of an actor; the second factor has its own tests."""
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
