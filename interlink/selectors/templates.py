"""The template that a case runs under, and the one in force on a day."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from django.conf import settings
from django.db.models import Q

from dossiers.papers.models import PaperType
from haddong_portal.common.errors import DomainError
from interlink.constants import GroupState
from interlink.models import Agency, GroupVersion
from interlink.rules.check_template import Known
from interlink.rules.parse_template import parse_template
from interlink.rules.template import Template
from procedures.constants import PublicationState
from procedures.models import Procedure


def template_of(version: GroupVersion) -> Template:
    """Parsed once per process: a published version never changes."""
    if version.state == GroupState.DRAFT:
        return parse_template(version.definition)
    return _parsed(version.pk)


@lru_cache(maxsize=64)
def _parsed(version_id: int) -> Template:
    return parse_template(GroupVersion.objects.values_list("definition", flat=True).get(pk=version_id))


def version_on(*, group_code: str, on: date) -> GroupVersion:
    """The published version in force; where the deployment names its rule-set, the newest of that one.

    Raises DomainError linked.no_version.
    """
    rows = GroupVersion.objects.select_related("group").filter(group__code=group_code, state=GroupState.PUBLISHED)
    found = None
    if settings.PORTAL_RULESET:
        found = rows.filter(ruleset_code=settings.PORTAL_RULESET).order_by("-effective_from").first()
    if found is None:
        ends = Q(effective_to__isnull=True) | Q(effective_to__gte=on)
        found = rows.filter(ends, effective_from__lte=on).order_by("-effective_from").first()
    if found is None:
        raise DomainError("linked.no_version", "Nhóm liên thông này chưa có bản đang áp dụng.", "group")
    return found


def known_outside() -> Known:
    """What a template may name: agencies in use, published procedures, types of papers."""
    procedures = Procedure.objects.filter(current_version__state=PublicationState.PUBLISHED)
    types = frozenset(PaperType.objects.values_list("code", flat=True))
    return Known(
        agencies=frozenset(Agency.objects.filter(is_active=True).values_list("code", flat=True)),
        procedures=frozenset(procedures.values_list("national_code", flat=True)),
        paper_types=types or None,
    )
