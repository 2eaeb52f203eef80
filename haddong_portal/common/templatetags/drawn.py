"""Parts of a page that look the same for many requests are drawn once per process.

{% drawn "head" %}…{% enddrawn %}                       never changes while the process lives
{% drawn "rail" actor.role request.path %}…{% enddrawn %}  once for each pair of values

Only for parts whose content follows from the values named: no CSRF token, no message, nothing personal beyond them.

{% kept "slips" code=dossier.code slips=page.slips %}…{% endkept %}   drawn again only for other values

is for parts of one thing's page: inside it nothing exists but the values named, so it cannot show anything else.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Any

from django import template
from django.conf import settings
from django.template.base import FilterExpression, Node, NodeList, Parser, Token, token_kwargs
from django.template.context import Context
from django.utils.safestring import SafeString

register = template.Library()


class Drawings:
    """The latest drawings, at most so many; threads share them."""

    def __init__(self, count_max: int) -> None:
        self._kept: OrderedDict[tuple[Any, ...], SafeString] = OrderedDict()
        self._count_max, self._lock = count_max, Lock()

    def get(self, key: tuple[Any, ...], draw: Callable[[], SafeString]) -> SafeString:
        """What was drawn for `key`; drawn now, and the oldest given up, when nothing was."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
                return found
        found = draw()
        with self._lock:
            self._kept[key] = found
            while len(self._kept) > self._count_max:
                self._kept.popitem(last=False)
        return found


# Parts of every page, by role and place; and parts of single pages: about 2 KB each.
_of_pages, _of_things = Drawings(512), Drawings(2048)


def _always_anew() -> bool:
    return bool(settings.DEBUG or settings.PORTAL_MODE == "test")


class DrawnNode(Node):
    """Its children, or what they gave for the same values before."""

    def __init__(self, nodelist: NodeList, name: str, values: list[FilterExpression]) -> None:
        self.nodelist, self.name, self.values = nodelist, name, values

    def render(self, context: Context) -> SafeString:
        if _always_anew():
            return self.nodelist.render(context)
        key = (self.name, *(str(value.resolve(context)) for value in self.values))  # text: tokens of one look are equal
        return _of_pages.get(key, lambda: self.nodelist.render(context))


class KeptNode(Node):
    """Its children, seeing the named values alone, or what they gave for equal values before."""

    def __init__(self, nodelist: NodeList, name: str, values: dict[str, FilterExpression]) -> None:
        self.nodelist, self.name, self.values = nodelist, name, values

    def render(self, context: Context) -> SafeString:
        seen = {name: value.resolve(context) for name, value in self.values.items()}
        key = (self.name, *(_told(value) for value in seen.values()))
        hash(key)  # what cannot be compared for good has no place here, whether or not anything is kept
        return self._drawn(context, seen) if _always_anew() else _of_things.get(key, lambda: self._drawn(context, seen))

    def _drawn(self, context: Context, seen: dict[str, Any]) -> SafeString:
        return self.nodelist.render(context.new(seen))


def _told(value: Any) -> Any:
    """The value in a key; a list by what it holds now."""
    return tuple(map(_marked, value)) if isinstance(value, list) else _marked(value)


def _marked(value: Any) -> Any:
    """Text that is escaped and text that is not are two things, though Python calls them equal."""
    return (SafeString, value) if isinstance(value, SafeString) else value


@register.tag("drawn")
def drawn(parser: Parser, token: Token) -> DrawnNode:
    """`{% drawn "name" value … %}…{% enddrawn %}`; names are unique over all templates."""
    _, name, *values = token.split_contents()
    nodelist = parser.parse(("enddrawn",))
    parser.delete_first_token()
    return DrawnNode(nodelist, name, [parser.compile_filter(value) for value in values])


@register.tag("kept")
def kept(parser: Parser, token: Token) -> KeptNode:
    """`{% kept "name" key=value … %}…{% endkept %}`; names are unique over all templates."""
    _, name, *bits = token.split_contents()
    values = token_kwargs(bits, parser)
    if bits or not values:
        raise template.TemplateSyntaxError("kept takes a name and key=value pairs")
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode(nodelist, name, values)
