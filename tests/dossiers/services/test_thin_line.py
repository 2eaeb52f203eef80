"""One dossier all the way: received, taken, examined, signed, result recorded, handed over."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile

from dossiers.models import Charge, Dossier, DossierEvent, HandOver, StepRun
from dossiers.services.collect_fee import collect_fee
from dossiers.services.finish_step import finish_step
from dossiers.services.hand_over_result import hand_over_result
from dossiers.services.lateness import Lateness
from dossiers.services.record_result import ResultData, record_result
from dossiers.services.sign_result import sign_result
from dossiers.services.take_dossier import take_dossier
from haddong_portal.common.actors import Actor
from haddong_portal.notices.models import Notice
from tests.factories import MORNING, PublishedProcedure, receive
from tests.sample_files import SMALL_PDF

WORKLOAD = Lateness("workload")

PDF = SMALL_PDF


@pytest.mark.django_db
def test_a_dossier_goes_all_the_way(
    desk_clerk_lan: Actor,
    officer_minh: Actor,
    leader_hoa: Actor,
    procedure: PublishedProcedure,
    settings: Any,
    tmp_path: Any,
) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    pk = receive(desk_clerk_lan, procedure).dossier_id
    hours = [MORNING + timedelta(hours=hour) for hour in range(8)]
    take_dossier(actor=officer_minh, dossier_id=pk, now=hours[1])
    finish_step(actor=officer_minh, dossier_id=pk, late=WORKLOAD, note="Đủ điều kiện", now=hours[2])
    take_dossier(actor=leader_hoa, dossier_id=pk, now=hours[3])
    sign_result(actor=leader_hoa, dossier_id=pk, late=WORKLOAD, now=hours[4])
    result = ResultData(name="Giấy xác nhận", number="12/XN", file=ContentFile(PDF, name="x.pdf"))
    record_result(actor=desk_clerk_lan, dossier_id=pk, late=WORKLOAD, result=result, now=hours[5])
    collect_fee(
        actor=desk_clerk_lan,
        dossier_id=pk,
        charge_ids=list(Charge.objects.filter(dossier_id=pk).values_list("pk", flat=True)),
        now=hours[5],
    )
    hand_over_result(actor=desk_clerk_lan, dossier_id=pk, collector_name="Trần Văn Tú", now=hours[6])

    dossier = Dossier.objects.get(pk=pk)
    assert (dossier.status, dossier.finished_at, dossier.closed_at) == ("RETURNED", hours[5], hours[6])
    assert dossier.row_version == 8
    kinds = DossierEvent.objects.filter(dossier=dossier).order_by("id").values_list("kind", flat=True)
    assert list(kinds) == [
        "dossier.received",
        "dossier.taken",
        "dossier.step_finished",
        "dossier.taken",
        "dossier.signed",
        "dossier.result_recorded",
        "dossier.payment_recorded",
        "dossier.handed_over",
    ]
    runs = StepRun.objects.filter(dossier=dossier).order_by("run_no").values_list("state", "actual_minutes")
    assert list(runs) == [("done", 0), ("done", 0), ("done", 120), ("done", 60), ("done", 60)]
    assert HandOver.objects.get(dossier=dossier).collector_name == "Trần Văn Tú"
    assert list(Notice.objects.order_by("id").values_list("rule", flat=True)) == [
        "dossier_received",
        "result_ready",
        "dossier_returned",
    ]
