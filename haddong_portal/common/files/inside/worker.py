"""The reading process: `python -m haddong_portal.common.files.inside.worker SOCKET_FD`.

It loads the parsers once and forks for each file, so that a file costs milliseconds instead of a start of Python, and
what one file does to its process harms no other. The fork has the kernel's limits: memory, processor time, wall clock,
no files of its own. Jobs come over a socket as descriptors: the limits, the file, where the answer goes, and a pipe
that closes when the fork ends.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import socket
import sys
from typing import Any

from haddong_portal.common.files.inside.findings import Finding, Refusal
from haddong_portal.common.files.inside.reading import read_file

MESSAGE_MAX = 4096
DESCRIPTORS = 3  # the file, the answer, the pipe
STARTED, DONE = b"s", b"d"
ANSWER_SLACK_BYTES = 64 * 1024 * 1024


def main() -> None:
    """Serve until whoever started this closes the socket."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the kernel buries the forks
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent's Ctrl+C reaches us too; the socket tells when to end
    with socket.socket(fileno=int(sys.argv[1])) as jobs:
        while True:
            message, descriptors, _flags, _address = socket.recv_fds(jobs, MESSAGE_MAX, DESCRIPTORS)
            if not message:
                return
            if len(descriptors) == DESCRIPTORS and os.fork() == 0:
                jobs.close()
                _serve(json.loads(message), *descriptors)
            for descriptor in descriptors:
                os.close(descriptor)


def _serve(limits: dict[str, Any], source: int, answer: int, pipe: int) -> None:
    """In the fork; never returns."""
    try:
        os.write(pipe, STARTED)
        _keep_limits(limits)
        with os.fdopen(source, "rb", closefd=False) as file:
            file.seek(0)
            content = file.read()
        _write(answer, *_answer_for(content, limits))
        os.write(pipe, DONE)
    finally:
        os._exit(0)


def _answer_for(content: bytes, limits: dict[str, Any]) -> tuple[dict[str, Any], list[bytes]]:
    try:
        finding: Finding = read_file(content, limits)
    except Refusal as refusal:
        return {"refused": refusal.code}, []
    except MemoryError:
        return {"refused": "file.too_heavy"}, []
    blobs = [finding.shown or b"", *finding.attachments]
    return finding.head() | {"shown": finding.shown is not None, "sizes": [len(blob) for blob in blobs]}, blobs


def _write(answer: int, head: dict[str, Any], blobs: list[bytes]) -> None:
    with os.fdopen(answer, "wb", closefd=False) as file:
        file.write(json.dumps(head).encode() + b"\n")
        for blob in blobs:
            file.write(blob)


def _keep_limits(limits: dict[str, Any]) -> None:
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(limits["seconds"])
    _limit(resource.RLIMIT_CPU, limits["seconds"])
    _limit(resource.RLIMIT_AS, limits["memory_bytes"])
    _limit(resource.RLIMIT_FSIZE, limits["max_bytes"] * 4 + ANSWER_SLACK_BYTES)
    _limit(resource.RLIMIT_CORE, 0)


def _limit(what: int, most: int) -> None:
    hard = resource.getrlimit(what)[1]
    least = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(what, (least, least))


if __name__ == "__main__":
    main()
