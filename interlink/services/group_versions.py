"""Write, check and publish what a linked group asks: data alone, so that a new group needs no code (NĐ 63/2024).

Administrators, and the loading of the shipped groups. A published version is frozen; the one before it ends the day
before. Writes the group, the version and one audit row.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max, Q

from haddong_portal.audit.services.record_access import record_access
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import Conflict, DomainError, NotFound
from haddong_portal.common.text import clean_text
from interlink.constants import GroupState
from interlink.models import GroupVersion, LinkedGroup
from interlink.permissions import PUBLISH_GROUP
from interlink.rules.check_template import Problem, check_template
from interlink.rules.parse_template import parse_template
from interlink.rules.template import TemplateUnreadable
from interlink.selectors.templates import known_outside

CODE_MAX = 40


@transaction.atomic
def draft_group_version(
    *,
    actor: Actor,
    group_code: str,
    group_name: str,
    definition: Mapping[str, Any],
    effective_from: date,
    effective_to: date | None = None,
    procedure_code: str = "",
    ruleset_code: str = "",
    legal_key: str = "",
    source_digest: str = "",
    now: datetime | None = None,
) -> GroupVersion:
    """A new draft of a group, which is made when its code is new. Raises DomainError group.no_code, group.no_name,
    group.dates, group.unreadable."""
    actor.require(PUBLISH_GROUP)
    code, name = clean_text(group_code), clean_text(group_name)
    if not code or len(code) > CODE_MAX:
        raise DomainError("group.no_code", f"Mã nhóm có từ 1 đến {CODE_MAX} ký tự.", "code")
    if not name:
        raise DomainError("group.no_name", "Chưa ghi tên nhóm liên thông.", "name")
    if effective_to and effective_to < effective_from:
        raise DomainError("group.dates", "Ngày hết hiệu lực phải sau ngày bắt đầu.", "effective_to")
    _read(definition)
    group, _ = LinkedGroup.objects.get_or_create(code=code, defaults={"name": name[:300]})
    LinkedGroup.objects.select_for_update(no_key=True).get(pk=group.pk)
    last = GroupVersion.objects.filter(group=group).aggregate(last=Max("version"))["last"] or 0
    return GroupVersion.objects.create(
        group=group,
        version=last + 1,
        procedure_code=procedure_code,
        ruleset_code=ruleset_code,
        legal_key=legal_key,
        effective_from=effective_from,
        effective_to=effective_to,
        definition=dict(definition),
        source_digest=source_digest,
        created_at=clock.local(now or clock.now()),
    )


@transaction.atomic
def save_group_draft(*, actor: Actor, version_id: int, definition: Mapping[str, Any]) -> GroupVersion:
    """The draft with another content. Raises DomainError group.unreadable, Conflict group.not_draft."""
    actor.require(PUBLISH_GROUP)
    version = _draft(version_id)
    _read(definition)
    version.definition, version.checked_at = dict(definition), None
    version.save(update_fields=["definition", "checked_at"])
    return version


def problems_of(definition: Mapping[str, Any]) -> tuple[Problem, ...]:
    """Every reason not to publish it, also when it cannot be read."""
    try:
        template = parse_template(definition)
    except TemplateUnreadable as error:
        return (Problem("group.unreadable", str(error)),)
    return check_template(template, known_outside())


@transaction.atomic
def publish_group_version(*, actor: Actor, version_id: int, now: datetime | None = None) -> GroupVersion:
    """The version in force from its first day on. Raises Conflict group.not_draft, group.overlaps, and DomainError
    group.refused with every reason in `data["problems"]`."""
    actor.require(PUBLISH_GROUP)
    version, moment = _draft(version_id), clock.local(now or clock.now())
    found = problems_of(version.definition)
    if found:
        reasons = " ".join(problem.message for problem in found)
        codes = [{"code": one.code, "message": one.message, "place": one.place} for one in found]
        raise DomainError("group.refused", f"Chưa công bố được: {reasons}", "definition", data={"problems": codes})
    _end_before(version)
    version.state, version.checked_at, version.published_at = GroupState.PUBLISHED, moment, moment
    version.published_by_id = actor.user_id
    version.save(update_fields=["state", "checked_at", "published_at", "published_by"])
    record_access(
        actor=actor, action=PUBLISH_GROUP, object_type="group_version", object_id=version.pk, purpose="", now=moment
    )
    return version


@transaction.atomic
def retire_group_version(*, actor: Actor, version_id: int, effective_to: date) -> GroupVersion:
    """No case opens under it after `effective_to`; those that run go on."""
    actor.require(PUBLISH_GROUP)
    version = GroupVersion.objects.select_for_update(no_key=True).filter(pk=version_id).first()
    if version is None or version.state != GroupState.PUBLISHED:
        raise Conflict("group.not_published", "Bản này không đang áp dụng.")
    version.effective_to = max(effective_to, version.effective_from)
    version.save(update_fields=["effective_to"])
    return version


def _draft(version_id: int) -> GroupVersion:
    row = GroupVersion.objects.select_for_update(no_key=True, of=("self",)).select_related("group")
    version = row.filter(pk=version_id).first()
    if version is None:
        raise NotFound("Không có bản nhóm liên thông này.", code="group.not_found")
    if version.state != GroupState.DRAFT:
        raise Conflict("group.not_draft", "Bản đã công bố không sửa được; xin soạn bản mới.")
    return version


def _read(definition: Mapping[str, Any]) -> None:
    try:
        parse_template(definition)
    except TemplateUnreadable as error:
        raise DomainError("group.unreadable", str(error), "definition") from error


def _end_before(version: GroupVersion) -> None:
    """The open-ended version before it ends the day before; any other overlap is a mistake."""
    others = GroupVersion.objects.filter(group=version.group_id, state=GroupState.PUBLISHED).exclude(pk=version.pk)
    reaches = Q(effective_to__isnull=True) | Q(effective_to__gte=version.effective_from)
    if version.effective_to:
        reaches &= Q(effective_from__lte=version.effective_to)
    for other in others.filter(reaches).select_for_update(no_key=True):
        if other.effective_to is not None or other.effective_from >= version.effective_from:
            raise Conflict("group.overlaps", f"Bản {other.version} đã áp dụng trong thời gian này.", "effective_from")
        other.effective_to = version.effective_from - timedelta(days=1)
        other.save(update_fields=["effective_to"])
