"""Linked cases as matters of other apps: whose papers they are about, and who may act on them."""

from __future__ import annotations

import uuid

from dossiers.papers.constants import OwnerRef
from dossiers.papers.ports import ReferenceView
from haddong_portal.common.actors import Actor
from interlink.models import DeclarationDraft, LinkedCase

PREFIX, DRAFT_PREFIX = "linked", "declaration"


def reference_of_case(code: str) -> str:
    """How look-ups and uses of papers name a linked case."""
    return f"{PREFIX}:{code}"


def may_act_on_case(*, actor: Actor, name: str) -> bool:
    """Whether the case of this code is visible to the actor."""
    return LinkedCase.objects.visible_to(actor).filter(code=name).exists()


def case_reference(actor: Actor, name: str) -> ReferenceView | None:
    """What papers may know of a case: visible to the actor, and whose papers it is about; None for any other."""
    columns = ("requester_id", "subject_person_id")
    found = LinkedCase.objects.visible_to(actor).filter(code=name).values_list(*columns).first()
    if found is None:
        return None
    return ReferenceView(frozenset(OwnerRef(person_id=one) for one in found if one is not None))


def may_act_on_declaration(*, actor: Actor, name: str) -> bool:
    """Whether the draft of this key is the actor's."""
    try:
        key = uuid.UUID(name)
    except ValueError:
        return False
    return DeclarationDraft.objects.filter(key=key, clerk_id=actor.user_id).exists()
