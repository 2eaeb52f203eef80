"""`manage.py check_paper FILE… [--json]`: what the portal says of files before it takes them; needs no database.

    --json prints one JSON list; each element has `file` (as given), `verdict` (clean, sanitised, refused,
    quarantined), `code`, `sentence`, and for accepted files `content_type`, `pages`, `images`, `signed`, `removed`.

Exit code 0 when every file is clean or sanitised, 1 otherwise. Files are read one after the other, each no further than
its limit; a missing file or a folder gets a code of its own and the others go on.
"""

from __future__ import annotations

import io
import json
import os
import stat
import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.management.base import BaseCommand

from haddong_portal.common.files.check import check_file
from haddong_portal.common.files.sentences import sentence_of
from haddong_portal.common.files.verdict import FileVerdict, Verdict


class Command(BaseCommand):
    """See the module's docstring."""

    help = "Kiểm tra tệp như khi tiếp nhận: loại tệp, giới hạn, nội dung tự chạy, mã độc."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", help="tệp cần kiểm tra")
        parser.add_argument("--json", action="store_true", help="in một danh sách JSON, chữ tiếng Việt giữ nguyên")

    def handle(self, *args: Any, **options: Any) -> None:
        _speak_utf8()
        answers = _answers(options["files"])
        all_accepted = self._as_json(answers) if options["json"] else self._as_text(answers)
        if not all_accepted:
            sys.exit(1)

    def _as_json(self, answers: Iterable[dict[str, Any]]) -> bool:
        """Element by element, so that many files need no more memory than one."""
        all_accepted, between = True, "["
        for answer in answers:
            self.stdout.write(between + json.dumps(answer, ensure_ascii=False), ending="")
            all_accepted, between = all_accepted and _is_accepted(answer), ",\n "
        self.stdout.write("]")
        return all_accepted

    def _as_text(self, answers: Iterable[dict[str, Any]]) -> bool:
        all_accepted = True
        for answer in answers:
            self.stdout.write("{file}: {verdict} ({code}). {sentence}".format_map(answer))
            all_accepted = all_accepted and _is_accepted(answer)
        return all_accepted


def _answers(paths: Iterable[str]) -> Iterator[dict[str, Any]]:
    for path in paths:
        yield {"file": path} | _checked(path)


def _checked(path: str) -> dict[str, Any]:
    try:
        # Not waiting: a pipe without a writer would keep us for ever.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        return _refused("file.missing")
    except (OSError, ValueError):
        return _refused("file.unreadable")
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        return _refused("file.not_a_file")
    with io.FileIO(descriptor) as file:
        try:
            return _facts(check_file(io.BufferedReader(file), name=os.path.basename(path)))
        except OSError:
            return _refused("file.unreadable")


def _refused(code: str) -> dict[str, Any]:
    return {"verdict": Verdict.REFUSED.value, "code": code, "sentence": sentence_of(code)}


def _facts(verdict: FileVerdict) -> dict[str, Any]:
    answer: dict[str, Any] = {"verdict": verdict.verdict.value, "code": verdict.code, "sentence": verdict.sentence}
    answer |= {"sha256": verdict.sha256, "size_bytes": verdict.size_bytes}
    if verdict.accepted:
        answer |= {"content_type": verdict.content_type, "pages": verdict.pages, "images": verdict.images}
        answer |= {"signed": verdict.signed, "removed": list(verdict.removed)}
    return answer


def _is_accepted(answer: dict[str, Any]) -> bool:
    return answer["verdict"] in (Verdict.CLEAN.value, Verdict.SANITISED.value)


def _speak_utf8() -> None:
    """Whatever the locale says, and whatever bytes a file name holds."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
