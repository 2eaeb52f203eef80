"""A file of JSON lines in which each key stands once, whatever dies in between.

The file is the truth: under an exclusive lock a line is appended and forced to the disk. Beside it lies an index of
the keys (SQLite), which may lag behind but never runs ahead: what a process that died did not note is read again
from the end of the file. A look-up costs the same for a thousand lines and for a million. Readable by the owner only.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

INDEX_SUFFIX = ".keys"
SCHEMA = """
    CREATE TABLE IF NOT EXISTS keys (key TEXT PRIMARY KEY) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS read_up_to (inode INTEGER NOT NULL, position INTEGER NOT NULL);
"""


def append_once(path: Path, key: str, line: str) -> bool:
    """Whether the line is new; a repeat of its key is dropped. Waits for other processes; raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with _locked(path) as log, _index(path) as index:
        _catch_up(log, index)
        if index.execute("SELECT 1 FROM keys WHERE key = ?", (key,)).fetchone():
            return False
        _append(log, line)
        _note(index, [key], log)
        return True


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[int]:
    """The open file, for this process alone."""
    descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield descriptor
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def _index(path: Path) -> Iterator[sqlite3.Connection]:
    """Made anew when it is broken: everything in it stands in the file."""
    name = path.with_name(path.name + INDEX_SUFFIX)
    os.close(os.open(name, os.O_RDWR | os.O_CREAT, 0o600))
    index = _opened(name)
    try:
        yield index
    finally:
        index.close()


def _opened(name: Path) -> sqlite3.Connection:
    try:
        return _prepared(name)
    except sqlite3.DatabaseError:
        os.truncate(name, 0)
        return _prepared(name)


def _prepared(name: Path) -> sqlite3.Connection:
    index = sqlite3.connect(name, isolation_level=None)
    # The lock of the log keeps others out, and a lost index is read again: no journal on disk is needed.
    index.execute("PRAGMA journal_mode = MEMORY")
    index.execute("PRAGMA synchronous = OFF")
    index.executescript(SCHEMA)
    return index


def _catch_up(log: int, index: sqlite3.Connection) -> None:
    """Note the keys of lines that the index has not seen; forget all when it belongs to another file."""
    status = os.fstat(log)
    known = index.execute("SELECT inode, position FROM read_up_to").fetchone() or (0, 0)
    position = known[1] if known[0] == status.st_ino and known[1] <= status.st_size else 0
    if position == 0:
        index.execute("DELETE FROM keys")
    if position < status.st_size:
        _note(index, _keys_from(log, position, status.st_size), log)


def _keys_from(log: int, position: int, end: int) -> list[str]:
    """The keys of the complete lines; a half line at the end (the machine went down) is cut off."""
    tail = os.pread(log, end - position, position)
    complete = tail.rfind(b"\n") + 1
    if complete < len(tail):
        os.ftruncate(log, position + complete)
    return [json.loads(line)["key"] for line in tail[:complete].splitlines()]


def _append(log: int, line: str) -> None:
    """All of it, on the disk, before anybody hears that it is there."""
    rest = f"{line}\n".encode()
    while rest:
        rest = rest[os.write(log, rest) :]
    os.fsync(log)


def _note(index: sqlite3.Connection, keys: list[str], log: int) -> None:
    status = os.fstat(log)
    index.execute("BEGIN")
    index.executemany("INSERT OR IGNORE INTO keys VALUES (?)", [(key,) for key in keys])
    index.execute("DELETE FROM read_up_to")
    index.execute("INSERT INTO read_up_to VALUES (?, ?)", (status.st_ino, status.st_size))
    index.execute("COMMIT")
