"""The file gateway's log: each key once, whoever dies and whatever is lost."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import time
from collections import Counter
from pathlib import Path

import pytest

from haddong_portal.notices.gateways.line_log import INDEX_SUFFIX, append_once
from tests.scale import scaled

ROUNDS = 3
KEYS = 40
WRITERS = 3


def line(key: str) -> str:
    return json.dumps({"key": key, "text": "Tin ữ"}, ensure_ascii=False)


def keys_in(path: Path) -> list[str]:
    return [json.loads(text)["key"] for text in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "out" / "log.jsonl"


def index_of(log: Path) -> Path:
    return log.with_name(log.name + INDEX_SUFFIX)


def test_a_key_stands_once_and_both_files_are_private(log: Path) -> None:
    assert append_once(log, "a", line("a"))
    assert not append_once(log, "a", line("a"))
    assert append_once(log, "b", line("b"))
    assert keys_in(log) == ["a", "b"]
    assert [path.stat().st_mode & 0o077 for path in (log, index_of(log))] == [0, 0]


def test_a_line_whose_note_was_lost_is_found_again(log: Path) -> None:
    append_once(log, "a", line("a"))
    with log.open("a", encoding="utf-8") as file:
        file.write(line("b") + "\n")
    assert not append_once(log, "b", line("b"))


def test_half_a_line_at_the_end_is_cut_off(log: Path) -> None:
    append_once(log, "a", line("a"))
    with log.open("a", encoding="utf-8") as file:
        file.write(line("b")[:9])
    assert append_once(log, "b", line("b"))
    assert keys_in(log) == ["a", "b"]


@pytest.mark.parametrize("rubbish", [None, b"", b"no database at all, but long enough to look like one" * 9])
def test_a_lost_or_broken_index_is_made_anew(log: Path, rubbish: bytes | None) -> None:
    append_once(log, "a", line("a"))
    if rubbish is None:
        index_of(log).unlink()
    else:
        index_of(log).write_bytes(rubbish)
    assert not append_once(log, "a", line("a"))
    assert append_once(log, "b", line("b"))


def test_a_log_that_was_taken_away_begins_anew(log: Path) -> None:
    append_once(log, "a", line("a"))
    log.rename(log.with_suffix(".old"))
    assert append_once(log, "a", line("a"))
    log.write_text("", encoding="utf-8")
    assert append_once(log, "a", line("a"))


def write_all(path: str, seed: int) -> None:
    order = [f"k{(seed * 7 + number * 3) % KEYS}" for number in range(KEYS)]
    for key in order:
        append_once(Path(path), key, line(key))


def test_writers_killed_at_any_moment_never_repeat_or_lose_a_key(log: Path) -> None:
    """Several processes write the same keys at once and are killed in the middle; the last round ends by itself."""
    start = multiprocessing.get_context("spawn").Process
    for round_number in range(scaled(ROUNDS)):
        writers = [start(target=write_all, args=(str(log), round_number + n)) for n in range(WRITERS)]
        for writer in writers:
            writer.start()
        before = len(keys_in(log)) if log.exists() else 0
        until = time.monotonic() + 10
        while time.monotonic() < until and (len(keys_in(log)) if log.exists() else 0) < min(before + 9, KEYS):
            time.sleep(0.002)
        for writer in writers:
            os.kill(writer.pid or 0, signal.SIGKILL)
            writer.join()
    write_all(str(log), 1)
    assert Counter(keys_in(log)) == Counter({f"k{number}": 1 for number in range(KEYS)})
