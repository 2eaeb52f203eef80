"""A ward that serves both linked groups, with the real rule-sets and the shipped templates; agencies answer by hand."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile

from dossiers.models import Dossier, DossierEvent
from dossiers.papers.services.load_paper_types import load_paper_types
from dossiers.services.load_rulesets import load_rulesets
from dossiers.services.record_result import ResultData, record_result
from dossiers.services.take_dossier import take_dossier
from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Unit
from haddong_portal.common.actors import Actor
from haddong_portal.common.clock import VIETNAM
from interlink.constants import ReplyKind, ReplyState
from interlink.models import AgencyMessage, AgencyReply, CaseEvent, Leg, LinkedCase
from interlink.services.apply_reply import apply_reply
from interlink.services.hear_dossier import HEARD, hear_dossier
from interlink.services.load_linked_groups import load_linked_groups
from interlink.services.open_case import DeclarationData, OpenedCase, open_case
from procedures.constants import ResponsibleUnit, StepAction
from procedures.models import PaperRequirement, Procedure
from tests.factories import SAME_DAY, UnitFactory, make_actor, publish_procedure

# Thursday morning of NĐ 63/2024 under R2.
MORNING = datetime(2024, 12, 5, 9, 0, tzinfo=VIETNAM)
CHILD_NUMBER = "001224000123"
# One step between the receipt and the result: these tests are about what comes after it.
SHORT_STEPS = (
    (StepAction.RECEIVE, Role.CLERK, ResponsibleUnit.DESK, 30, "Tiếp nhận hồ sơ"),
    (StepAction.RETURN_RESULT, Role.CLERK, ResponsibleUnit.DESK, 60, "Trả kết quả, vào sổ theo dõi"),
)

BIRTH = {
    "requester.full_name": "Trần Văn Tú",
    "requester.personal_id": "001090000001",
    "requester.relation": "Cha",
    "requester.phone": "0912345678",
    "child.full_name": "Trần Minh An",
    "child.birth_date": "2024-12-01",
    "child.sex": "male",
    "child.birth_place": "Bệnh viện Đa khoa Hà Đông",
    "child.ethnicity": "Kinh",
    "child.nationality": "Việt Nam",
    "child.home_town": "Hà Nội",
    "birth_notice.number": "GCS-2024-0001",
    "mother.full_name": "Lê Thị Hoa",
    "mother.personal_id": "001192000002",
    "residence.place": "Số 5 phố Quang Trung",
    "residence.parents_own": "yes",
    "residence.relation": "Con",
    "insurance.facility": "Trạm y tế phường Quang Trung",
    "delivery.form": "electronic",
}
DEATH = {
    "allowance.kind": "social_insurance",
    "requester.full_name": "Trần Văn Tú",
    "requester.personal_id": "001090000001",
    "requester.relation": "Con",
    "requester.phone": "0912345678",
    "deceased.full_name": "Trần Văn Cụ",
    "deceased.personal_id": "001040000009",
    "deceased.birth_date": "1940-02-01",
    "deceased.sex": "male",
    "deceased.address": "Số 5 phố Quang Trung",
    "deceased.death_date": "2025-01-19",
    "deceased.death_place": "Nhà riêng",
    "insurance.number": "0123456789",
    "insurance.place": "Bảo hiểm xã hội quận Hà Đông",
    "burial.full_name": "Trần Văn Tú",
    "burial.personal_id": "001090000001",
    "payment.form": "cash",
    "delivery.form": "desk",
}
BIRTH_PAPERS = {"birth_notice": {"state": "paper"}}


@dataclass
class Scene:
    """Opens cases, plays the ward's officers and the agencies, and reads what stands in the database."""

    ward: Unit
    clerk: Actor
    head: Actor
    officer: Actor
    leader: Actor
    numbers: Any = field(default_factory=lambda: iter(range(1, 10_000)))

    def birth(self, *, now: datetime = MORNING, key: str = "", papers: Any = None, **fields: str) -> LinkedCase:
        told = {name.replace("__", "."): value for name, value in fields.items()}
        return self.case(self.open("birth", BIRTH | told, now=now, key=key, papers=papers or BIRTH_PAPERS))

    def death(self, *, now: datetime = MORNING, key: str = "", **fields: str) -> LinkedCase:
        told = {name.replace("__", "."): value for name, value in fields.items()}
        return self.case(self.open("death", DEATH | told, now=now, key=key, papers={}))

    def open(self, group: str, fields: Any, *, now: datetime, key: str, papers: Any, **more: Any) -> OpenedCase:
        data = DeclarationData(group_code=group, fields=fields, papers=papers, **more)
        return open_case(actor=self.clerk, data=data, idempotency_key=key or uuid.uuid4().hex, now=now)

    def case(self, opened: OpenedCase) -> LinkedCase:
        return LinkedCase.objects.get(pk=opened.case_id)

    def leg(self, case: LinkedCase, key: str) -> Leg:
        return Leg.objects.select_related("agency", "dossier").get(case=case, key=key)

    def states(self, case: LinkedCase) -> dict[str, str]:
        return dict(Leg.objects.filter(case=case).order_by("position").values_list("key", "state"))

    def state(self, case: LinkedCase) -> str:
        return LinkedCase.objects.get(pk=case.pk).state

    def message(self, case: LinkedCase, key: str, kind: str = "request") -> AgencyMessage:
        rows = AgencyMessage.objects.filter(leg__case=case, leg__key=key, kind=kind)
        return rows.order_by("generation", "number").last() or AgencyMessage.objects.get(pk=None)

    def payload(self, message: AgencyMessage) -> dict[str, Any]:
        return json.loads(message.payload)

    def reply(self, case: LinkedCase, key: str, kind: str, sequence: int, **payload: Any) -> AgencyReply:
        """The agency answers the leg's last request; nothing is applied yet."""
        message = self.message(case, key)
        return AgencyReply.objects.create(
            agency=message.agency,
            wire_id=uuid.uuid4().hex,
            correlation=str(message.pk),
            message=message,
            sequence=sequence,
            kind=ReplyKind(kind),
            payload=json.dumps(payload, ensure_ascii=False),
            received_at=payload.pop("at", MORNING),
        )

    def answer(
        self, case: LinkedCase, key: str, kind: str, sequence: int = 1, *, now: datetime = MORNING, **payload: Any
    ) -> ReplyState:
        return apply_reply(reply_id=self.reply(case, key, kind, sequence, **payload).pk, now=now)

    def register(self, case: LinkedCase, *, now: datetime = MORNING, file: bytes | None = None, **data: Any) -> Dossier:
        """The ward records the result of the first leg, and the event is delivered as the worker does."""
        dossier = self.dossier(case)
        take_dossier(actor=self.clerk, dossier_id=dossier.pk, now=now)
        values = {"name": "Giấy khai sinh", "number": f"{next(self.numbers)}/2024", "issued_on": now.date(), **data}
        content = ContentFile(file, name="ket-qua.pdf") if file else None
        record_result(actor=self.clerk, dossier_id=dossier.pk, result=ResultData(file=content, **values), now=now)
        self.deliver(dossier, now)
        return dossier

    def dossier(self, case: LinkedCase, key: str = "civil_status") -> Dossier:
        dossier = self.leg(case, key).dossier
        assert dossier is not None
        return dossier

    def deliver(self, dossier: Dossier, now: datetime) -> None:
        """Every event of the dossier to its leg, in order, as often as it may happen."""
        for event in DossierEvent.objects.filter(dossier=dossier, kind__in=HEARD).order_by("id"):
            hear_dossier(event.pk, now=now)

    def kinds(self, case: LinkedCase) -> list[str]:
        return list(CaseEvent.objects.filter(case=case).order_by("id").values_list("kind", flat=True))


def make_scene() -> Scene:
    load_rulesets()
    load_paper_types()
    ward = UnitFactory(ward=True, desk=True)
    for code, name in (("1.001193", "Đăng ký khai sinh"), ("1.000656", "Đăng ký khai tử")):
        made = publish_procedure(at=ward, limit=SAME_DAY, duty_vnd=0, steps=SHORT_STEPS, name=name)
        Procedure.objects.filter(pk=made.procedure.pk).update(national_code=code)
        PaperRequirement.objects.filter(pk=made.papers[1].pk).update(name="Giấy chứng sinh", paper_type="BIRTH_NOTICE")
    loaded = load_linked_groups(now=MORNING)
    assert not loaded.drafts, loaded.drafts
    return Scene(
        ward,
        make_actor(ward, Role.CLERK, "Nguyễn Thị Lan"),
        make_actor(ward, Role.ONE_STOP_HEAD, "Phạm Thị Dung"),
        make_actor(ward, Role.OFFICER, "Lê Quang Minh"),
        make_actor(ward, Role.LEADER, "Phạm Thị Hoa"),
    )
