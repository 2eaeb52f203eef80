"""Seals chain the rows; a superuser who switches the triggers off is found out."""

from __future__ import annotations

import io
import json
import threading
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, connections, transaction

from haddong_portal.audit.models import AuditEntry, AuditSeal
from haddong_portal.audit.rules.chain import canonical_line, seal_hash
from haddong_portal.audit.services.record_access import record_access
from haddong_portal.audit.services.seal_entries import seal_entries
from haddong_portal.audit.services.verify_chain import verify_chain
from haddong_portal.audit.tasks import seal
from haddong_portal.common.actors import Actor
from haddong_portal.common.clock import VIETNAM

pytestmark = pytest.mark.django_db
MONDAY = datetime(2024, 2, 19, 23, 59, tzinfo=VIETNAM)
TUESDAY = MONDAY + timedelta(minutes=2)
LAN = Actor(name="Nguyễn Thu Lan", user_id=7, post_id=3, unit_id=2, ip="10.0.0.8", request_id="r1")


def write(count: int, *, now: datetime = MONDAY) -> None:
    for number in range(count):
        record_access(
            actor=LAN,
            action="dossier.read",
            object_type="dossier",
            object_id=number,
            person_id=number,
            purpose="thụ lý",
            data={"b": [1, 2.5, None], "a": "Đặng"},
            now=now,
        )


def test_rows_are_sealed_in_order_and_days_link() -> None:
    write(5)
    assert seal_entries(batch=2, now=MONDAY) == 5
    write(1, now=TUESDAY)
    assert seal_entries(now=TUESDAY) == 1
    seals = list(AuditSeal.objects.order_by("partition", "number"))
    assert [(row.partition, row.number, row.entry_count) for row in seals] == [
        ("2024-02-19", 1, 2),
        ("2024-02-19", 2, 2),
        ("2024-02-19", 3, 1),
        ("2024-02-20", 1, 1),
    ]
    assert [row.previous_hash for row in seals] == ["", *[row.hash for row in seals[:-1]]]
    report = verify_chain()
    assert report.ok and (report.seals, report.entries, report.unsealed) == (4, 6, 0)
    assert report.last_hash == seals[-1].hash


def test_sealing_nothing_makes_no_seal() -> None:
    assert seal() == 0
    assert not AuditSeal.objects.exists()


def test_a_clock_set_back_keeps_the_chain_in_one_line() -> None:
    write(1)
    seal_entries(now=TUESDAY)
    write(1)
    seal_entries(now=MONDAY)
    assert list(AuditSeal.objects.order_by("id").values_list("partition", "number")) == [
        ("2024-02-20", 1),
        ("2024-02-20", 2),
    ]
    assert verify_chain().ok


@pytest.mark.parametrize("change", ["DELETE FROM {0}", "UPDATE {0} SET id = id + 1000"])
@pytest.mark.parametrize("table", ["audit_auditentry", "audit_auditseal"])
def test_the_database_refuses_to_change_or_delete(table: str, change: str) -> None:
    write(1)
    seal_entries(now=MONDAY)
    with pytest.raises(IntegrityError, match="append_only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change.format(table))


def test_a_sealed_row_cannot_be_sealed_again() -> None:
    write(2)
    seal_entries(batch=1, now=MONDAY)
    with pytest.raises(IntegrityError, match="append_only"), transaction.atomic():
        AuditEntry.objects.update(seal=AuditSeal.objects.order_by("-id").first(), seal_position=9)


DISARM = """
DO $$ DECLARE name text; BEGIN
  FOR name IN SELECT conname FROM pg_constraint WHERE conrelid = 'audit_auditentry'::regclass AND contype = 'f' LOOP
    EXECUTE format('ALTER TABLE audit_auditentry DROP CONSTRAINT %I', name);
  END LOOP;
  ALTER TABLE audit_auditentry DISABLE TRIGGER USER;
  ALTER TABLE audit_auditseal DISABLE TRIGGER USER;
END $$
"""


@pytest.fixture
def tamper() -> Callable[[str], None]:
    """Runs SQL as whoever owns the database could: triggers and foreign keys out of the way."""

    def run(sql: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(DISARM)
            cursor.execute(sql)

    return run


TAMPERINGS = {
    "a purpose rewritten": ("UPDATE audit_auditentry SET purpose = 'khác' WHERE object_id = '1'", "entries_changed"),
    "an actor swapped": ("UPDATE audit_auditentry SET actor_user_id = 8 WHERE object_id = '2'", "entries_changed"),
    "a moment moved": ("UPDATE audit_auditentry SET at = at + interval '1 second'", "entries_changed"),
    "data rewritten": ("UPDATE audit_auditentry SET data = '{}' WHERE object_id = '0'", "entries_changed"),
    "a row taken out": ("DELETE FROM audit_auditentry WHERE object_id = '1'", "entries_missing"),
    "two rows in each other's place": (
        "UPDATE audit_auditentry SET seal_position = 3 - seal_position WHERE object_id IN ('0', '1')",
        "entries_changed",
    ),
    "a row moved to the next seal": (
        "UPDATE audit_auditentry SET seal_id = seal_id + 1 WHERE object_id = '1'",
        "entries_missing",
    ),
    "a sealed row taken back": (
        "UPDATE audit_auditentry SET seal_id = NULL, seal_position = NULL WHERE object_id = '1'",
        "entries_missing",
    ),
    "a row put in": (
        "INSERT INTO audit_auditentry (at, actor_name, action, object_type, object_id, purpose, channel, request_id,"
        " data, seal_id, seal_position) SELECT at, actor_name, action, object_type, '99', purpose, channel,"
        " request_id, data, seal_id, 3 FROM audit_auditentry WHERE object_id = '1'",
        "entries_added",
    ),
    "a seal taken out": ("DELETE FROM audit_auditseal WHERE number = 2", "seal_missing"),
    "a seal's hash rewritten": ("UPDATE audit_auditseal SET hash = repeat('0', 64) WHERE number = 2", "link_broken"),
    "a seal's time rewritten": (
        "UPDATE audit_auditseal SET sealed_at = sealed_at + interval '1 day' WHERE number = 1",
        "entries_changed",
    ),
}


@pytest.mark.parametrize("name", TAMPERINGS)
def test_tampering_is_found(tamper: Callable[[str], None], name: str) -> None:
    write(6)
    seal_entries(batch=2, now=MONDAY)
    assert verify_chain().ok
    sql, code = TAMPERINGS[name]
    tamper(sql)
    assert code in {problem.code for problem in verify_chain().problems}


def test_a_chain_cut_off_at_its_end_is_found_by_a_hash_kept_elsewhere(tamper: Callable[[str], None]) -> None:
    write(4)
    seal_entries(batch=2, now=MONDAY)
    kept = verify_chain().last_hash
    assert verify_chain(anchor=kept).ok
    tamper("DELETE FROM audit_auditentry WHERE seal_id = (SELECT max(id) FROM audit_auditseal)")
    tamper("DELETE FROM audit_auditseal WHERE id = (SELECT max(id) FROM audit_auditseal)")
    assert verify_chain().ok, "cutting the end leaves a whole chain, which is why the anchor exists"
    assert [problem.code for problem in verify_chain(anchor=kept).problems] == ["anchor_missing"]


def test_the_command_tells_and_its_exit_code_agrees(tamper: Callable[[str], None]) -> None:
    write(2)
    out = io.StringIO()
    call_command("verify_audit", "--seal", "--json", stdout=out)
    told = json.loads(out.getvalue())
    assert (told["ok"], told["entries"], told["unsealed"]) == (True, 2, 0)
    tamper("UPDATE audit_auditentry SET purpose = 'khác'")
    out = io.StringIO()
    with pytest.raises(SystemExit) as left:
        call_command("verify_audit", "--json", stdout=out)
    assert left.value.code == 1
    assert json.loads(out.getvalue())["problems"][0]["code"] == "entries_changed"


def test_the_canonical_line_is_fixed() -> None:
    """Stored seals depend on these bytes: a change here must come with a new chain version."""
    row = dict.fromkeys(("post_id", "unit_id", "person_id", "ip"), None) | {
        "id": 1,
        "at": datetime(2024, 2, 19, 9, 0, tzinfo=VIETNAM),
        "actor_user_id": 7,
        "actor_name": "Lê Đạt",
        "action": "dossier.read",
        "object_type": "dossier",
        "object_id": "5",
        "purpose": "",
        "channel": "web",
        "request_id": "r",
        "data": {"b": 1, "a": [True, None]},
    }
    assert canonical_line(row).decode() == (
        '{"action":"dossier.read","actor_name":"Lê Đạt","actor_user_id":7,"at":"2024-02-19T02:00:00.000000+00:00",'
        '"channel":"web","data":{"a":[true,null],"b":1},"id":1,"ip":null,"object_id":"5","object_type":"dossier",'
        '"person_id":null,"post_id":null,"purpose":"","request_id":"r","unit_id":null}'
    )
    digest, count = seal_hash(previous_hash="", partition="2024-02-19", number=1, sealed_at=MONDAY, rows=[row])
    assert (len(digest), count) == (64, 1)


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_the_sealer_neither_waits_for_writers_nor_loses_the_late_one() -> None:
    """A writer whose transaction is still open holds a lower id; it falls into the next seal."""
    opened, may_commit = threading.Event(), threading.Event()

    def slow_writer() -> None:
        with transaction.atomic():
            write(1)
            opened.set()
            may_commit.wait(30)
        connections.close_all()

    thread = threading.Thread(target=slow_writer)
    thread.start()
    opened.wait(30)
    write(3)
    assert seal_entries(now=MONDAY) == 3
    may_commit.set()
    thread.join(30)
    assert seal_entries(now=TUESDAY) == 1
    assert verify_chain().ok
    first_of_later = AuditEntry.objects.order_by("-seal_id").first()
    assert first_of_later is not None
    assert first_of_later.pk < AuditEntry.objects.order_by("-pk").values_list("pk", flat=True)[0]


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_sealers_make_one_chain() -> None:
    write(40)
    gate = threading.Barrier(2)

    def sealer() -> None:
        gate.wait(30)
        for _ in range(20):
            seal_entries(batch=3, now=MONDAY)
        connections.close_all()

    threads = [threading.Thread(target=sealer) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    report = verify_chain()
    assert report.ok and (report.entries, report.unsealed) == (40, 0)
