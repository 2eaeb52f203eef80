"""Publish a version of a procedure: catalogue editors and the district manager, from draft or pending.

Checks the stored rows again (an editor may have changed them since the import), supersedes the version in force,
rebuilds the page. LEGAL: ND63-2010-D8, ND104-2022-D14.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from haddong_portal.audit.services.record_access import record_access
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import Conflict, NotFound
from procedures.constants import PublicationState
from procedures.models import Procedure, ProcedureVersion
from procedures.permissions import PUBLISH
from procedures.services.publication import PUBLISHABLE, take_over, why_not_publishable
from procedures.services.revision import bump_revision
from procedures.services.version_rows import case_facts


def publish_version(*, actor: Actor, version_id: int, now: datetime | None = None) -> ProcedureVersion:
    """The published version. DomainError `procedure.incomplete` names the missing parts, `procedure.unlawful` why not.

    Publishing what is already in force changes nothing; a superseded version is refused (`procedure.superseded`).
    """
    actor.require(PUBLISH)
    now = now or clock.now()
    with transaction.atomic():
        version = _lock(version_id)
        if version.state == PublicationState.PUBLISHED:
            return version
        if version.state not in PUBLISHABLE:
            raise Conflict("procedure.superseded", "Bản này đã được thay thế hoặc bãi bỏ, không công bố lại được.")
        facts = case_facts(version.pk)
        if refusal := why_not_publishable(version, facts):
            raise refusal
        take_over(version, facts, now=now)
        record_access(actor=actor, action=PUBLISH, object_type="procedure_version", object_id=version.pk, now=now)
        bump_revision(now=now)
    return version


def _lock(version_id: int) -> ProcedureVersion:
    """The version, with its procedure locked, so that two publications cannot cross."""
    procedure_id = ProcedureVersion.objects.filter(pk=version_id).values_list("procedure_id", flat=True).first()
    if procedure_id is None:
        raise NotFound("Không tìm thấy bản thủ tục này.", code="procedure.version_not_found")
    Procedure.objects.select_for_update(no_key=True).get(pk=procedure_id)
    return ProcedureVersion.objects.select_related("procedure").get(pk=version_id)
