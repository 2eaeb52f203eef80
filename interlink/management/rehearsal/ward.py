"""The ward's people in a rehearsal: they take declarations and settle the ward's own step, by the same services."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from dossiers.models import Dossier, DossierEvent
from dossiers.services.finish_step import finish_step
from dossiers.services.record_result import ResultData, record_result
from dossiers.services.sign_result import sign_result
from dossiers.services.take_dossier import take_dossier
from haddong_portal.accounts.constants import Role, UnitLevel
from haddong_portal.accounts.models import Post
from haddong_portal.accounts.selectors.actors import actor_in_post
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.clock import VIETNAM
from interlink.models import Leg
from interlink.services.open_case import DeclarationData, OpenedCase, open_case
from procedures.constants import StepAction

# A Thursday morning of NĐ 63/2024: cases are opened then, so that office hours do not depend on when one rehearses.
MORNING = datetime(2024, 12, 5, 8, 5, tzinfo=VIETNAM)
STEPS_MAX = 20
RECORDED = "dossier.result_recorded"
RESULT_STEPS = (StepAction.RECORD_RESULT, StepAction.RETURN_RESULT)


@dataclass(frozen=True)
class Ward:
    """The first ward with a clerk."""

    clerk: Actor
    unit_id: int

    def open(self, group: str, number: int) -> OpenedCase:
        fields = birth(number) if group == "birth" else death(number)
        papers: Mapping[str, Mapping[str, str]] = {"birth_notice": {"state": "paper"}} if group == "birth" else {}
        data = DeclarationData(group_code=group, fields=fields, papers=papers)
        return open_case(actor=self.clerk, data=data, idempotency_key=f"{group}-{number}", now=MORNING)

    def settle(self, case_id: int, number: int) -> None:
        """The ward's own step to its result. May be called again after a break: it goes on where it was."""
        dossier_id = Leg.objects.get(case_id=case_id, key="civil_status").dossier_id
        assert dossier_id is not None
        for step in range(1, STEPS_MAX):
            dossier = Dossier.objects.get(pk=dossier_id)
            if DossierEvent.objects.filter(dossier=dossier, kind=RECORDED).exists():
                return
            self._act(dossier, number, MORNING + timedelta(minutes=step))
        raise RuntimeError(f"the ward's step of case {case_id} does not end")

    def _act(self, dossier: Dossier, number: int, now: datetime) -> None:
        actor = actor_for(dossier)
        if dossier.officer_id is None:
            take_dossier(actor=actor, dossier_id=dossier.pk, now=now)
        elif dossier.current_action == StepAction.SIGN:
            sign_result(actor=actor, dossier_id=dossier.pk, note="", now=now)
        elif dossier.current_action in RESULT_STEPS:
            result = ResultData(name=dossier.procedure_name, number=f"{number}/2024", issued_on=now.date())
            record_result(actor=actor, dossier_id=dossier.pk, result=result, now=now)
        else:
            finish_step(actor=actor, dossier_id=dossier.pk, note="đủ điều kiện", now=now)


def find_ward() -> Ward:
    post = (
        Post.objects.held_on(clock.today())
        .filter(role=Role.CLERK, unit__level=UnitLevel.WARD)
        .order_by("unit_id")
        .first()
    )
    assert post is not None, "no ward has a clerk"
    return Ward(actor_in_post(post, post.user), post.unit_id)


def actor_for(dossier: Dossier) -> Actor:
    """Whoever holds the dossier, else the first in the post whose turn it is."""
    posts = Post.objects.held_on(clock.today()).filter(unit_id=dossier.owner_unit_id, role=dossier.current_role)
    if dossier.officer_id is not None:
        posts = posts.filter(user_id=dossier.officer_id)
    post = posts.select_related("user", "unit").order_by("pk").first()
    assert post is not None, f"nobody is {dossier.current_role} there"
    return actor_in_post(post, post.user)


def personal_id(number: int, year: int = 90, century: int = 0) -> str:
    return f"001{century}{year:02d}{number:06d}"


def birth(number: int) -> dict[str, str]:
    return {
        "requester.full_name": f"Trần Văn Tập {number}",
        "requester.personal_id": personal_id(number),
        "requester.relation": "Cha",
        "requester.phone": "0912345678",
        "child.full_name": f"Trần Diễn Tập {number}",
        "child.birth_date": "2024-12-01",
        "child.sex": "male" if number % 2 else "female",
        "child.birth_place": "Bệnh viện Đa khoa Hà Đông",
        "child.ethnicity": "Kinh",
        "child.nationality": "Việt Nam",
        "child.home_town": "Hà Nội",
        "birth_notice.number": f"GCS-{number:06d}",
        "mother.full_name": f"Lê Thị Tập {number}",
        "mother.personal_id": personal_id(number, 92, 1),
        "residence.place": "Số 5 phố Quang Trung",
        "residence.parents_own": "yes",
        "residence.relation": "Con",
        "insurance.facility": "Trạm y tế phường Quang Trung",
        "delivery.form": "electronic",
    }


def death(number: int) -> dict[str, str]:
    return {
        "allowance.kind": "social_insurance",
        "requester.full_name": f"Trần Văn Tập {number}",
        "requester.personal_id": personal_id(number),
        "requester.relation": "Con",
        "requester.phone": "0912345678",
        "deceased.full_name": f"Trần Văn Cụ {number}",
        "deceased.personal_id": personal_id(number, 40),
        "deceased.birth_date": "1940-02-01",
        "deceased.sex": "male",
        "deceased.address": "Số 5 phố Quang Trung",
        "deceased.death_date": "2024-12-03",
        "deceased.death_place": "Nhà riêng",
        "insurance.number": f"{number:010d}",
        "insurance.place": "Bảo hiểm xã hội quận Hà Đông",
        "burial.full_name": f"Trần Văn Tập {number}",
        "burial.personal_id": personal_id(number),
        "payment.form": "cash",
        "delivery.form": "desk",
    }
