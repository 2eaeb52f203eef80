"""What an agency says to one message, with the moods it was told to have; part of the transaction that stores it."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from interlink.sandbox.rules import Planned, decide, twin_key
from interlink.sandbox.store import behaviour_in, remember_behaviour
from interlink.wire.messages import Request


def plan(connection: sqlite3.Connection, request: Request, *, now: datetime) -> list[Planned]:
    """Its replies in the order of its work."""
    if request.kind == "status":
        return []  # its receipt is the answer
    id_days = 1 if behaviour_in(connection).id_number_late else 0
    if request.kind == "request":
        mood = _mood(connection, request)
        if mood is not None:
            return [Planned("accepted"), mood]
    return decide(request, today=now.date(), id_days=id_days)


def _mood(connection: sqlite3.Connection, request: Request) -> Planned | None:
    """The reply that stands in the way of the usual ones."""
    if _is_twin(connection, request):
        return Planned("returned", 2, reason="Trùng với trẻ đã đăng ký khai sinh (cùng mẹ, cùng ngày sinh).")
    moods = {
        "return_upstream": Planned("returned", 2, reason="Thông tin của bước trước chưa khớp, đề nghị kiểm tra lại."),
        "refuse": Planned("refused", 2, reason="Không đủ điều kiện theo quy định."),
        "supplement": Planned("supplement", 2, reason="Đề nghị bổ sung giấy tờ chứng minh."),
    }
    behaviour = behaviour_in(connection)
    for name, reply in moods.items():
        spent, after = behaviour.spend(name)
        if spent:
            remember_behaviour(connection, after)
            return reply
    return None


def _is_twin(connection: sqlite3.Connection, request: Request) -> bool:
    """Notes the child; whether another case's child of this mother and day is there and twins are taken for one."""
    key = twin_key(request)
    if not key:
        return False
    row = connection.execute("SELECT case_code FROM twins WHERE key = ?", [key]).fetchone()
    if row is None:
        connection.execute("INSERT INTO twins VALUES (?, ?)", [key, request.case])
    is_other = row is not None and row["case_code"] != request.case
    return is_other and request.generation == 1 and behaviour_in(connection).twins_as_duplicates
