"""Dossiers around a person, for the counter."""

from __future__ import annotations

from dossiers.models import Dossier
from haddong_portal.citizens.models import Organisation, Person
from haddong_portal.common.actors import Actor

SHOWN_MAX = 10


def open_dossiers_of(*, actor: Actor, person_id: int) -> list[Dossier]:
    """The person's open dossiers that the actor may see, soonest due first; for the duplicate warning."""
    visible = Dossier.objects.visible_to(actor).open().filter(person_id=person_id)
    return list(
        visible.only("code", "status", "procedure_id", "procedure_name", "due_at").order_by("due_at")[:SHOWN_MAX]
    )


def stands_alone(record: Person | Organisation, dossier: Dossier) -> bool:
    """Whether nothing but this dossier rests on an applicant's record: no other dossier, paper, consent …"""
    for relation in record._meta.related_objects:
        rows = relation.related_model._base_manager.filter(**{relation.field.name: record})
        if relation.related_model is Dossier:
            rows = rows.exclude(pk=dossier.pk)
        if rows.exists():
            return False
    return True
