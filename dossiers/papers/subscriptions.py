"""How apps above hear of papers: subscribe in `AppConfig.ready()`, look the PaperEvent up by its id.

subscribe("reports.papers", {PaperEventKind.USED}, count_use)
"""

from __future__ import annotations

from collections.abc import Iterable

from haddong_portal.plumbing.subscriptions import Handler, register_subscriber

SOURCE = "paper"


def subscribe(name: str, kinds: Iterable[str], handler: Handler) -> None:
    """Call `handler(event_id)` for each PaperEvent of `kinds`, at least once, after its transaction committed."""
    register_subscriber(name=name, source=SOURCE, kinds=kinds, handler=handler)
