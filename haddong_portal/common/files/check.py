"""The check itself: size, name, bytes, virus scanner; in this order, and the first no is the answer."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import IO, Any

from haddong_portal.common.files import names, scanner
from haddong_portal.common.files.policy import FilePolicy, default_policy
from haddong_portal.common.files.sandbox import Reading, read_apart
from haddong_portal.common.files.scanner import ScanAnswer
from haddong_portal.common.files.sentences import sentence_of
from haddong_portal.common.files.verdict import FileVerdict, Verdict

SCAN_CODES = {ScanAnswer.FOUND: "file.infected", ScanAnswer.TOO_LARGE: "file.scan_too_large"}


def check_file(content: bytes | IO[bytes], *, name: str = "", policy: FilePolicy | None = None) -> FileVerdict:
    """The verdict on one file from outside; an open file is read from where it stands, no further than the limit.

    `name` is what the sender calls it. Never raises because of what the file holds. Takes milliseconds for a megabyte,
    at most `policy.seconds` and a little; holds the file and its copy in memory.
    """
    limits = policy or default_policy()
    bytes_ = content if isinstance(content, bytes) else content.read(limits.max_bytes + 1)
    verdict = _Checked(bytes_, name, limits)
    code = verdict.refused_unread()
    if code:
        return verdict.refused(code)
    return _scanned(verdict.read(), bytes_, verdict.attachments, limits)


def recheck(content: bytes | IO[bytes], *, name: str = "", policy: FilePolicy | None = None) -> FileVerdict:
    """A quarantined file once more: clean, sanitised or refused now, or quarantined still."""
    return check_file(content, name=name, policy=policy)


def scanner_answers() -> bool:
    """Whether a recheck is worth while: no scanner configured, or one that answers."""
    return scanner.answers()


class _Checked:
    """One file on its way through the check."""

    def __init__(self, content: bytes, name: str, limits: FilePolicy) -> None:
        self.content, self.name, self.limits = content, name, limits
        self.sha256 = hashlib.sha256(content).hexdigest()
        self.attachments: tuple[bytes, ...] = ()

    def refused_unread(self) -> str:
        """What is wrong before anybody opens it, or ""."""
        if not self.content:
            return "file.empty"
        return "file.too_large" if len(self.content) > self.limits.max_bytes else ""

    def read(self) -> FileVerdict:
        reading = read_apart(self.content, self.limits.as_job())
        if reading.refused or reading.facts is None:
            return self.refused(reading.code)
        content_type = str(reading.facts["content_type"])
        if content_type not in names.SUFFIXES:
            return self.refused("file.parser_failed")
        if names.is_other_type(self.name, content_type):
            return self.refused("file.type_mismatch")
        self.attachments = reading.attachments
        return self._accepted(reading, content_type, reading.facts)

    def _accepted(self, reading: Reading, content_type: str, facts: dict[str, Any]) -> FileVerdict:
        safe = names.safe_name(self.name, content_type)
        code = reading.code
        if code == "file.clean" and names.was_changed(self.name, safe):
            code = "file.renamed"
        return FileVerdict(
            verdict=Verdict.CLEAN if code == "file.clean" else Verdict.SANITISED,
            code=code,
            sentence=sentence_of(code),
            sha256=self.sha256,
            size_bytes=len(self.content),
            safe_name=safe,
            content_type=content_type,
            suffix=names.SUFFIXES[content_type][0],
            shown=self.content if reading.shown is None else reading.shown,
            pages=int(facts["pages"]),
            images=int(facts["images"]),
            signed=bool(facts["signed"]),
            removed=tuple(str(one) for one in facts["removed"]),
        )

    def refused(self, code: str) -> FileVerdict:
        return FileVerdict(
            verdict=Verdict.REFUSED,
            code=code,
            sentence=sentence_of(code, **self.limits.facts()),
            sha256=self.sha256,
            size_bytes=len(self.content),
            safe_name=names.safe_name(self.name, ""),
        )


def _scanned(verdict: FileVerdict, content: bytes, attachments: Iterable[bytes], limits: FilePolicy) -> FileVerdict:
    """The verdict after the virus scanner: it does not look into a PDF's attachments, so it gets them one by one."""
    if not limits.scan or not verdict.accepted:
        return verdict
    for part in (content, *attachments):
        answer = scanner.scan(part)
        if answer in SCAN_CODES:
            return verdict.turned(Verdict.REFUSED, SCAN_CODES[answer])
        if answer == ScanAnswer.DOWN:
            return verdict.turned(Verdict.QUARANTINED, "file.scan_unavailable")
    return verdict
