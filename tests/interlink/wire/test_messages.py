"""Messages survive the wire as they were; whatever is not exactly a message is refused with a code."""

from __future__ import annotations

import base64
import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interlink.wire.errors import WireError
from interlink.wire.messages import Outcome, Receipt, Reply, Request, read_receipt, read_reply, read_request
from interlink.wire.papers import WirePaper
from interlink.wire.people import PersonAnswer, PersonQuery, read_answer, read_query
from interlink.wire.reading import ITEMS_MAX, TEXT_MAX

AT = datetime(2024, 3, 5, 1, 2, 3, tzinfo=UTC)
ID = "0b7b0a5e-4b0e-4c2e-9d1c-3e1a7c1f5a11"
PAPER = WirePaper("certificate", "Giấy khai sinh", b"%PDF-1.7 x", "application/pdf", "BIRTH_CERTIFICATE", "12/2024")
REQUEST = Request(ID, "request", "LT-1", "police", 1, "VN/X", AT, fields={"child_name": "Ngô Ấn"}, papers=(PAPER,))
REPLY = Reply("r1", ID, 2, "done", AT, "LT-1", "police", 1, {"personal_id": "001224000001"}, (PAPER,), "", Outcome("1"))
WORDS = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=60)


@given(fields=st.dictionaries(WORDS.filter(bool), WORDS, max_size=8), content=st.binary(min_size=1, max_size=200))
def test_a_request_is_read_as_it_was_written(fields: dict[str, str], content: bytes) -> None:
    paper = WirePaper("slot", "tên", content, number="5", date=date(2024, 2, 29))
    sent = Request(ID, "supplement", "LT-1", "leg", 3, "svc", AT, number=2, fields=fields, papers=(paper,))
    assert read_request(sent.to_bytes()) == sent


@given(facts=st.dictionaries(WORDS.filter(bool), WORDS, max_size=5), number=st.integers(1, 32_000), reason=WORDS)
def test_a_reply_is_read_as_it_was_written(facts: dict[str, str], number: int, reason: str) -> None:
    outcome = Outcome("7/QĐ", date(2024, 3, 1), "xong")
    sent = Reply("r", ID, number, "refused", AT, "LT-1", "leg", 1, facts, (), reason, outcome)
    assert read_reply(sent.to_bytes()) == sent


def test_receipts_and_questions_are_read_as_they_were_written() -> None:
    receipt = Receipt(ID, "0" * 64, AT)
    query = PersonQuery("q1", "001224000001", "cư trú", "dossier:H1", "Lê Thị An", AT)
    answer = PersonAnswer("q1", True, AT, {"Nơi thường trú": "Hà Đông"})
    assert read_receipt(receipt.to_bytes()) == receipt
    assert read_query(query.to_bytes()) == query
    assert read_answer(answer.to_bytes()) == answer


def test_a_paper_without_a_file_keeps_its_number() -> None:
    sent = Request(ID, "request", "LT-1", "leg", 1, "svc", AT, papers=(WirePaper("a", "b", number="9/2024"),))
    assert "content" not in json.loads(sent.to_bytes())["papers"][0]
    assert read_request(sent.to_bytes()) == sent


def _changed(**values: Any) -> bytes:
    found = json.loads(REQUEST.to_bytes()) | values
    return json.dumps({key: value for key, value in found.items() if value is not ...}).encode()


def _paper(**values: Any) -> bytes:
    return _changed(papers=[json.loads(REQUEST.to_bytes())["papers"][0] | values])


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "wire.bad_json"),
        (b"[]", "wire.bad_json"),
        (b"\xff\xfe", "wire.bad_json"),
        (b"[" * 100_000, "wire.bad_json"),
        (b'{"a": NaN}', "wire.bad_json"),
        (b'{"message_id": "1", "message_id": "2"}', "wire.bad_json"),
        (_changed(leg=...), "wire.missing"),
        (_changed(admin=True), "wire.unknown_key"),
        (_changed(message_id="1"), "wire.bad_value"),
        (_changed(kind="drop"), "wire.bad_value"),
        (_changed(generation=True), "wire.bad_value"),
        (_changed(generation=0), "wire.bad_value"),
        (_changed(generation="1"), "wire.bad_value"),
        (_changed(number=10**9), "wire.bad_value"),
        (_changed(case="x" * 41), "wire.bad_value"),
        (_changed(case="a\x00b"), "wire.bad_value"),
        (_changed(issued_at="2024-03-05T01:02:03"), "wire.bad_value"),
        (_changed(issued_at="hôm qua"), "wire.bad_value"),
        (_changed(fields=[]), "wire.bad_value"),
        (_changed(fields={"a": 1}), "wire.bad_value"),
        (_changed(fields={"a": "x" * (TEXT_MAX + 1)}), "wire.bad_value"),
        (_changed(fields={str(n): "" for n in range(201)}), "wire.bad_value"),
        (_changed(papers={}), "wire.bad_value"),
        (_changed(papers=[1]), "wire.bad_value"),
        (_changed(papers=[{}] * (ITEMS_MAX + 1)), "wire.bad_value"),
        (_paper(content="%%%"), "wire.bad_base64"),
        (_paper(content=base64.b64encode(b"other").decode()), "wire.wrong_digest"),
        (_paper(content_type="text/html"), "wire.bad_content_type"),
        (_paper(path="/etc/passwd"), "wire.unknown_key"),
        (_paper(date="31/12/2024"), "wire.bad_value"),
    ],
)
def test_what_is_no_message_is_refused(raw: bytes, code: str) -> None:
    with pytest.raises(WireError) as refused:
        read_request(raw)
    assert refused.value.code == code


@given(raw=st.binary(max_size=300) | st.text(max_size=100).map(str.encode))
def test_noise_never_becomes_anything_but_a_refusal(raw: bytes) -> None:
    for read in (read_request, read_reply, read_receipt, read_query, read_answer):
        with pytest.raises(WireError):
            read(raw)


@given(
    value=st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(), st.lists, max_leaves=4),
    key=st.sampled_from(sorted(json.loads(REPLY.to_bytes()))),
)
def test_a_reply_with_a_strange_value_is_read_or_refused(value: Any, key: str) -> None:
    raw = json.dumps(json.loads(REPLY.to_bytes()) | {key: value}).encode()
    try:
        assert isinstance(read_reply(raw), Reply)
    except WireError as refused:
        assert refused.code.startswith("wire.")
