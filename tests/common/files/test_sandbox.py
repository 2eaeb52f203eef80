"""The reading process: many at once, killed, starved, lied to; always an answer."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import psutil
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from haddong_portal.common.files import sandbox
from haddong_portal.common.files.check import check_file
from haddong_portal.common.files.policy import FilePolicy
from haddong_portal.common.files.verdict import Verdict
from tests.common.files.bad_bombs import forms_in_forms
from tests.sample_files import SMALL_JPEG, SMALL_PDF, SMALL_PNG
from tests.scale import scaled

MEGABYTE = 1024 * 1024


@pytest.fixture(autouse=True)
def helper_ends() -> Iterator[None]:
    yield
    sandbox.close_helper()


def helpers() -> list[psutil.Process]:
    return [child for child in psutil.Process().children() if sandbox.MODULE in child.cmdline()]


def test_many_threads_share_one_reading_process_and_mix_nothing_up() -> None:
    files = [(SMALL_PDF, "application/pdf"), (SMALL_JPEG, "image/jpeg"), (SMALL_PNG, "image/png"), (b"abc", "")] * 10
    with ThreadPoolExecutor(8) as pool:
        verdicts = list(pool.map(lambda file: check_file(file[0], name="a"), files))
    assert [verdict.content_type for verdict in verdicts] == [kind for _content, kind in files]
    assert len(helpers()) == 1


def test_a_killed_reading_process_is_started_again() -> None:
    assert check_file(SMALL_PDF).accepted
    (first,) = helpers()
    first.kill()
    assert check_file(SMALL_PDF).accepted
    (second,) = helpers()
    assert second.pid != first.pid


def test_it_ends_when_its_portal_is_gone() -> None:
    """Also when nobody told it: the portal was killed, its end of the socket closed by the kernel."""
    child = os.fork()
    if child == 0:
        check_file(SMALL_PDF)
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    left = [process for process in psutil.process_iter(["cmdline", "ppid"]) if _is_reader_of(process, child)]
    _gone, alive = psutil.wait_procs(left, timeout=20)
    assert not alive


def _is_reader_of(process: psutil.Process, parent: int) -> bool:
    return sandbox.MODULE in (process.info["cmdline"] or []) and process.info["ppid"] == parent


def test_a_fork_of_the_portal_gets_a_reading_process_of_its_own() -> None:
    assert check_file(SMALL_PDF).accepted
    child = os.fork()
    if child == 0:
        os._exit(0 if check_file(SMALL_PDF).accepted and len(helpers()) == 1 else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert check_file(SMALL_PDF).accepted


@pytest.mark.parametrize("limits", [{"seconds": 1}, {"memory_bytes": 60 * MEGABYTE}])
def test_a_file_that_wants_too_much_is_refused(limits: dict[str, int]) -> None:
    content = forms_in_forms() if "seconds" in limits else SMALL_PDF
    verdict = check_file(content, policy=replace(FilePolicy(), **limits))
    assert (verdict.verdict, verdict.code) == (Verdict.REFUSED, "file.too_heavy")
    assert check_file(SMALL_PDF).accepted, "the next file finds a reader"


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"not json\n",
        b"[]\n",
        json.dumps({"refused": "made.up"}).encode() + b"\n",
        json.dumps({"code": "file.clean", "sizes": [10], "shown": True}).encode() + b"\nshort",
        json.dumps({"code": "file.clean", "sizes": ["x"], "shown": True}).encode() + b"\n",
        json.dumps({"code": "file.clean", "content_type": "text/html", "sizes": [0], "shown": False}).encode() + b"\n",
    ],
)
def test_a_reader_that_was_taken_over_is_not_believed(answer: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it may write is only an answer: shape, code and type are checked on our side."""

    def said(job: Any, content: list[bytes], descriptors: list[int]) -> int:
        os.write(descriptors[1], answer)
        os.write(descriptors[2], b"sd")
        return 1

    monkeypatch.setattr("haddong_portal.common.files.sandbox.socket.send_fds", said)
    verdict = check_file(SMALL_PDF)
    assert (verdict.verdict, verdict.code) == (Verdict.REFUSED, "file.parser_failed")


def test_a_reader_that_never_starts_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "MODULE", "no.such.module")
    verdict = check_file(SMALL_PDF)
    assert (verdict.verdict, verdict.code) == (Verdict.REFUSED, "file.parser_failed")


def damaged(content: bytes, cuts: list[tuple[int, bytes]]) -> bytes:
    for at, put in cuts:
        at %= len(content)
        content = content[:at] + put + content[at + len(put) // 2 :]
    return content


@settings(max_examples=scaled(60), deadline=None)
@given(
    content=st.sampled_from([SMALL_PDF, SMALL_JPEG, SMALL_PNG]),
    cuts=st.lists(st.tuples(st.integers(0, 5000), st.binary(min_size=1, max_size=12)), min_size=1, max_size=6),
)
def test_any_damage_is_answered(content: bytes, cuts: list[tuple[int, bytes]]) -> None:
    """Property: whatever happens to a good file on its way, there is a verdict, and a copy that passes again."""
    verdict = check_file(damaged(content, cuts), name="a.pdf", policy=FilePolicy(seconds=8))
    assert verdict.verdict in (Verdict.CLEAN, Verdict.SANITISED, Verdict.REFUSED)
    if verdict.shown is not None:
        assert check_file(verdict.shown, name=verdict.safe_name).accepted
