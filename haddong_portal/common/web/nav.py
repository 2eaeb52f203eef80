"""The navigation: each app registers its entries in ready(); a person sees those their post may use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from haddong_portal.common.actors import Actor
from haddong_portal.common.rights import PUBLIC, SIGNED_IN

STAFF = "staff"
PUBLIC_AREA = "public"


@dataclass(frozen=True)
class NavItem:
    """One entry. `permission` is an act, SIGNED_IN or PUBLIC; `order` sorts within the area; `group` is a heading.

    `count` costs a query on every page that shows it: register one only where the number steers the day's work.
    """

    label: str
    url_name: str
    icon: str
    permission: str
    order: int = 100
    area: str = STAFF
    group: str = ""
    hotkey: str = ""
    count: Callable[[Actor], int] | None = None

    def allows(self, actor: Actor) -> bool:
        if self.permission == PUBLIC:
            return True
        return actor.is_signed_in and (self.permission == SIGNED_IN or actor.has_right(self.permission))


_items: dict[tuple[str, str], NavItem] = {}


def register(item: NavItem) -> None:
    """Add an entry; the same address twice in one area replaces the first."""
    _items[item.area, item.url_name] = item


def unregister(item: NavItem) -> None:
    """Take an entry out again (tests)."""
    _items.pop((item.area, item.url_name), None)


def items_for(request: HttpRequest, actor: Actor, area: str = STAFF) -> list[dict[str, object]]:
    """The entries of one area that `actor` may use: label, url, icon, active, count, group, hotkey.

    The longest address that begins the current path is the active one, so a dossier's page keeps its list lit.
    """
    wanted = sorted(
        (item for item in _items.values() if item.area == area and item.allows(actor)), key=lambda item: item.order
    )
    shown = [(item, url) for item in wanted if (url := _url(item))]
    active = max((url for _, url in shown if request.path.startswith(url)), key=len, default="")
    return [_entry(item, url, actor, active=_is_active(url, active, request.path)) for item, url in shown]


def _is_active(url: str, active: str, path: str) -> bool:
    return url == active and (url != "/" or path == "/")


def _url(item: NavItem) -> str:
    try:
        return reverse(item.url_name)
    except NoReverseMatch:
        return ""


def _entry(item: NavItem, url: str, actor: Actor, *, active: bool) -> dict[str, object]:
    return {
        "label": item.label,
        "url": url,
        "icon": item.icon,
        "active": active,
        "count": item.count(actor) if item.count else None,
        "group": item.group,
        "hotkey": item.hotkey,
    }
