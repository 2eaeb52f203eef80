"""What the catalogue asks of the apps above it: they register in AppConfig.ready, procedures imports none of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

PaperNameProvider = Callable[[], Mapping[str, Sequence[str]]]
"""Type code → the names that this paper goes by in lines of a checklist."""

_providers: list[PaperNameProvider] = []


def register_paper_names(provider: PaperNameProvider) -> None:
    """The one catalogue of paper types; a later registration replaces the earlier."""
    _providers[:] = [provider]


def paper_names() -> Mapping[str, Sequence[str]]:
    """The names of papers by type code; empty while nobody knows any."""
    return _providers[0]() if _providers else {}
