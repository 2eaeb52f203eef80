"""Whether the paper is the applicant's own: ID numbers decide, names without diacritics otherwise (domain.md §7.5)."""

from __future__ import annotations

from dossiers.papers.rules.spelling import Likeness, likeness


def holder_likeness(*, name: str, personal_id: str, owner_name: str, owner_id: str, owner_old_id: str = "") -> Likeness:
    """How the holder read from a paper stands to its owner-to-be; UNKNOWN when the paper names nobody."""
    if personal_id and personal_id in {owner_id, owner_old_id} - {""}:
        return Likeness.SAME
    by_name = likeness(name, owner_name)
    if personal_id and owner_id and len(personal_id) == len(owner_id):
        # A digit misread by the scanner, or another person of nearly the same name: the clerk must look.
        return Likeness.NEAR if by_name is Likeness.SAME else Likeness.OTHER
    return by_name
