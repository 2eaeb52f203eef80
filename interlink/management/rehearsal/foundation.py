"""What a rehearsal needs of a portal: units, staff, the ward's two procedures with their processes, the groups."""

from __future__ import annotations

import io
import json
from pathlib import Path

from django.core.management import call_command

from haddong_portal.common.actors import system_actor
from interlink.services.load_linked_groups import load_linked_groups
from procedures.services.import_catalogue import STARTER, import_catalogue
from procedures.services.load_iso_processes import load_iso_processes
from procedures.services.load_performed_here import load_performed_here

PROCEDURES = ("1.001193", "1.000656")


def load_foundation_of_rehearsal(folder: Path) -> None:
    """The shipped data, cut down to the two procedures."""
    call_command("load_foundation", staff=True, stdout=io.StringIO())
    rows = json.loads(Path(STARTER).read_text(encoding="utf-8"))
    own = folder / "catalogue.json"
    own.write_text(json.dumps([row for row in rows if row["code"] in PROCEDURES]), encoding="utf-8")
    import_catalogue(actor=system_actor("Diễn tập"), path=own, publish=True, progress=lambda _done, _total: None)
    load_iso_processes()
    load_performed_here()
    load_linked_groups()
