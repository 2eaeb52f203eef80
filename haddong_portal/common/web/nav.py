"""The navigation: each app registers its entries in ready(); a person sees those their post may use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
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
    shown = _shown(actor, area)
    active = _active(shown, request.path)
    return [_entry(item, url, actor, active=_is_active(url, active, request.path)) for item, url in shown]


def look_of(request: HttpRequest, actor: Actor, area: str = STAFF) -> str:
    """What the drawn navigation depends on: equal for two requests means that it looks the same."""
    shown = _shown(actor, area)
    counts = [item.count(actor) for item, _ in shown if item.count]
    return f"{[url for _, url in shown]} {_active(shown, request.path)} {request.path == '/'} {counts}"


_by_rights: dict[tuple[object, ...], list[tuple[NavItem, str]]] = {}


def _shown(actor: Actor, area: str) -> list[tuple[NavItem, str]]:
    """The entries with their addresses, in order; remembered per set of rights while the registry stays as it is."""
    key = (area, actor.is_signed_in, actor.rights, tuple(_items.items()) if settings.PORTAL_MODE == "test" else ())
    if key not in _by_rights:
        wanted = (item for item in _items.values() if item.area == area and item.allows(actor))
        _by_rights[key] = [(item, url) for item in sorted(wanted, key=lambda item: item.order) if (url := _url(item))]
    return _by_rights[key]


def _active(shown: list[tuple[NavItem, str]], path: str) -> str:
    return max((url for _, url in shown if path.startswith(url)), key=len, default="")


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
