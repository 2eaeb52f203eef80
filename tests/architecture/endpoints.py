"""Every address of the portal as the URL resolver knows it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

SAMPLES = {"int": "1", "str": "khong-co", "slug": "khong-co", "uuid": "11111111-1111-4111-8111-111111111111"}


@dataclass(frozen=True)
class Endpoint:
    """One route: its full name, a path that matches it, and the class that answers."""

    name: str
    path: str
    view_class: Any
    has_parameters: bool

    @property
    def permission(self) -> str | None:
        return getattr(self.view_class, "permission", None)

    @property
    def is_api(self) -> bool:
        return self.path.startswith("/api/")


@cache
def endpoints() -> tuple[Endpoint, ...]:
    """All of them, those of foreign packages too."""
    return tuple(_walk(get_resolver(), "/", "", False))


def _walk(resolver: URLResolver, prefix: str, space: str, has_parameters: bool) -> Iterator[Endpoint]:
    for entry in resolver.url_patterns:
        path, own = _filled(entry)
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from _walk(entry, prefix + path, inner, has_parameters or own)
        else:
            yield Endpoint(f"{space}{entry.name}", prefix + path, _class_of(entry), has_parameters or own)


def _filled(entry: URLPattern | URLResolver) -> tuple[str, bool]:
    """The route with sample values, and whether it took any."""
    route, converters = str(entry.pattern), getattr(entry.pattern, "converters", {})
    for name, converter in converters.items():
        kind = type(converter).__name__.removesuffix("Converter").lower().replace("string", "str")
        for spelled in (f"<{kind}:{name}>", f"<{name}>"):
            route = route.replace(spelled, SAMPLES.get(kind, "khong-co"))
    return route, bool(converters)


def _class_of(entry: URLPattern) -> Any:
    callback = entry.callback
    return getattr(callback, "view_class", None) or getattr(callback, "cls", None)
