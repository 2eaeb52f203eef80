"""Parts of a page that look the same for many requests are drawn once per process.

{% drawn "head" %}…{% enddrawn %}                       never changes while the process lives
{% drawn "rail" actor.role request.path %}…{% enddrawn %}  once for each pair of values

Only for parts whose content follows from the values named: no CSRF token, no message, nothing personal beyond them.
"""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import Any

from django import template
from django.conf import settings
from django.template.base import FilterExpression, Node, NodeList, Parser, Token
from django.template.context import Context
from django.utils.safestring import SafeString

register = template.Library()
KEPT_MAX = 512
_kept: OrderedDict[tuple[Any, ...], SafeString] = OrderedDict()
_lock = Lock()


class DrawnNode(Node):
    """Its children, or what they gave for the same values before."""

    def __init__(self, nodelist: NodeList, name: str, values: list[FilterExpression]) -> None:
        self.nodelist, self.name, self.values = nodelist, name, values

    def render(self, context: Context) -> SafeString:
        if settings.DEBUG or settings.PORTAL_MODE == "test":
            return self.nodelist.render(context)
        key = (self.name, *(str(value.resolve(context)) for value in self.values))  # text: tokens of one look are equal
        found = _kept.get(key)
        if found is None:
            found = self.nodelist.render(context)
            _keep(key, found)
        return found


def _keep(key: tuple[Any, ...], drawn: SafeString) -> None:
    with _lock:
        _kept[key] = drawn
        while len(_kept) > KEPT_MAX:
            _kept.popitem(last=False)


@register.tag("drawn")
def drawn(parser: Parser, token: Token) -> DrawnNode:
    """`{% drawn "name" value … %}…{% enddrawn %}`; names are unique over all templates."""
    _, name, *values = token.split_contents()
    nodelist = parser.parse(("enddrawn",))
    parser.delete_first_token()
    return DrawnNode(nodelist, name, [parser.compile_filter(value) for value in values])
