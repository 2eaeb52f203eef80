"""Receive a declaration at the desk: what was brought as files goes into the requester's store, then the case opens.

Clerks. Files are checked before anything is locked; the papers and the case are written together or not at all.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from dossiers.constants import ChecklistState
from dossiers.papers.constants import OwnerRef, PaperSource, Trust
from dossiers.papers.models import Paper as StoredPaper
from dossiers.papers.selectors.result_types import OTHER_RESULT
from dossiers.papers.services.paper_data import FileContent, PaperData
from dossiers.papers.services.store_paper import store_paper
from haddong_portal.citizens.services.find_or_create_person import PersonData, find_or_create_person
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError
from haddong_portal.common.files.check import check_file
from interlink.constants import ConfirmationMethod
from interlink.models import GroupVersion
from interlink.rules.template import Paper, Template
from interlink.selectors.templates import template_of
from interlink.services.open_case import DeclarationData, OpenedCase, open_case

HELD, FILE, PAPER = "held", "file", "paper"


@dataclass(frozen=True, slots=True)
class ChosenPaper:
    """What stands for one paper of the declaration: a paper of the store, a file brought now, or a paper seen."""

    key: str
    way: str
    held: UUID | None = None
    file: Any = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskDeclaration:
    """What the form gives: facts by the template's keys, `agreed` the roles that agreed at the desk."""

    version: GroupVersion
    facts: Mapping[str, str]
    papers: Sequence[ChosenPaper] = ()
    agreed: Sequence[str] = ()
    is_verified: bool = False
    card_read: bool = False


@dataclass(frozen=True, slots=True)
class _Checked:
    """A file that may be stored."""

    paper: Paper
    content: FileContent


def receive_declaration(
    *, actor: Actor, declared: DeskDeclaration, idempotency_key: str, now: datetime | None = None
) -> OpenedCase:
    """The case. Raises as `open_case`, and the checker's refusals with the paper's key as field."""
    template, moment = template_of(declared.version), now or clock.now()
    checked = {one.key: _checked(template, one) for one in declared.papers if one.way == FILE}
    with transaction.atomic():
        papers = {one.key: _given(one) for one in declared.papers if one.way != FILE}
        for key, file in checked.items():
            paper = _stored(actor, template, declared.facts, file, moment)
            papers[key] = {"state": ChecklistState.ELECTRONIC, "paper": str(paper.public_id), "brought": "now"}
        data = DeclarationData(
            group_code=declared.version.group.code,
            fields=declared.facts,
            papers=papers,
            agreed=dict.fromkeys(declared.agreed, ConfirmationMethod.DESK),
            is_verified=declared.is_verified,
            card_read=declared.card_read,
            version_id=declared.version.pk,
        )
        return open_case(actor=actor, data=data, idempotency_key=idempotency_key, now=moment)


def _given(one: ChosenPaper) -> dict[str, str]:
    if one.way == HELD:
        return {"state": ChecklistState.ELECTRONIC, "paper": str(one.held)}
    return {"state": ChecklistState.PAPER}


def _checked(template: Template, one: ChosenPaper) -> _Checked:
    paper = next(paper for paper in template.papers if paper.key == one.key)
    original = one.file.read()
    verdict = check_file(original, name=one.file.name or "")
    if verdict.shown is None:
        raise DomainError(verdict.code, f"{paper.label}: {verdict.sentence}", one.key, status=verdict.status)
    content = FileContent(
        original=original,
        shown=verdict.shown,
        content_type=verdict.content_type,
        page_count=max(verdict.pages, 1),
        image_count=verdict.images,
        sha256=hashlib.sha256(original).hexdigest(),
    )
    return _Checked(paper, content)


def _stored(actor: Actor, template: Template, facts: Mapping[str, str], file: _Checked, now: datetime) -> StoredPaper:
    """In the requester's store; the same content that is there already is used instead."""
    who = template.requester
    birth = facts.get(f"{who}.birth_date", "")
    data = PersonData(
        full_name=facts.get(f"{who}.full_name", ""),
        personal_id=facts.get(f"{who}.personal_id", ""),
        birth_date=date.fromisoformat(birth) if birth else None,
    )
    if not data.personal_id:
        raise DomainError("person.id_missing", "Chưa có số định danh của người yêu cầu.", f"{who}.personal_id")
    person, _ = find_or_create_person(data=data, now=now)
    wanted = PaperData(
        owner=OwnerRef(person_id=person.pk),
        type_code=file.paper.paper_type or OTHER_RESULT,
        source=PaperSource.DIGITISED,
        trust=Trust.CHECKED,
    )
    try:
        with transaction.atomic():
            return store_paper(actor=actor, data=wanted, content=file.content, now=now)
    except DomainError as refusal:
        if refusal.code != "paper.duplicate":
            raise DomainError(refusal.code, refusal.message, file.paper.key, status=refusal.status) from refusal
        return StoredPaper.objects.get(pk=int(str(refusal.data["paper_id"])))
