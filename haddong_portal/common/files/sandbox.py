"""Our side of the reading process: one for each process of the portal, started with its first file.

The answer comes from a process that met hostile bytes: its shape, sizes and codes are checked.
"""

from __future__ import annotations

import atexit
import json
import logging
import os
import select
import socket
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from haddong_portal.common.files.sentences import SENTENCES
from haddong_portal.common.processes import bare_environment

logger = logging.getLogger("haddong.files")
MODULE = "haddong_portal.common.files.inside.worker"
ROOT = Path(__file__).resolve().parents[3]  # where `-m` finds the module
START_SECONDS_MAX = 30
HEAD_MAX_BYTES = 65_536
TRIES = 3  # the helper may have been killed since the last file, and die slowly


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader said: `code` alone for a refusal; else the facts, the copy to show and the attachments."""

    code: str
    refused: bool = False
    facts: dict[str, Any] | None = None
    shown: bytes | None = None
    attachments: tuple[bytes, ...] = ()


@dataclass(slots=True)
class _Helper:
    process: subprocess.Popen[bytes]
    jobs: socket.socket


_lock = threading.Lock()
_turns = threading.BoundedSemaphore(2)  # at once in one process of the portal: memory is for them
_helper: _Helper | None = None


def read_apart(content: bytes, limits: dict[str, int]) -> Reading:
    """Read `content` in a process of its own. Never raises because of what it holds."""
    with _turns:
        for _again in range(TRIES):
            reading = _read_once(content, limits)
            if reading is not None:
                return reading
    logger.error("the reading process does not start")
    return Reading("file.parser_failed", refused=True)


def close_helper() -> None:
    """End the reading process; the next file starts another."""
    global _helper
    with _lock:
        helper, _helper = _helper, None
    if helper is not None:
        helper.jobs.close()
        try:
            helper.process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            helper.process.kill()
            helper.process.wait()


def _read_once(content: bytes, limits: dict[str, int]) -> Reading | None:
    """None when no reader took the job."""
    source, answer = _memory_file("file"), _memory_file("answer")
    mine, theirs = os.pipe()
    try:
        _write_all(source, content)
        try:
            socket.send_fds(_running(), [json.dumps(limits).encode()], [source, answer, theirs])
        except OSError:
            close_helper()
            return None
        finally:
            os.close(theirs)
        return _reading(_waited(mine, limits["seconds"]), answer)
    finally:
        for descriptor in (source, answer, mine):
            os.close(descriptor)


def _waited(pipe: int, seconds: int) -> bytes:
    """What came through the pipe until it closed; the kernel ends the reader, we wait a little longer."""
    said = b""
    while select.select([pipe], [], [], START_SECONDS_MAX + seconds)[0]:
        part = os.read(pipe, 16)
        if not part:
            break
        said += part
    return said


def _reading(said: bytes, answer: int) -> Reading | None:
    if not said:
        close_helper()
        return None
    if said != b"sd":  # it began and did not end: killed by a limit or by its own parser
        return Reading("file.too_heavy", refused=True)
    try:
        return _parsed(answer)
    except (ValueError, KeyError, TypeError):
        logger.warning("the reading process gave a malformed answer")
        return Reading("file.parser_failed", refused=True)


def _parsed(answer: int) -> Reading:
    with os.fdopen(os.dup(answer), "rb") as file:
        file.seek(0)
        head = json.loads(file.readline(HEAD_MAX_BYTES))
        if "refused" in head:
            return Reading(_known(head["refused"]), refused=True)
        blobs = [file.read(int(size)) for size in head["sizes"]]
    if [len(blob) for blob in blobs] != head["sizes"]:
        raise ValueError("short answer")
    shown = blobs[0] if head["shown"] else None
    return Reading(_known(head["code"]), facts=head, shown=shown, attachments=tuple(blobs[1:]))


def _known(code: str) -> str:
    if code not in SENTENCES:
        raise ValueError("unknown code")
    return code


def _running() -> socket.socket:
    global _helper
    with _lock:
        if _helper is None or _helper.process.poll() is not None:
            _helper = _started()
        return _helper.jobs


def _started() -> _Helper:
    mine, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with theirs:
        process = subprocess.Popen(
            [sys.executable, "-m", MODULE, str(theirs.fileno())],
            pass_fds=[theirs.fileno()],
            cwd=ROOT,
            env=bare_environment(OMP_NUM_THREADS="1", MALLOC_ARENA_MAX="1"),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    return _Helper(process, mine)


def _forget_helper() -> None:
    """In a fork of ours: the helper belongs to the parent, whose socket we must not hold open."""
    global _helper, _lock, _turns
    if _helper is not None:
        _helper.jobs.close()
    _helper, _lock, _turns = None, threading.Lock(), threading.BoundedSemaphore(2)


def _memory_file(name: str) -> int:
    return os.memfd_create(name, os.MFD_CLOEXEC)


def _write_all(descriptor: int, content: bytes) -> None:
    left = memoryview(content)
    while left:
        left = left[os.write(descriptor, left) :]


os.register_at_fork(after_in_child=_forget_helper)
atexit.register(close_helper)
