"""Look a declared person up in the connected population register (ND104-2022-D14): purpose, draft and clerk on record.

Clerks at the desk, for a declaration of theirs. Writes the person if the administration does not know the number yet,
one look-up and one audit row.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from haddong_portal.citizens.constants import LookUpData, LookUpMethod
from haddong_portal.citizens.services.find_or_create_person import PersonData, find_or_create_person
from haddong_portal.citizens.services.look_up_residence import look_up_residence
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError
from interlink.selectors.matters import DRAFT_PREFIX

PURPOSE = "khai một lần, lấy thông tin cư trú thay giấy tờ"


@transaction.atomic
def look_up_declared(
    *,
    actor: Actor,
    key: uuid.UUID,
    full_name: str,
    personal_id: str,
    birth_date: date | None = None,
    now: datetime | None = None,
) -> Mapping[str, str]:
    """What the register shows (label → value). Raises DomainError look_up.no_person, and as `look_up_residence`."""
    if not full_name.strip() or not personal_id.strip():
        raise DomainError("look_up.no_person", "Nhập họ tên và số định danh trước khi tra cứu dân cư.", "personal_id")
    moment = now or clock.now()
    data = PersonData(full_name=full_name, personal_id=personal_id, birth_date=birth_date)
    person, _ = find_or_create_person(data=data, now=moment)
    row = look_up_residence(
        actor=actor,
        person_id=person.pk,
        data=LookUpData(LookUpMethod.CONNECTED),
        purpose=PURPOSE,
        reference=f"{DRAFT_PREFIX}:{key}",
        now=moment,
    )
    return dict(json.loads(row.shown)) if row.shown else {}
