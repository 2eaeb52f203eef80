"""ClamAV for real: found is refused, silent is quarantined, too large is refused; it never passes by mistake."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from haddong_portal.common.files.check import check_file, recheck, scanner_answers
from haddong_portal.common.files.scanner import ScanAnswer, scan
from haddong_portal.common.files.verdict import Verdict
from tests.common.files.bad_pdfs import attached
from tests.common.files.clamd import STREAM_MAX_MB, running_clamd
from tests.common.files.corpus import EICAR
from tests.sample_files import SMALL_JPEG, SMALL_PDF, make_pdf, stream

MEGABYTE = 1024 * 1024


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


PORT = free_port()


@pytest.fixture(scope="module")
def clamd_socket() -> Iterator[Path]:
    with running_clamd(port=PORT) as path:
        yield path


@pytest.fixture
def scanner(clamd_socket: Path, settings: Any) -> Any:
    settings.CLAMAV_SOCKET = str(clamd_socket)
    return settings


@pytest.fixture
def silent(tmp_path: Path, settings: Any) -> Any:
    settings.CLAMAV_SOCKET = str(tmp_path / "nobody")
    return settings


def test_a_good_file_passes_the_scanner(scanner: Any) -> None:
    assert scanner_answers()
    assert check_file(SMALL_PDF, name="a.pdf").verdict == Verdict.CLEAN
    assert check_file(SMALL_JPEG, name="a.jpg").verdict == Verdict.SANITISED


def test_a_known_virus_is_found(scanner: Any) -> None:
    assert scan(EICAR) == ScanAnswer.FOUND


def test_a_virus_attached_to_a_pdf_is_found_though_the_copy_would_not_hold_it(scanner: Any) -> None:
    verdict = check_file(attached(EICAR), name="a.pdf")
    assert (verdict.verdict, verdict.code, verdict.shown) == (Verdict.REFUSED, "file.infected", None)


def test_the_same_over_the_network(scanner: Any) -> None:
    scanner.CLAMAV_SOCKET, scanner.CLAMAV_ADDRESS = "", f"127.0.0.1:{PORT}"
    assert check_file(SMALL_PDF, name="a.pdf").verdict == Verdict.CLEAN
    assert check_file(attached(EICAR), name="a.pdf").code == "file.infected"


def test_over_the_scanners_own_limit_is_a_refusal(scanner: Any) -> None:
    large = make_pdf({9: stream(os.urandom((STREAM_MAX_MB + 2) * MEGABYTE))})
    verdict = check_file(large, name="a.pdf")
    assert (verdict.verdict, verdict.code) == (Verdict.REFUSED, "file.scan_too_large")
    assert check_file(SMALL_PDF, name="a.pdf").verdict == Verdict.CLEAN, "the scanner goes on"


def test_a_silent_scanner_lets_nothing_pass(silent: Any) -> None:
    assert not scanner_answers()
    for content, name in ((SMALL_PDF, "a.pdf"), (SMALL_JPEG, "a.jpg")):
        verdict = check_file(content, name=name)
        assert (verdict.verdict, verdict.code, verdict.shown) == (
            Verdict.QUARANTINED,
            "file.scan_unavailable",
            None,
        )
        assert not verdict.accepted and verdict.content_type


def test_what_is_refused_anyway_does_not_wait_for_the_scanner(silent: Any) -> None:
    assert check_file(b"abc", name="a.pdf").verdict == Verdict.REFUSED


def test_a_quarantined_file_is_released_or_refused_when_the_scanner_is_back(silent: Any, clamd_socket: Path) -> None:
    bad = attached(EICAR)
    assert recheck(SMALL_PDF, name="a.pdf").verdict == recheck(bad, name="b.pdf").verdict == Verdict.QUARANTINED
    silent.CLAMAV_SOCKET = str(clamd_socket)
    assert recheck(SMALL_PDF, name="a.pdf").verdict == Verdict.CLEAN
    assert recheck(bad, name="b.pdf").code == "file.infected"


@pytest.mark.parametrize("said", [b"", b"stream: broken ERROR\n", b"nonsense\n", b"stream: OK"])
def test_a_scanner_that_talks_nonsense_lets_nothing_pass(said: bytes, settings: Any) -> None:
    """Whatever is no clean OK line (a cut one is read as one: it says OK)."""
    settings.CLAMAV_ADDRESS, settings.CLAMAV_TIMEOUT_SECONDS = f"127.0.0.1:{_talks(said)}", 5
    expected = Verdict.CLEAN if said == b"stream: OK" else Verdict.QUARANTINED
    assert check_file(SMALL_PDF, name="a.pdf").verdict == expected


def test_a_scanner_that_never_answers_is_given_up(settings: Any) -> None:
    settings.CLAMAV_ADDRESS, settings.CLAMAV_TIMEOUT_SECONDS = f"127.0.0.1:{_talks(None)}", 1
    assert check_file(SMALL_PDF, name="a.pdf").verdict == Verdict.QUARANTINED


@pytest.mark.parametrize("address", ["nowhere", "127.0.0.1:", ":x", "[::1]:1", "no.such.host.invalid:3310"])
def test_a_wrong_address_is_a_silent_scanner(address: str, settings: Any) -> None:
    settings.CLAMAV_ADDRESS, settings.CLAMAV_TIMEOUT_SECONDS = address, 2
    assert check_file(SMALL_PDF, name="a.pdf").verdict == Verdict.QUARANTINED


def _talks(said: bytes | None) -> int:
    """The port of a server that answers one caller with `said`, or with nothing until the caller goes."""
    server = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with server:
            caller, _address = server.accept()
            with caller:
                if said is None:
                    while caller.recv(65_536):
                        pass
                    return
                heard = b""
                while not heard.endswith(b"\x00\x00\x00\x00"):
                    heard += caller.recv(65_536)
                caller.sendall(said)

    threading.Thread(target=serve, daemon=True).start()
    return int(server.getsockname()[1])
