"""The rows of one intake, inserted by psycopg alone: the speed that no framework can pass on this database.

One real intake is received in this process and its INSERTs are kept with their parameters. They are then
repeated from 16 connections, a transaction per intake, each under a code, key and person of its own; rows that
point at a row of the same intake point at its copy.
"""

from __future__ import annotations

import re
import secrets
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import psycopg
from django.db import connection, transaction
from django.test import Client

from tests.bench.counting import StatementLog
from tests.bench.load import Call
from tests.bench.seed import FORM

INSERT = re.compile(r'INSERT INTO "?(\w+)"?')
# Ids of the captured intake's own rows begin here, so that a number in its parameters says what it points at.
FIRST_OWN_ID = 1_000_000_000
OWN_IDS_APART = 10_000_000
REFERRED_TO = ("citizens_person", "dossiers_dossier")
BLIND_INDEX = re.compile(r"[0-9a-f]{32}|[0-9a-f]{64}")
# Numbers of the register and of the receipt, which counters give out one after the other.
COUNTED_COLUMNS = frozenset({"line_no", "number"})
INT4_END = 2**31
COUNTER_TABLE = "plumbing_numbersequence"


@dataclass(frozen=True)
class RawSpeed:
    """Intakes a second and rows per intake."""

    per_second: float
    rows: int


@dataclass(frozen=True)
class Captured:
    """The INSERTs of one intake with the id each row got; `texts` are the words that must differ in every copy."""

    inserts: list[tuple[str, tuple[Any, ...], int]]
    texts: tuple[str, ...]
    rows: int


def measure_raw(call: Call, *, seconds: float, connections: int) -> RawSpeed:
    """Capture the intake `call`, then repeat its rows from so many connections for so long."""
    captured = capture(call)
    counts = [0] * connections
    until = time.perf_counter() + seconds
    failures: list[str] = []
    threads = [
        threading.Thread(target=_repeat, args=(captured, counts, number, until, failures))
        for number in range(connections)
    ]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise RuntimeError(failures[0])
    return RawSpeed(sum(counts) / (time.perf_counter() - began), captured.rows)


def capture(call: Call) -> Captured:
    """Receive it through the views, undo it, and keep what it inserted."""
    log = StatementLog()
    client = Client(headers={name: value for name, value in call.headers.items() if name != "Content-Type"})
    with transaction.atomic():
        first_ids = _give_own_ids()
        with connection.execute_wrapper(log):
            answer = client.post(call.path, call.body, content_type=FORM)
        assert answer.status_code == call.status, answer.content.decode()[:2000]
        code = answer["Location"].split("/")[2]
        transaction.set_rollback(True)
    kept = [
        (sql, _with_free_lines(sql, parameters), first_ids.get(found[1], 0))
        for sql, parameters in zip(log.statements, log.parameters, strict=True)
        if (found := INSERT.match(sql)) and found[1] != COUNTER_TABLE
    ]
    rows = sum(_rows_of(values) for _, values, _ in kept)
    return Captured(kept, (code, call.path.strip("/").rsplit("/", 1)[-1]), rows)


def _give_own_ids() -> dict[str, int]:
    """Tables that others point at get ids that nothing else has; returns each one's first."""
    found = {}
    for number, table in enumerate(REFERRED_TO):
        found[table] = FIRST_OWN_ID + (secrets.randbelow(1000) * len(REFERRED_TO) + number) * OWN_IDS_APART
        with connection.cursor() as cursor:
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s, false)", [table, found[table]])
    return found


class _FreeLine:
    """In place of a number that a counter would give out."""


def _with_free_lines(sql: str, parameters: Iterable[Any]) -> tuple[Any, ...]:
    columns = [name.strip(' "') for name in sql.split("(", 1)[1].split(")", 1)[0].split(",")]
    return tuple(
        _FreeLine() if position < len(columns) and columns[position] in COUNTED_COLUMNS else value
        for position, value in enumerate(parameters)
    )


def _rows_of(values: Iterable[Any]) -> int:
    return max((len(value) for value in values if isinstance(value, list)), default=1)


def _repeat(captured: Captured, counts: list[int], number: int, until: float, failures: list[str]) -> None:
    settings = connection.get_connection_params()
    named = {key: settings[key] for key in ("dbname", "user", "host", "port", "password") if settings.get(key)}
    try:
        with psycopg.connect(**named) as link:
            while time.perf_counter() < until:
                _insert_all(link, captured)
                counts[number] += 1
    except psycopg.Error as error:
        failures.append(str(error))


def _insert_all(link: psycopg.Connection[Any], captured: Captured) -> None:
    """One transaction: the rows in their order, with new identities."""
    mark = secrets.token_hex(4)
    new_ids: dict[int, int] = {}
    for sql, values, own_id in captured.inserts:
        row = link.execute(sql, [_fresh(value, captured.texts, mark, new_ids) for value in values]).fetchone()
        if own_id and row:
            new_ids[own_id] = row[0]
    link.commit()


def _fresh(value: Any, texts: tuple[str, ...], mark: str, new_ids: dict[int, int]) -> Any:
    """The parameter for another copy: own ids, code, key and blind indexes exchanged, everything else as it was."""
    if isinstance(value, list):
        return [_fresh(each, texts, mark, new_ids) for each in value]
    if isinstance(value, _FreeLine):
        return 1 + secrets.randbelow(INT4_END - 1)
    if isinstance(value, str):
        return _fresh_text(value, texts, mark, new_ids)
    return new_ids.get(value, value) if isinstance(value, int) else value


def _fresh_text(value: str, texts: tuple[str, ...], mark: str, new_ids: dict[int, int]) -> str:
    if BLIND_INDEX.fullmatch(value):
        return secrets.token_hex(len(value) // 2)
    for text in texts:
        value = value.replace(text, text[: -len(mark)] + mark)
    for old, new in new_ids.items():
        value = value.replace(str(old), str(new))
    return value
