"""Before an act is pressed its form says whom it will tell, by which way and when, and shows the words."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import caches
from django.urls import reverse

from dossiers.models import Dossier
from dossiers.rules.lifecycle import Command
from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Unit
from haddong_portal.audit.models import AuditEntry
from haddong_portal.common import clock
from tests.dossiers.conftest import Story
from tests.dossiers.screens.conftest import OpenSession, unfold
from tests.factories import make_actor

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_quiet_hours() -> None:
    caches["process"].clear()


def told_address(dossier: Dossier, command: str) -> str:
    return reverse("dossiers:told", kwargs={"code": dossier.code, "command": command})


def test_the_form_names_whom_it_tells_and_shows_the_words(story: Story, open_session: OpenSession) -> None:
    dossier = story.taken()
    hoa = open_session(story.leader)
    form = unfold(hoa, dossier.code, Command.DECIDE_REFUSAL)
    assert "Sẽ báo cho <strong>Trần Văn Tú</strong> qua tin nhắn SMS" in form and "091••••678" in form
    assert "0912345678" not in form and "gửi lúc" not in form
    address = told_address(dossier, Command.DECIDE_REFUSAL)
    assert f'hx-get="{address}"' in form
    words = hoa.get(address).content.decode()
    assert dossier.code in words and "091••••678" in words and "0912345678" not in words
    assert "tin SMS" in words and "…" in words, "what is not typed yet is dots"
    assert AuditEntry.objects.filter(action="dossier.read", purpose="xem trước tin sẽ gửi").count() == 1


def test_in_quiet_hours_it_says_when(story: Story, open_session: OpenSession, settings: Any) -> None:
    now = clock.local(clock.now())
    settings.NOTICE_QUIET_HOURS = f"sms={now - timedelta(hours=1):%H:%M}-{now + timedelta(hours=1):%H:%M}"
    form = unfold(open_session(story.leader), story.taken().code, Command.DECIDE_REFUSAL)
    assert "hết giờ yên tĩnh" in form


def test_without_a_way_nobody_is_told(story: Story, open_session: OpenSession) -> None:
    dossier = story.taken()
    Dossier.objects.filter(pk=dossier.pk).update(phone="", email="")
    hoa = open_session(story.leader)
    assert "không có tin nào được gửi" in unfold(hoa, dossier.code, Command.DECIDE_REFUSAL)
    assert hoa.get(told_address(dossier, Command.DECIDE_REFUSAL)).status_code == 404


def test_an_act_that_tells_nobody_says_nothing(story: Story, open_session: OpenSession) -> None:
    dossier = story.taken()
    minh = open_session(story.officer)
    assert "Sẽ báo cho" not in unfold(minh, dossier.code, Command.FORWARD)
    assert minh.get(told_address(dossier, Command.FORWARD)).status_code == 404
    assert minh.get(told_address(dossier, "khong-co")).status_code == 404


def test_whoever_may_not_see_the_dossier_sees_no_words(story: Story, open_session: OpenSession, ward: Unit) -> None:
    dossier = story.taken()
    address = told_address(dossier, Command.DECIDE_REFUSAL)
    inspector = open_session(make_actor(ward, Role.INSPECTOR, "Đỗ Văn Thanh"))
    assert inspector.get(address).status_code == 403
