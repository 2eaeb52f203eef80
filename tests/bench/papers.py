"""The paper store: what a checklist costs among fifty thousand papers and among five million; sealing and proving.

The papers are written by the server itself, without checks, and emptied afterwards: ten of each owner, spread over the
table as years would spread them. Filling five million takes some minutes.
"""

from __future__ import annotations

import hashlib
import os
import random
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from dossiers.papers.constants import OwnerRef, PaperSource, Trust
from dossiers.papers.models import Paper, PaperType
from dossiers.papers.selectors.held import papers_for
from dossiers.papers.services.load_paper_types import load_paper_types
from dossiers.papers.services.paper_data import FileContent, PaperData
from dossiers.papers.services.store_paper import store_paper
from haddong_portal.citizens.models import Person
from haddong_portal.common import clock
from haddong_portal.common.blobs.storage import read_blob
from haddong_portal.common.crypto.cipher import encrypt
from tests.bench.bench import Bench
from tests.bench.seed import clerks
from tests.bench.stand import say

FEW, MANY = 50_000, 5_000_000
PAPERS_OF_ONE = 10
CHECKLISTS = 2_000
TYPES_ASKED = 8
P95_MAX_MS, RATIO_MAX = 20, 3.0
FILE_BYTES = 1024 * 1024
FIRST_OWNER = 1_000_000_000
TABLES = ("papers_paper", "papers_paperversion", "papers_storedfile")

FOREIGN_KEYS = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE contype = 'f' AND conrelid::regclass::text = ANY(%s)
"""
FILES = """
INSERT INTO papers_storedfile (id, mark, size_bytes, key_id, state, checked_at, created_at)
SELECT n, lpad(to_hex(n), 64, '0'), 300000, '00000000', 'PRESENT', now(), now() FROM generate_series(1, %(count)s) n
"""
VERSIONS = """
INSERT INTO papers_paperversion (id, paper_id, serial, original_id, shown_id, content_type, sha256, page_count,
  image_count, signature_state, signature, text, scanner, made_at)
SELECT n, n, 1, n, n, 'application/pdf', lpad(to_hex(n), 64, '0'), 1 + n %% 3, 1, 'VALID', '{}', ''::bytea, '', now()
FROM generate_series(1, %(count)s) n
"""
PAPERS = """
INSERT INTO papers_paper (id, public_id, owner_person_id, type_id, number, number_index, issuer_name, issued_on, fields,
  source, trust, basis, state, current_version_id, revoked_reason, created_at, row_version)
SELECT n, lpad(to_hex(n), 32, '0')::uuid, %(first)s + n %% %(owners)s,
  (%(types)s)[1 + (n * 7 + n / %(owners)s) %% %(kinds)s],
  %(number)s, lpad(to_hex(n), 32, '0'), 'Ủy ban nhân dân phường', date '2020-01-01' + (n %% 1500)::int, ''::bytea,
  'DIGITISED', 'SIGNED_DIGITISED', CASE WHEN n %% 20 = 0 THEN 'CONSENT' ELSE 'LAW' END, 'VALID', n, '', now(), 1
FROM generate_series(1, %(count)s) n
"""


def run(bench: Bench) -> None:
    """Checklists among few and many papers, then files in and out."""
    load_paper_types()
    few, many = checklist_among(FEW), checklist_among(MANY)
    bench.add(f"papers: checklist among {FEW:,}", _words(few))
    bench.add(f"papers: checklist among {MANY:,}", _words(many), many[1], P95_MAX_MS)
    bench.add("papers: p95, many over few", f"{many[1] / few[1]:.2f}", many[1] / few[1], RATIO_MAX)
    _files(bench)


def checklist_among(count: int) -> tuple[float, float, float]:
    """Milliseconds: median and p95 of one checklist of TYPES_ASKED types, and CPU of this process for each."""
    say(f"  … {count:,} papers")
    with _no_foreign_keys():
        try:
            _fill(count)
            return _ask(count // PAPERS_OF_ONE)
        finally:
            _empty()


@contextmanager
def _no_foreign_keys() -> Iterator[None]:
    """For rows whose owners are numbers alone, and so that nothing is looked up for each of them."""
    with connection.cursor() as cursor:
        cursor.execute(FOREIGN_KEYS, [list(TABLES)])
        found = cursor.fetchall()
        for table, name, _ in found:
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        try:
            yield
        finally:
            for table, name, words in found:
                cursor.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {words}')


def _fill(count: int) -> None:
    kinds = list(PaperType.objects.values_list("pk", flat=True))
    words = {
        "count": count,
        "owners": count // PAPERS_OF_ONE,
        "first": FIRST_OWNER,
        "types": kinds,
        "kinds": len(kinds),
        "number": encrypt("12/2024", Paper._meta.get_field("number").context),  # type: ignore[union-attr]
    }
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")
        for statement in (FILES, VERSIONS, PAPERS):
            cursor.execute(statement, words)
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"VACUUM ANALYZE {table}")


def _empty() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(TABLES)} CASCADE")


def _ask(owners: int) -> tuple[float, float, float]:
    chance, codes = random.Random(7), list(PaperType.objects.values_list("code", flat=True))
    took, today, cpu = [], clock.today(), 0.0
    held = 0
    for number in range(CHECKLISTS + CHECKLISTS // 10):
        owner = OwnerRef(person_id=FIRST_OWNER + chance.randrange(owners))
        asked = chance.sample(codes, TYPES_ASKED)
        began, worked = time.perf_counter(), time.process_time()
        found = papers_for(owner=owner, type_codes=asked, on=today)
        if number >= CHECKLISTS // 10:
            took.append((time.perf_counter() - began) * 1000)
            cpu += time.process_time() - worked
            held += sum(len(papers) for papers in found.values())
    assert held > CHECKLISTS, "an owner has ten papers, a fifth of them is asked for"
    cuts = statistics.quantiles(took, n=100)
    return cuts[49], cuts[94], cpu / CHECKLISTS * 1000


def _words(found: tuple[float, float, float]) -> str:
    return f"p50 {found[0]:.2f}  p95 {found[1]:.2f} ms  CPU {found[2]:.2f} ms"


def _files(bench: Bench) -> None:
    """One megabyte each: into the store with its paper, and out again with every byte proven."""
    actor, marks = clerks(1)[0].actor, []
    owner = OwnerRef(person_id=_somebody())

    def bring() -> None:
        original = os.urandom(FILE_BYTES)
        data = PaperData(owner=owner, type_code="BIRTH_NOTICE", source=PaperSource.DIGITISED, trust=Trust.CHECKED)
        content = FileContent(original, original, "application/pdf", 1, 1, hashlib.sha256(original).hexdigest())
        paper = store_paper(actor=actor, data=data, content=content)
        assert paper.current_version is not None
        marks.append(paper.current_version.original.mark)

    bench.add("papers: stored, 1 MiB each", _rate(bench, bring))
    turn = iter(range(10**9))

    def prove() -> None:
        assert len(read_blob(marks[next(turn) % len(marks)])) == FILE_BYTES

    bench.add("papers: read and proven, 1 MiB each", _rate(bench, prove))
    _empty()


def _somebody() -> int:
    now = clock.now()
    return Person.objects.create(full_name="Nguyễn Văn Thử", created_at=now, updated_at=now).pk


def _rate(bench: Bench, act: Callable[[], None]) -> str:
    """How often in one process in the bench's seconds, and the CPU of each."""
    act()
    count, began, worked = 0, time.perf_counter(), time.process_time()
    while time.perf_counter() - began < bench.seconds:
        act()
        count += 1
    seconds, cpu = time.perf_counter() - began, time.process_time() - worked
    return f"{count / seconds:.1f} a second = {count / seconds:.0f} MiB/s, CPU {cpu / count * 1000:.1f} ms each"
