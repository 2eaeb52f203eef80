"""The shipped catalogue with everything around it. May be run again at any time: what is there stays."""

from __future__ import annotations

from collections.abc import Callable

from haddong_portal.common.actors import system_actor
from procedures.services.import_catalogue import STARTER, import_catalogue
from procedures.services.load_delegations import load_delegations
from procedures.services.load_iso_processes import load_iso_processes
from procedures.services.load_performed_here import load_performed_here
from procedures.services.load_words import load_life_events, load_synonyms


def load_shipped_catalogue(progress: Callable[[int, int], None]) -> list[str]:
    """Procedures (published), processes, everyday words, life events, who performs what; a sentence for each."""
    report = import_catalogue(actor=system_actor("Nạp danh mục"), path=STARTER, publish=True, progress=progress)
    return [
        f"thủ tục: nhận {report.accepted} trên {report.total}, công bố {report.published}",
        f"quy trình: {load_iso_processes()}",
        f"từ thường dùng: {load_synonyms()}",
        f"sự kiện đời sống: {load_life_events()}",
        f"đơn vị thực hiện thủ tục: {load_performed_here()}",
        f"ủy quyền giải quyết: {load_delegations()}",
    ]
