"""Navigation: a person sees what their post may use, and where they are."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import RequestFactory

from haddong_portal.common.actors import PUBLIC_ACTOR, Actor
from haddong_portal.common.rights import PUBLIC, SIGNED_IN
from haddong_portal.common.web import nav
from haddong_portal.common.web.context import portal

pytestmark = pytest.mark.urls("tests.web.urls")

CLERK = Actor(name="Nguyễn Thị Lan", user_id=1, rights=frozenset({"style.read"}))
NEWCOMER = Actor(name="Trần Văn Minh", user_id=2)
AREA = "test-area"


@pytest.fixture
def entry() -> Iterator[nav.NavItem]:
    item = nav.NavItem("Kiểu dáng", "home:style", "flower", "style.read", area=AREA, count=lambda actor: 7)
    nav.register(item)
    yield item
    nav.unregister(item)


def labels(actor: Actor, path: str = "/kieu-dang/") -> list[dict[str, object]]:
    return nav.items_for(RequestFactory().get(path), actor, AREA)


def test_an_entry_is_for_those_with_the_right(entry: nav.NavItem) -> None:
    assert [item["label"] for item in labels(CLERK)] == ["Kiểu dáng"]
    assert labels(NEWCOMER) == []
    assert labels(PUBLIC_ACTOR) == []


def test_the_entry_one_is_inside_of_is_lit_and_counts(entry: nav.NavItem) -> None:
    assert labels(CLERK, "/kieu-dang/nut/")[0]["active"] is True
    assert labels(CLERK, "/kieu-dang/nut/")[0]["count"] == 7
    assert labels(CLERK, "/khac/")[0]["active"] is False


@pytest.mark.parametrize(
    ("permission", "public", "newcomer"), [(PUBLIC, True, True), (SIGNED_IN, False, True), ("x.y", False, False)]
)
def test_public_signed_in_and_named_rights(permission: str, public: bool, newcomer: bool) -> None:
    item = nav.NavItem("Mục", "home:style", "home", permission)
    assert item.allows(PUBLIC_ACTOR) is public
    assert item.allows(NEWCOMER) is newcomer


def test_an_entry_without_an_address_is_left_out() -> None:
    item = nav.NavItem("Chưa có", "nowhere:page", "home", PUBLIC, area=AREA)
    nav.register(item)
    try:
        assert labels(CLERK) == []
    finally:
        nav.unregister(item)


def test_the_context_touches_no_actor_unless_asked(entry: nav.NavItem) -> None:
    request = RequestFactory().get("/")

    class Untouchable:
        def __getattr__(self, name: str) -> object:
            raise AssertionError("the actor was resolved")

    request.actor = Untouchable()  # type: ignore[attr-defined]
    context = portal(request)
    assert context["portal"]["unit_short"].startswith("UBND")
    with pytest.raises(AssertionError):
        list(context["nav_items"])
