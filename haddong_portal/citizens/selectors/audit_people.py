"""Whom an inspector means by a whole identity number or phone: found by blind index, for the audit log's search."""

from __future__ import annotations

from django.db.models import Q

from haddong_portal.citizens.models import Person
from haddong_portal.common.crypto.blind_index import blind_index

FOUND_MAX = 20


def person_ids_matching(text: str) -> list[int]:
    """People with exactly this personal number, earlier identity number or phone; at most 20, none for parts of one."""
    if not any(char.isdigit() for char in text):
        return []
    wanted = (
        Q(personal_id_index=blind_index(text, "personal_id"))
        | Q(old_id_index=blind_index(text, "old_id"))
        | Q(phone_index=blind_index(text, "phone"))
    )
    return list(Person.objects.filter(wanted).order_by("pk").values_list("pk", flat=True)[:FOUND_MAX])
