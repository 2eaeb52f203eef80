"""Rows ticked by keyboard in the work list, their work given to a colleague by the worker, the report on the page."""

from __future__ import annotations

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from dossiers.models import Dossier
from dossiers.services.take_dossier import take_dossier
from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import User
from haddong_portal.accounts.sessions import choose, touch
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from tests.browser import assert_axe
from tests.factories import RuleSetFactory, UnitFactory, citizen, make_actor, publish_procedure, receive
from tests.running import RunningPortal

pytestmark = pytest.mark.browser


def seat(portal: RunningPortal, browser: Browser, actor: Actor) -> Page:
    """A browser in which the person is signed in; call it inside the portal's database."""
    client = Client()
    user = User.objects.get(pk=actor.user_id)
    client.force_login(user, backend="haddong_portal.accounts.backends.StaffBackend")
    session = client.session
    choose(session, actor.post_id or 0)
    touch(session, clock.now())
    session.save()
    context = browser.new_context(locale="vi-VN", viewport={"width": 1280, "height": 900})
    cookies = [{"name": name, "value": one.value, "url": portal.base_url} for name, one in client.cookies.items()]
    context.add_cookies(cookies)  # type: ignore[arg-type]  # plain dictionaries serve
    return context.new_page()


def test_ticked_rows_are_given_to_a_colleague(running_portal: RunningPortal, browser: Browser) -> None:
    with running_portal.database():
        RuleSetFactory()
        ward = UnitFactory(ward=True, desk=True, short_name="Phường Giao Việc")
        clerk, officer = make_actor(ward, Role.CLERK, "Lan"), make_actor(ward, Role.OFFICER, "Minh")
        other, leader = make_actor(ward, Role.OFFICER, "Đặng Thu Thảo"), make_actor(ward, Role.LEADER, "Hoa")
        published = publish_procedure(at=ward)
        pks = [
            receive(clerk, published, now=clock.now(), person=citizen("Tú", 700 + number)).dossier_id
            for number in range(3)
        ]
        for pk in pks:
            take_dossier(actor=officer, dossier_id=pk)
        page = seat(running_portal, browser, leader)
    page.goto(running_portal.url("/ho-so/viec/?pham-vi=don-vi"))
    expect(page.locator("#bulk-form")).to_be_hidden()
    for key in ("j", "x", "j", "x"):
        page.keyboard.press(key)
    expect(page.locator("#bulk-form")).to_contain_text("2 hồ sơ đã chọn")
    assert_axe(page)
    page.get_by_role("button", name="Giao lại việc").click()
    expect(page.get_by_text("2 hồ sơ đã chọn")).to_be_visible()
    page.get_by_label("Đặng Thu Thảo").check()
    page.get_by_label("Lý do").fill("Quá tải")
    assert_axe(page)
    page.get_by_role("button", name="Giao lại việc").click()
    expect(page.get_by_text("Mọi hồ sơ đã được giao.")).to_be_visible(timeout=30_000)
    assert_axe(page)
    with running_portal.database():
        held = Dossier.objects.filter(pk__in=pks).order_by("officer_id").values_list("officer_id", flat=True)
        assert sorted(held) == sorted([officer.user_id, other.user_id, other.user_id])
    page.context.close()
