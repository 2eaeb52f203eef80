"""Say which paper a line of a checklist asks for, wherever the line is worded so: catalogue editors.

What the store is asked for at intake follows at once. A residence book stays what it is: it may not be demanded
(ND104-2022-D14). Writes the lines' `paper_type` and one audit row.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from haddong_portal.audit.services.record_access import record_access
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import Conflict, DomainError, NotFound
from procedures.constants import PaperType
from procedures.models import PaperRequirement
from procedures.permissions import EDIT
from procedures.selectors.paper_lines import type_choices
from procedures.services.revision import bump_revision

BOOKS = frozenset({PaperType.HOUSEHOLD_BOOK, PaperType.TEMPORARY_RESIDENCE_BOOK})
ACTION = "procedure.paper_type_set"


@transaction.atomic
def set_paper_type(*, actor: Actor, requirement_id: int, code: str, now: datetime | None = None) -> int:
    """How many lines have the type now; "" takes it away. Raises NotAllowed, NotFound paper_line.not_found, DomainError
    paper_line.unknown_type, Conflict paper_line.book."""
    actor.require(EDIT)
    if code and code not in dict(type_choices()):
        raise DomainError("paper_line.unknown_type", "Không có loại giấy tờ này trong danh mục.", "code")
    line = PaperRequirement.objects.filter(pk=requirement_id, is_note=False).first()
    if line is None:
        raise NotFound("Không tìm thấy thành phần hồ sơ này.", code="paper_line.not_found")
    if line.paper_type in BOOKS:
        raise Conflict(
            "paper_line.book", "Sổ hộ khẩu, sổ tạm trú không được yêu cầu nộp nên không đổi sang loại khác được."
        )
    rows = PaperRequirement.objects.filter(name=line.name, paper_type=line.paper_type, is_note=False)
    count = rows.update(paper_type=code)
    record_access(
        actor=actor,
        action=ACTION,
        object_type="paper_requirement",
        object_id=line.pk,
        data={"before": line.paper_type, "after": code, "lines": count},
        now=now,
    )
    bump_revision(now=now)
    return count
