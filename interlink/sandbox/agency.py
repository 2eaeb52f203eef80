"""One agency at its desk: takes requests for good, signs receipts, plans its replies and publishes them in time."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from haddong_portal.common import clock
from interlink.sandbox import planning
from interlink.sandbox.behaviour import Behaviour
from interlink.sandbox.directory import SandboxAgency
from interlink.sandbox.papers import issue_paper
from interlink.sandbox.rules import Planned
from interlink.sandbox.store import Store, behaviour_in, remember_behaviour
from interlink.wire import signing
from interlink.wire.errors import WireError
from interlink.wire.headers import RoadHeaders
from interlink.wire.messages import Outcome, Receipt, Reply, Request, read_reply, read_request
from interlink.wire.papers import WirePaper
from interlink.wire.people import PersonAnswer, read_query

POLL_MAX = 50
CONTROL = "sandbox-control+jws"
CONTROL_MINUTES_MAX = 5


@dataclass(frozen=True)
class Taken:
    """`receipt` is the same for every repeat; `is_lost` when the caller shall not get it."""

    receipt: str
    is_lost: bool


@dataclass(frozen=True)
class Agency:
    """`portal_keys` and `operator_keys` are what it knows of the others (JWKS)."""

    whose: SandboxAgency
    key: signing.SigningKey
    portal_keys: Mapping[str, Any]
    operator_keys: Mapping[str, Any]
    store: Store

    def behaviour(self) -> Behaviour:
        (row,) = self.store.read("SELECT max(behaviour) AS told FROM told")
        return Behaviour().told(json.loads(row["told"])) if row["told"] else Behaviour()

    def must_fail(self, name: str) -> bool:
        """Whether this call shall fail; counts it."""
        if getattr(self.behaviour(), name) <= 0:
            return False
        with self.store.write() as connection:
            return _spend(connection, name)

    def receive(self, signed: bytes, headers: RoadHeaders) -> Taken:
        """Raises WireError; then nothing was stored."""
        payload = signing.verify(signed, keys=self.portal_keys, kind=signing.REQUEST)
        request = read_request(payload)
        if headers.message_id != request.message_id or headers.service != request.service:
            raise WireError("wire.headers_differ")
        if request.service != self.whose.service:
            raise WireError("wire.wrong_service", request.service)
        with self.store.write() as connection:
            return self._keep(connection, request, signed, signing.digest(payload))

    def _keep(self, connection: sqlite3.Connection, request: Request, signed: bytes, digest: str) -> Taken:
        known = connection.execute("SELECT * FROM requests WHERE message_id = ?", [request.message_id]).fetchone()
        if known is not None and known["digest"] != digest:
            raise WireError("wire.id_reused", request.message_id)
        if known is not None:
            connection.execute("UPDATE requests SET repeats = repeats + 1 WHERE message_id = ?", [request.message_id])
            return Taken(known["receipt"], _spend(connection, "lose_acks"))
        now = clock.now()
        receipt = signing.sign(Receipt(request.message_id, digest, now).to_bytes(), key=self.key, kind=signing.RECEIPT)
        connection.execute(
            "INSERT INTO requests (message_id, case_code, leg, generation, kind, number, digest, jws, receipt,"
            " received_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                *(request.message_id, request.case, request.leg, request.generation, request.kind, request.number),
                *(digest, signed.decode("ascii"), receipt, now.timestamp()),
            ],
        )
        self._plan(connection, request, now)
        return Taken(receipt, _spend(connection, "lose_acks"))

    def _plan(self, connection: sqlite3.Connection, request: Request, now: datetime) -> None:
        """Everything it will say about this message, each with the moment from which it can be heard."""
        if request.kind == "cancel":
            connection.execute("DELETE FROM replies WHERE is_published = 0 AND " + OF_LEG, _leg(request))  # noqa: S608
            return
        whole = self._with_before(connection, request)
        plans = planning.plan(connection, whole, now=now)
        told = behaviour_in(connection)
        pauses = [plan.steps * told.step_seconds + plan.days * told.day_seconds for plan in plans]
        if told.out_of_order:
            pauses.reverse()
        first = connection.execute(
            "SELECT coalesce(max(sequence), 0) AS n FROM replies WHERE " + OF_LEG,  # noqa: S608 - own words
            _leg(request),
        ).fetchone()["n"]
        for offset, (plan, pause) in enumerate(zip(plans, pauses, strict=True), start=1):
            reply = self._reply(request, plan, first + offset, now + timedelta(seconds=pause))
            _insert(connection, reply, self._signed(reply), (now + timedelta(seconds=pause)).timestamp())

    def _with_before(self, connection: sqlite3.Connection, request: Request) -> Request:
        """A supplement or correction together with what was sent before it for the same leg."""
        if request.kind not in ("supplement", "correction"):
            return request
        rows = connection.execute(
            "SELECT jws FROM requests WHERE " + OF_LEG + " AND message_id <> ? ORDER BY received_at",  # noqa: S608
            [*_leg(request), request.message_id],
        ).fetchall()
        fields: dict[str, str] = {}
        papers: dict[str, WirePaper] = {}
        for row in rows:
            before = read_request(signing.verify(row["jws"], keys=self.portal_keys, kind=signing.REQUEST))
            fields |= before.fields
            papers |= {paper.slot: paper for paper in before.papers}
        papers |= {paper.slot: paper for paper in request.papers}
        return replace(request, fields={**fields, **request.fields}, papers=tuple(papers.values()))

    def _reply(self, request: Request, plan: Planned, sequence: int, at: datetime) -> Reply:
        papers: tuple[WirePaper, ...] = ()
        if plan.paper is not None:
            slot, title, paper_type = plan.paper
            said = {"number": plan.number, "case": request.case, "words": plan.words}
            papers = (issue_paper(slot=slot, title=title, paper_type=paper_type, agency=self.whose.name, **said),)
        return Reply(
            message_id=str(uuid4()),
            correlation=request.message_id,
            sequence=sequence,
            kind=plan.kind,
            issued_at=at,
            case=request.case,
            leg=request.leg,
            generation=request.generation,
            facts=plan.facts,
            papers=papers,
            reason=plan.reason,
            outcome=Outcome(plan.number, at.date() if plan.number else None, plan.words),
        )

    def _signed(self, reply: Reply) -> str:
        return signing.sign(reply.to_bytes(), key=self.key, kind=signing.REPLY)

    def publish(self) -> None:
        """Make heard what is due. Safe to call at any time."""
        now = clock.now().timestamp()
        due = "SELECT * FROM replies WHERE is_published = 0 AND visible_at <= ? ORDER BY visible_at, id"
        if not self.store.read(f"{due} LIMIT 1", now):
            return
        with self.store.write() as connection:
            twice = behaviour_in(connection).answer_twice
            for row in connection.execute(due, [now]).fetchall():
                connection.execute("UPDATE replies SET is_published = 1 WHERE id = ?", [row["id"]])
                for reply_id in self._copies(connection, row) if twice else [row["id"]]:
                    connection.execute("INSERT INTO published (reply_id) VALUES (?)", [reply_id])

    def _copies(self, connection: sqlite3.Connection, row: sqlite3.Row) -> list[int]:
        """The same reply twice, and once more under another message id."""
        read = read_reply(signing.verify(row["jws"], keys=self.key.public, kind=signing.REPLY))
        again = replace(read, message_id=str(uuid4()))
        copy = _insert(connection, again, self._signed(again), row["visible_at"], is_published=1)
        return [row["id"], row["id"], copy]

    def replies(self, *, after: int, limit: int) -> tuple[list[str], int]:
        """Published replies past the cursor `after`, and the cursor to go on from."""
        self.publish()
        rows = self.store.read(
            "SELECT cursor, jws FROM published JOIN replies ON replies.id = reply_id WHERE cursor > ?"
            " ORDER BY cursor LIMIT ?",
            *(after, min(limit, POLL_MAX)),
        )
        return [row["jws"] for row in rows], rows[-1]["cursor"] if rows else after

    def look_up(self, signed: bytes) -> str:
        """Who somebody is, for a purpose on record. Raises WireError."""
        query = read_query(signing.verify(signed, keys=self.portal_keys, kind=signing.QUERY))
        with self.store.write() as connection:
            row = connection.execute("SELECT shown FROM people WHERE personal_id = ?", [query.personal_id]).fetchone()
            values = json.loads(row["shown"]) if row else {}
            answer = PersonAnswer(query.message_id, row is not None, clock.now(), values)
            connection.execute(
                "INSERT OR IGNORE INTO look_ups (message_id, personal_id, purpose, reference, clerk, at)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                [
                    *(query.message_id, query.personal_id, query.purpose, query.reference, query.clerk),
                    clock.now().timestamp(),
                ],
            )
        return signing.sign(answer.to_bytes(), key=self.key, kind=signing.ANSWER)

    def control(self, signed: bytes) -> Behaviour:
        """What the operator tells it. Raises WireError."""
        words = json.loads(signing.verify(signed, keys=self.operator_keys, kind=CONTROL))
        age = clock.now() - datetime.fromisoformat(words["issued_at"])
        if abs(age) > timedelta(minutes=CONTROL_MINUTES_MAX):
            raise WireError("control.too_old")
        with self.store.write() as connection:
            before = Behaviour() if words.get("reset") else behaviour_in(connection)
            behaviour = before.told(words.get("behaviour", {}))
            remember_behaviour(connection, behaviour)
            for personal_id, shown in words.get("people", {}).items():
                connection.execute("INSERT OR REPLACE INTO people VALUES (?, ?)", [personal_id, json.dumps(shown)])
        return behaviour


OF_LEG = "case_code = ? AND leg = ? AND generation = ?"


def _leg(request: Request | Reply) -> list[Any]:
    return [request.case, request.leg, request.generation]


def _spend(connection: sqlite3.Connection, name: str) -> bool:
    spent, after = behaviour_in(connection).spend(name)
    if spent:
        remember_behaviour(connection, after)
    return spent


def _insert(
    connection: sqlite3.Connection, reply: Reply, signed: str, visible_at: float, *, is_published: int = 0
) -> int:
    done = connection.execute(
        "INSERT INTO replies (message_id, case_code, leg, generation, sequence, kind, visible_at, jws, is_published)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [reply.message_id, *_leg(reply), reply.sequence, reply.kind, visible_at, signed, is_published],
    )
    return int(done.lastrowid or 0)
