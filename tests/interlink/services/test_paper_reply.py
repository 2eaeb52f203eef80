"""An agency without a line: its answer is typed in and moves the case like any other."""

from __future__ import annotations

import pytest

from haddong_portal.common.errors import Conflict, DomainError, NotFound
from interlink.constants import MessageState, ReplyKind
from interlink.models import Agency
from interlink.services.record_paper_reply import PaperReplyData, record_paper_reply
from tests.interlink.scene import CHILD_NUMBER, MORNING, Scene


def test_a_typed_answer_moves_the_case_and_each_refusal_is_said(scene: Scene) -> None:
    case = scene.birth()
    scene.register(case)
    message = scene.message(case, "personal_number")
    done = PaperReplyData(
        kind=ReplyKind.DONE, number="12/TB", on=MORNING.date(), facts={"personal_id": f" {CHILD_NUMBER} "}
    )
    for wrong, code in (
        (PaperReplyData(kind=ReplyKind.DONE, number="12"), "reply.number_missing"),
        (PaperReplyData(kind=ReplyKind.REFUSED), "reply.reason_missing"),
    ):
        with pytest.raises(DomainError) as refused:
            record_paper_reply(actor=scene.clerk, message_id=message.pk, reply=wrong, now=MORNING)
        assert refused.value.code == code
    with pytest.raises(NotFound):
        record_paper_reply(actor=scene.clerk, message_id="00000000-0000-4000-8000-000000000000", reply=done)
    assert record_paper_reply(actor=scene.clerk, message_id=message.pk, reply=done, now=MORNING) == "applied"
    message.refresh_from_db()
    assert (message.state, message.receipt) == (MessageState.ACKNOWLEDGED, "")
    leg = scene.leg(case, "personal_number")
    assert (leg.state, leg.outcome_number, leg.outcome_date) == ("done", "12/TB", MORNING.date())
    assert scene.payload(scene.message(case, "permanent_residence"))["fields"]["child_personal_id"] == CHILD_NUMBER
    Agency.objects.filter(code="civil_status").update(transport="rest", base_url="https://127.0.0.1:9")
    with pytest.raises(Conflict):
        record_paper_reply(actor=scene.clerk, message_id=message.pk, reply=done, now=MORNING)
