"""An agency as a process: who is let in, what it keeps exactly once, and every failure it can be told to make."""

from __future__ import annotations

import json
import ssl
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

import httpx
import pytest

from haddong_portal.embedded.process import wait_until
from interlink.sandbox.keys import OPERATOR
from interlink.wire import signing
from interlink.wire.people import PersonQuery, read_answer
from tests.interlink.sandbox.asking import CHILD, poll, receipt, request, send
from tests.interlink.sandbox.conftest import Line
from tests.scale import PATIENCE

Start = Callable[..., Line]


def _heard(line: Line, count: int) -> list[str]:
    wait_until(lambda: len(poll(line)[0]) >= count, timeout_seconds=15 * PATIENCE)
    return [reply.kind for reply in poll(line)[0]]


def test_a_request_is_kept_once_and_its_receipt_is_the_same_each_time(start_agency: Start) -> None:
    line = start_agency("police")
    asked = request(line, "permanent_residence")
    first, again = send(line, asked), send(line, asked)
    assert (first.status_code, again.text) == (202, first.text)
    assert receipt(line, first).digest == signing.digest(asked.to_bytes())
    assert line.operator.figures("police") == {"requests": 1, "repeats": 1, "doubled": 0, "published": 0}
    assert _heard(line, 3) == ["accepted", "working", "done"]
    last = poll(line)[0][-1]
    assert last.outcome.number
    assert last.papers[0].paper_type == "RESIDENCE_RESULT_NOTICE"
    assert last.papers[0].content.startswith(b"%PDF")


def test_nobody_comes_in_without_a_certificate_a_signature_and_the_right_address(start_agency: Start) -> None:
    line = start_agency("police")
    bare = ssl.create_default_context(cafile=str(line.keys.authority))
    with pytest.raises(httpx.HTTPError), httpx.Client(verify=bare) as stranger:
        stranger.get(f"https://127.0.0.1:{line.port}/v1/health")
    asked = request(line, "permanent_residence")
    assert send(line, asked, key=OPERATOR).json() == {"code": "wire.unknown_key_id"}
    assert send(line, asked, **{"X-Road-Id": str(uuid4())}).json() == {"code": "wire.headers_differ"}
    with line.client() as client:
        assert client.post("/control", content=b"x").status_code == 400
        assert client.get("/v1/replies?after=-1").status_code == 400
        assert client.get("/../etc/passwd").status_code == 404
    assert line.operator.figures("police")["requests"] == 0


def test_one_message_id_never_carries_two_contents(start_agency: Start) -> None:
    line = start_agency("police")
    asked = request(line, "permanent_residence")
    send(line, asked)
    assert send(line, replace(asked, fields={})).status_code == 409


def test_it_can_fail_and_lose_receipts_and_polls_without_keeping_anything_twice(start_agency: Start) -> None:
    line = start_agency("police", fail=1, lose_acks=1)
    asked = request(line, "permanent_residence")
    assert [send(line, asked).status_code for _ in range(3)] == [503, 504, 202]
    assert line.operator.figures("police")["requests"] == 1
    line.operator.tell("police", lose_polls=1)
    with line.client() as client:
        assert client.get("/v1/replies").status_code == 504
    assert _heard(line, 3) == ["accepted", "working", "done"]


@pytest.mark.parametrize(
    ("mood", "kinds"),
    [
        ("refuse", ["accepted", "refused"]),
        ("supplement", ["accepted", "supplement"]),
        ("return_upstream", ["accepted", "returned"]),
    ],
)
def test_it_can_say_no_in_every_way(start_agency: Start, mood: str, kinds: list[str]) -> None:
    line = start_agency("police", **{mood: 1})
    send(line, request(line, "permanent_residence"))
    assert _heard(line, 2) == kinds
    assert poll(line)[0][-1].reason


def test_after_the_supplement_it_goes_on_counting_and_settles(start_agency: Start) -> None:
    line = start_agency("police")
    send(line, request(line, "permanent_residence", fields={"place": ""}))
    assert _heard(line, 2) == ["accepted", "supplement"]
    send(line, request(line, "permanent_residence", kind="supplement", papers=()))
    assert _heard(line, 5)[2:] == ["accepted", "working", "done"]
    assert [reply.sequence for reply in poll(line)[0]] == [1, 2, 3, 4, 5]


def test_it_can_answer_twice_and_in_the_wrong_order(start_agency: Start) -> None:
    line = start_agency("police", answer_twice=True, out_of_order=True, step_seconds=0.2)
    send(line, request(line, "permanent_residence"))
    kinds = _heard(line, 9)
    assert (kinds[0], kinds[-1], len(kinds)) == ("done", "accepted", 9)
    assert len({reply.message_id for reply in poll(line)[0]}) == 6


def test_the_personal_number_can_come_a_day_late(start_agency: Start) -> None:
    line = start_agency("civil_status", id_number_late=True, day_seconds=3600)
    send(line, request(line, "personal_number"))
    assert _heard(line, 2) == ["accepted", "working"]
    line.operator.tell("civil_status", id_number_late=False)
    send(line, request(line, "personal_number", case="LT-2"))
    assert _heard(line, 6)[2:] == ["accepted", "working", "id_number", "done"]
    number = poll(line)[0][-1].facts["personal_id"]
    assert (len(number), number[:6]) == (12, "001324")


def test_twins_can_be_taken_for_one_child_until_the_step_before_has_looked(start_agency: Start) -> None:
    line = start_agency("civil_status", twins_as_duplicates=True)
    mother = {**CHILD, "mother_personal_id": "001190000001"}
    send(line, request(line, "personal_number", fields=mother))
    assert _heard(line, 4)[-1] == "done"
    twin = {**mother, "child_name": "Ngô Bảo Anh"}
    send(line, request(line, "personal_number", case="LT-2", fields=twin))
    assert _heard(line, 6)[-1] == "returned"
    send(line, request(line, "personal_number", case="LT-2", fields=twin, generation=2))
    assert _heard(line, 10)[-1] == "done"


def test_a_withdrawn_request_is_not_answered_any_more(start_agency: Start) -> None:
    line = start_agency("police", step_seconds=3600)
    send(line, request(line, "permanent_residence"))
    assert send(line, request(line, "permanent_residence", kind="cancel")).status_code == 202
    line.operator.tell("police", step_seconds=0)
    send(line, request(line, "permanent_residence", case="LT-2"))
    assert _heard(line, 3) == ["accepted", "working", "done"]


def test_a_kill_at_any_moment_loses_nothing(start_agency: Start) -> None:
    line = start_agency("police", step_seconds=0.5)
    for case in range(4):
        assert send(line, request(line, "permanent_residence", case=f"LT-{case}")).status_code == 202
        line.kill()
        line.start()
    assert sorted(_heard(line, 12)) == ["accepted"] * 4 + ["done"] * 4 + ["working"] * 4
    assert line.operator.figures("police")["requests"] == 4


def test_a_person_is_looked_up_with_a_purpose_on_record(start_agency: Start) -> None:
    line = start_agency("police")
    line.operator.tell("police", people={"001190000001": {"Nơi thường trú": "Hà Đông"}})
    assert _look_up(line, "001190000001") == {"Nơi thường trú": "Hà Đông"}
    assert _look_up(line, "001190000002") == {}


def _look_up(line: Line, number: str) -> dict[str, str]:
    query = PersonQuery("q", number, "xác minh cư trú", "dossier:H1", "Lê An", datetime.now(UTC))
    signed = signing.sign(query.to_bytes(), key=line.keys.signing_key("portal"), kind=signing.QUERY)
    with line.client() as client:
        answer = client.post("/v1/people", content=signed).raise_for_status().text
    keys = line.keys.signing_key("police").public
    return dict(read_answer(signing.verify(answer, keys=keys, kind=signing.ANSWER)).values)


def test_the_operator_cannot_tell_it_nonsense(start_agency: Start) -> None:
    line = start_agency("police")
    for words in ({"explode": 1}, {"fail": -1}, {"answer_twice": 1}, {"fail": True}):
        with pytest.raises(httpx.HTTPStatusError):
            line.operator.tell("police", **words)
    told = line.operator.tell("police", slow_seconds=0.0, reset=True)["behaviour"]
    assert json.dumps(told["step_seconds"]) == "1.0"
