"""Scans in work follow the matter whose applicant was put right: they go into the right person's store. System.

Inside the caller's transaction, the matter locked. Papers that lie in a store already stay there.
"""

from __future__ import annotations

from dossiers.papers.constants import OwnerRef, ScanKind
from dossiers.papers.models import ScanBatch


def follow_owner(*, reference: str, owner: OwnerRef) -> None:
    """Nothing happens where nothing was scanned."""
    batches = ScanBatch.objects.filter(kind=ScanKind.COUNTER, reference=reference)
    batches.update(owner_person_id=owner.person_id, owner_organisation_id=owner.organisation_id)
