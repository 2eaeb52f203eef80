"""How apps above hear of dossiers: subscribe in `AppConfig.ready()`, look the event up by its id, change nothing twice.

subscribe("interlink.advance", {EventKind.RESULT_RECORDED}, advance_case_for_event)
"""

from __future__ import annotations

from collections.abc import Iterable

from haddong_portal.plumbing.subscriptions import Handler, register_subscriber

SOURCE = "dossier"


def subscribe(name: str, kinds: Iterable[str], handler: Handler) -> None:
    """Call `handler(event_id)` for each DossierEvent of `kinds`, at least once, after its transaction committed."""
    register_subscriber(name=name, source=SOURCE, kinds=kinds, handler=handler)
