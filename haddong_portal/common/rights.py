"""The register of rights: each app's permissions.py names its acts and which roles have them.

`register` is called from AppConfig.ready; a view or API class carries `permission = "<act>"` or PUBLIC;
pages of a citizen's own data carry CITIZEN.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

PUBLIC = "public"
SIGNED_IN = "signed-in"
CITIZEN = "citizen"

_acts: dict[str, tuple[str, frozenset[str]]] = {}


def register(acts: Mapping[str, tuple[str, Iterable[str]]]) -> None:
    """Add acts: name → (Vietnamese label, role names). The same name twice is a programming error."""
    for name, (label, roles) in acts.items():
        value = (label, frozenset(roles))
        if _acts.get(name, value) != value:
            raise ValueError(f"act {name!r} registered twice")
        _acts[name] = value


def rights_of(role: str) -> frozenset[str]:
    """The acts that a role may do."""
    return frozenset(name for name, (_, roles) in _acts.items() if role in roles)


def every_right() -> frozenset[str]:
    return frozenset(_acts)


def all_acts() -> Mapping[str, tuple[str, frozenset[str]]]:
    """A copy for the rights page and the tests that walk every endpoint."""
    return dict(_acts)
