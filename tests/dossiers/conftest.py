"""A dossier brought to any point of its way by the real services, with the people of tests/personas.py."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile

from dossiers.models import Charge, Dossier, StepRun
from dossiers.services.collect_fee import collect_fee
from dossiers.services.finish_step import finish_step
from dossiers.services.hand_over_result import hand_over_result
from dossiers.services.record_result import ResultData, record_result
from dossiers.services.sign_result import sign_result
from dossiers.services.take_dossier import take_dossier
from haddong_portal.common.actors import Actor
from procedures.constants import ServiceLevel
from procedures.models import ProcedureVersion
from tests.factories import MORNING, PublishedProcedure, receive
from tests.sample_files import SMALL_PDF

PDF = SMALL_PDF


@dataclass
class Story:
    """Each method makes a new dossier and brings it so far; the clock moves on by minutes."""

    clerk: Actor
    officer: Actor
    leader: Actor
    procedure: PublishedProcedure
    minutes: Any = field(default_factory=lambda: itertools.count(1))
    numbers: Any = field(default_factory=lambda: itertools.count(500))

    def now(self) -> datetime:
        return MORNING + timedelta(minutes=next(self.minutes))

    def received(self, **data: Any) -> Dossier:
        data.setdefault("confirmed_duplicate", True)
        return self.fresh(receive(self.clerk, self.procedure, now=self.now(), **data).dossier_id)

    def taken(self) -> Dossier:
        dossier = self.received()
        take_dossier(actor=self.officer, dossier_id=dossier.pk, now=self.now())
        return self.fresh(dossier.pk)

    def at_signing(self) -> Dossier:
        dossier = self.taken()
        finish_step(actor=self.officer, dossier_id=dossier.pk, now=self.now())
        return self.fresh(dossier.pk)

    def at_desk(self) -> Dossier:
        dossier = self.at_signing()
        sign_result(actor=self.leader, dossier_id=dossier.pk, now=self.now())
        return self.fresh(dossier.pk)

    def done(self) -> Dossier:
        dossier = self.at_desk()
        result = ResultData(name="Giấy xác nhận", file=ContentFile(PDF, name="ket-qua.pdf"))
        record_result(actor=self.clerk, dossier_id=dossier.pk, result=result, now=self.now())
        return self.fresh(dossier.pk)

    def paid(self) -> Dossier:
        """Done, and nothing owed."""
        return self.pay(self.done())

    def pay(self, dossier: Dossier) -> Dossier:
        ids = list(Charge.objects.filter(dossier=dossier, settled_at__isnull=True).values_list("pk", flat=True))
        collect_fee(actor=self.clerk, dossier_id=dossier.pk, charge_ids=ids, now=self.now())
        return self.fresh(dossier.pk)

    def returned(self) -> Dossier:
        dossier = self.paid()
        hand_over_result(actor=self.clerk, dossier_id=dossier.pk, collector_name="Trần Văn Tú", now=self.now())
        return self.fresh(dossier.pk)

    @staticmethod
    def fresh(pk: int) -> Dossier:
        return Dossier.objects.get(pk=pk)

    @staticmethod
    def open_run(dossier: Dossier) -> StepRun:
        return StepRun.objects.get(dossier=dossier, state__in=["waiting", "working"])


@pytest.fixture
def online(procedure: PublishedProcedure, settings: Any, tmp_path: Path) -> PublishedProcedure:
    """The ward's procedure, filed from home."""
    settings.MEDIA_ROOT = str(tmp_path)
    ProcedureVersion.objects.filter(pk=procedure.version.pk).update(service_level=ServiceLevel.FULL)
    return procedure


@pytest.fixture
def story(
    desk_clerk_lan: Actor,
    officer_minh: Actor,
    leader_hoa: Actor,
    procedure: PublishedProcedure,
    settings: Any,
    tmp_path: Path,
) -> Story:
    settings.MEDIA_ROOT = str(tmp_path)
    return Story(desk_clerk_lan, officer_minh, leader_hoa, procedure)
