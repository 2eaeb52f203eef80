"""Rows for tests: units, staff, a published procedure with its process, people; dossiers come from the real services.

ward = UnitFactory(ward=True, desk=True)
lan = make_actor(ward, Role.CLERK, "Nguyễn Thị Lan")
procedure = PublishedProcedureFactory(at=ward)           # performed at the ward, one case, 3 working days
received = receive(lan, procedure)                        # through receive_dossier
"""

from __future__ import annotations

import itertools
import uuid
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import factory
from factory.django import DjangoModelFactory

from dossiers.models import Charge, RuleSet
from dossiers.rules.papers import ChecklistAnswer
from dossiers.services.collect_fee import collect_fee
from dossiers.services.intake_data import IntakeData, PersonData, ReceivedDossier
from dossiers.services.receive_dossier import receive_dossier
from haddong_portal.accounts.constants import Role, UnitKind, UnitLevel
from haddong_portal.accounts.models import Post, Unit, User
from haddong_portal.accounts.selectors.actors import actor_in_post
from haddong_portal.common.actors import Actor
from haddong_portal.common.clock import VIETNAM
from haddong_portal.common.text import fold
from procedures.constants import FeeKind, ProcessState, PublicationState, ResponsibleUnit, StepAction
from procedures.models import (
    CaseLimit,
    FeeRule,
    IsoProcess,
    IsoStep,
    PaperRequirement,
    Procedure,
    ProcedureCase,
    ProcedureVersion,
    UnitProcedure,
)

LONG_AGO = date(2020, 1, 1)
# An ordinary Tuesday morning of rule-set R2: no holiday near, before 15:00.
MORNING = datetime(2024, 3, 5, 9, 0, tzinfo=VIETNAM)
THREE_DAYS = {"amount": "3", "unit": "working_day"}
SAME_DAY = {"amount": "1", "unit": "same_day", "rolls_after_15": True}

_numbers = itertools.count(1)


class UnitFactory(DjangoModelFactory[Unit]):
    """A department of the district; `ward=True` a ward, `desk=True` with a one-stop desk."""

    class Meta:
        model = Unit
        skip_postgeneration_save = True

    class Params:
        ward = factory.Trait(kind=UnitKind.WARD, level=UnitLevel.WARD)
        branch = factory.Trait(kind=UnitKind.BRANCH)
        desk = factory.Trait(has_one_stop_desk=True, desk_name="Bộ phận Tiếp nhận và Trả kết quả")

    key = factory.Sequence(lambda n: f"don-vi-{n}")
    org_code = factory.Sequence(lambda n: f"000.{n // 90 % 90 + 10}.{n % 90 + 10}.H26")
    name = factory.Sequence(lambda n: f"Ủy ban nhân dân đơn vị số {n}")
    short_name = factory.Sequence(lambda n: f"Đơn vị {n}")
    kind = UnitKind.DEPARTMENT
    level = UnitLevel.DISTRICT
    valid_from = LONG_AGO


class UserFactory(DjangoModelFactory[User]):
    class Meta:
        model = User

    username = factory.Sequence(lambda n: f"canbo{n}")
    full_name = factory.Sequence(lambda n: f"Cán bộ số {n}")


class PostFactory(DjangoModelFactory[Post]):
    class Meta:
        model = Post

    user = factory.SubFactory(UserFactory)
    unit = factory.SubFactory(UnitFactory)
    role = Role.OFFICER
    title = factory.LazyAttribute(lambda post: Role(post.role).label)
    valid_from = LONG_AGO


class RuleSetFactory(DjangoModelFactory[RuleSet]):
    """R2 with the default clock policy; made once per test."""

    class Meta:
        model = RuleSet
        django_get_or_create = ("code",)

    code = "R2"
    series = factory.SelfAttribute("code")
    name = "Nghị định 61/2018/NĐ-CP, sửa bởi Nghị định 107/2021/NĐ-CP"
    effective_from = date(2021, 12, 6)
    effective_to = date(2025, 6, 30)
    policy = factory.LazyFunction(dict)


# The usual line: what the clerk does at intake, one officer, one signature, back to the desk.
WARD_STEPS = (
    (StepAction.RECEIVE, Role.CLERK, ResponsibleUnit.DESK, 30, "Tiếp nhận, kiểm tra thành phần hồ sơ"),
    (StepAction.TRANSFER, Role.CLERK, ResponsibleUnit.DESK, 90, "Chuyển hồ sơ cho công chức chuyên môn"),
    (StepAction.EXAMINE, Role.OFFICER, ResponsibleUnit.HANDLING, 1140, "Thẩm tra hồ sơ, soạn dự thảo kết quả"),
    (StepAction.SIGN, Role.LEADER, ResponsibleUnit.SIGNING, 120, "Ký kết quả"),
    (StepAction.RETURN_RESULT, Role.CLERK, ResponsibleUnit.DESK, 60, "Trả kết quả, vào sổ theo dõi"),
)


def make_process(
    procedure: Procedure | None = None, *, level: str = UnitLevel.WARD, steps: Any = WARD_STEPS, **columns: Any
) -> IsoProcess:
    """An ISO process with its steps: of one procedure, or the default of a level."""
    process = IsoProcess.objects.create(
        code=f"QT-{next(_numbers):03d}",
        name="Quy trình thử",
        procedure=procedure,
        level=level,
        is_default=procedure is None,
        state=ProcessState.PUBLISHED,
        valid_from=LONG_AGO,
        **columns,
    )
    IsoStep.objects.bulk_create(
        IsoStep(
            process=process,
            sequence=sequence,
            code=f"{process.code}-B{sequence:02d}",
            name=name,
            action=action,
            responsible_role=role,
            responsible_unit=place,
            limit_minutes=minutes,
        )
        for sequence, (action, role, place, minutes, name) in enumerate(steps, start=1)
    )
    return process


@dataclass
class PublishedProcedure:
    """A published procedure with one case, as a test needs it at hand."""

    procedure: Procedure
    version: ProcedureVersion
    case: ProcedureCase
    papers: list[PaperRequirement] = field(default_factory=list)
    process: IsoProcess | None = None

    def answers(self, state: str = "paper") -> tuple[ChecklistAnswer, ...]:
        """Every paper brought."""
        return tuple(ChecklistAnswer(paper.pk, paper.name, state, 1, 0) for paper in self.papers)


def publish_procedure(
    *,
    at: Unit | None = None,
    handling: Unit | None = None,
    signing: Unit | None = None,
    limit: dict[str, Any] | None = THREE_DAYS,
    duty_vnd: int | None = 8000,
    steps: Any = WARD_STEPS,
    own_process: bool = True,
    name: str = "Cấp giấy xác nhận tình trạng hôn nhân",
) -> PublishedProcedure:
    """A published procedure with two papers (one required), performed `at` a unit; `limit` None = needs review."""
    number = next(_numbers)
    procedure = Procedure.objects.create(national_code=f"1.9{number:05d}", created_at=MORNING)
    version = ProcedureVersion.objects.create(
        procedure=procedure,
        number=1,
        state=PublicationState.PUBLISHED,
        source="test",
        content_hash=uuid.uuid4().hex,
        name=name,
        name_folded=fold(name),
        published_at=MORNING,
        created_at=MORNING,
    )
    Procedure.objects.filter(pk=procedure.pk).update(current_version=version)
    procedure.current_version = version
    case = ProcedureCase.objects.create(version=version, position=1, name="Trường hợp chung")
    papers = [
        PaperRequirement.objects.create(case=case, position=1, name="Tờ khai theo mẫu", originals=1),
        PaperRequirement.objects.create(case=case, position=2, name="Giấy tờ chứng minh nơi ở", required=False),
    ]
    CaseLimit.objects.create(case=case, limit=limit, text="03 ngày làm việc", needs_review=limit is None)
    FeeRule.objects.create(case=case, kind=FeeKind.DUTY, amount_vnd=duty_vnd, text="8.000 đồng/bản")
    process = make_process(procedure, steps=steps) if own_process else None
    if at is not None:
        UnitProcedure.objects.create(unit=at, procedure=procedure, handling_unit=handling, signing_unit=signing)
    return PublishedProcedure(procedure, version, case, papers, process)


def make_actor(unit: Unit, role: Role, full_name: str, *, channel: str = "web") -> Actor:
    """A person with one post, ready to act."""
    user = UserFactory(full_name=full_name)
    return actor_in_post(PostFactory(user=user, unit=unit, role=role), user, channel=channel)


def citizen(name: str = "Trần Văn Tú", number: int = 1, **data: Any) -> PersonData:
    """A citizen; another `number` is another person."""
    return PersonData(**{"full_name": name, "personal_id": f"001090{number:06d}", "birth_year": 1990, **data})


def intake_for(published: PublishedProcedure, **data: Any) -> IntakeData:
    """A complete intake of citizen Tú, unless `data` says otherwise."""
    return IntakeData(
        **{
            "procedure_id": published.procedure.pk,
            "case_id": published.case.pk,
            "person": citizen(),
            "phone": "0912345678",
            "checklist": published.answers(),
            **data,
        }
    )


def receive(
    actor: Actor, published: PublishedProcedure, *, key: str = "", now: datetime = MORNING, **data: Any
) -> ReceivedDossier:
    """Receive a dossier through the real service."""
    return receive_dossier(
        actor=actor, intake=intake_for(published, **data), idempotency_key=key or uuid.uuid4().hex, now=now
    )


def pay_all(actor: Actor, dossier_id: int, *, now: datetime = MORNING) -> None:
    """Collect in cash what the dossier owes, through the real service."""
    owed = Charge.objects.filter(dossier_id=dossier_id, settled_at__isnull=True)
    collect_fee(actor=actor, dossier_id=dossier_id, charge_ids=list(owed.values_list("pk", flat=True)), now=now)
