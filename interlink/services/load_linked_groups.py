"""Load the linked groups and agencies that the portal ships. System; adds what is missing, changes nothing stored.

A version whose procedures are not in the catalogue yet stays a draft; loading again publishes it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from dossiers.models import RuleSet
from haddong_portal.common.actors import system_actor
from haddong_portal.common.errors import DomainError
from interlink.constants import GroupState
from interlink.models import Agency, GroupVersion
from interlink.rules.shipped_groups import ShippedVersion, read_agencies, read_shipped, versions_of
from interlink.services.group_versions import draft_group_version, problems_of, publish_group_version


@dataclass
class LoadedGroups:
    created: int = 0
    kept: int = 0
    drafts: dict[str, list[str]] = field(default_factory=dict)


@transaction.atomic
def load_linked_groups(*, now: datetime | None = None) -> LoadedGroups:
    """What was made and what was there; drafts with what keeps them from being published."""
    for row in read_agencies():
        Agency.objects.get_or_create(code=row["code"], defaults={"name": row["name"], "transport": row["transport"]})
    rules = {row.code: row.policy.get("linked_groups", []) for row in RuleSet.objects.filter(version=1)}
    loaded = LoadedGroups()
    for shipped in versions_of(read_shipped(), dict(sorted(rules.items()))):
        _load(shipped, loaded, now)
    return loaded


def _load(shipped: ShippedVersion, loaded: LoadedGroups, now: datetime | None) -> None:
    actor = system_actor("Nạp dữ liệu ban đầu")
    version = GroupVersion.objects.filter(
        group__code=shipped.group, effective_from=shipped.effective_from, ruleset_code=shipped.ruleset_code
    ).first()
    if version is not None and version.state != GroupState.DRAFT:
        loaded.kept += 1
        return
    if version is None:
        version = _draft(shipped, now)
    elif version.source_digest != shipped.digest:
        version.definition, version.source_digest = dict(shipped.definition), shipped.digest
        version.save(update_fields=["definition", "source_digest"])
    try:
        with transaction.atomic():
            publish_group_version(actor=actor, version_id=version.pk, now=now)
        loaded.created += 1
    except DomainError as refusal:
        problems = [one.message for one in problems_of(version.definition)] or [refusal.message]
        loaded.drafts[f"{shipped.group} {shipped.effective_from}"] = problems


def _draft(shipped: ShippedVersion, now: datetime | None) -> GroupVersion:
    return draft_group_version(
        actor=system_actor("Nạp dữ liệu ban đầu"),
        group_code=shipped.group,
        group_name=shipped.name,
        definition=shipped.definition,
        effective_from=shipped.effective_from,
        effective_to=shipped.effective_to,
        procedure_code=shipped.procedure_code,
        ruleset_code=shipped.ruleset_code,
        legal_key=shipped.legal_key,
        source_digest=shipped.digest,
        now=now,
    )
