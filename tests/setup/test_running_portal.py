"""The test harness itself: browser, running portal and accessibility check do what docs/testing.md says."""

from __future__ import annotations

import json
import urllib.request
from typing import TYPE_CHECKING

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from tests import browser as browser_module
from tests.browser import assert_axe, assert_nothing_from_outside, need_chromium
from tests.running import RunningPortal

if TYPE_CHECKING:
    from playwright.sync_api import Page

BAD_PAGE = "<html><body><img src='data:image/gif;base64,R0lGODlhAQABAAAAACw='></body></html>"


@pytest.mark.browser
def test_a_page_of_the_running_portal_opens_and_its_database_is_within_reach(
    running_portal: RunningPortal, page: Page
) -> None:
    outside = assert_nothing_from_outside(page, running_portal.base_url)
    answer = page.goto(running_portal.url("/readyz"))
    assert answer is not None
    assert json.loads(answer.text()) == {"status": "ok", "database": True, "schema": True, "broker": True}
    with running_portal.database():
        Session.objects.create(session_key="made-by-the-test", session_data="", expire_date=timezone.now())
        assert connection.settings_dict["NAME"] == running_portal.database_name
    count = "print(Session.objects.filter(pk='made-by-the-test').count())"
    code = f"from django.contrib.sessions.models import Session; {count}"
    assert running_portal.manage("shell", "--no-imports", "-c", code).strip().endswith("1")
    assert outside == []


@pytest.mark.browser
def test_the_worker_can_be_taken_away_and_brought_back(running_portal: RunningPortal) -> None:
    running_portal.stop("worker")
    running_portal.start_worker()
    assert "ready" in running_portal.log("worker")
    with urllib.request.urlopen(running_portal.url("/healthz"), timeout=10) as answer:
        assert answer.status == 200


@pytest.mark.browser
def test_the_accessibility_check_sees_a_violation(page: Page) -> None:
    page.set_content(BAD_PAGE)
    with pytest.raises(AssertionError, match="image-alt"):
        assert_axe(page)


@pytest.mark.browser
def test_a_request_to_another_host_is_noticed(page: Page) -> None:
    outside = assert_nothing_from_outside(page, "http://127.0.0.1:1")
    page.set_content("<img src='http://127.0.0.1:9/picture.png'>")
    page.wait_for_timeout(200)
    assert outside == ["http://127.0.0.1:9/picture.png"]


@pytest.mark.django_db
def test_a_test_of_its_own_database_never_meets_the_running_portal() -> None:
    assert "_test_" in connection.settings_dict["NAME"]
    assert not Session.objects.filter(pk="made-by-the-test").exists()


def test_without_chromium_tests_skip_and_under_ci_they_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browser_module, "find_chromium", lambda: None)
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="apt install chromium"):
        need_chromium()
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="apt install chromium"):
        need_chromium()
