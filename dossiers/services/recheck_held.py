"""Look again at files that came while the virus scanner was silent, and for the first time at those that came before
there was a check: they are shown, or refused for good.

A door of the sweeper. Each file by itself, its row locked and skipped where another worker has it; safe to run twice.
A refused file stays on the disk, is opened by nobody, and counts as not given: a citizen who has not sent the form yet
gives another, the desk asks for one otherwise.
"""

from __future__ import annotations

from django.db import transaction

from dossiers.constants import UploadState
from dossiers.models import FiledPaper
from dossiers.models.filing import UNDECIDED
from dossiers.services.kept_files import drop_file, keep_file
from dossiers.services.result_content import content_of
from haddong_portal.common.files.check import recheck, scanner_answers
from haddong_portal.common.files.verdict import FileVerdict, Verdict

BATCH_MAX = 50
LOST = "file.missing"


def recheck_held() -> int:
    """How many files were decided. Stops where the scanner falls silent again; one that it has no word for lets the
    others pass."""
    done = last_id = 0
    for _ in range(BATCH_MAX):
        looked_at = _recheck_next(last_id) if scanner_answers() else None
        if looked_at is None:
            break
        last_id, is_decided = looked_at
        done += is_decided
    return done


@transaction.atomic
def _recheck_next(after_id: int) -> tuple[int, bool] | None:
    """The oldest of these files behind `after_id`, and whether it is decided now; None when there is none."""
    held = FiledPaper.objects.select_for_update(no_key=True, skip_locked=True, of=("self",))
    paper = held.filter(UNDECIDED, pk__gt=after_id).order_by("id").first()
    return None if paper is None else (paper.pk, _recheck(paper))


def _recheck(paper: FiledPaper) -> bool:
    """Whether it is shown or refused now; False while the scanner has no word for it."""
    try:
        with paper.file.open("rb") as file:
            raw = file.read()
    except FileNotFoundError:
        return _decide(paper, UploadState.REFUSED, LOST)
    verdict = recheck(raw, name=paper.name)
    if verdict.verdict == Verdict.QUARANTINED:
        return False
    if verdict.verdict == Verdict.REFUSED:
        return _decide(paper, UploadState.REFUSED, verdict.code)
    _show(paper, raw, verdict)
    return True


def _show(paper: FiledPaper, raw: bytes, verdict: FileVerdict) -> None:
    """The file that was held becomes the original; what people see takes its place."""
    held = paper.file.name or ""
    kept = keep_file(content_of(raw, verdict), held)
    try:
        paper.file.name, paper.original.name = kept
        _decide(paper, UploadState.SHOWN, verdict.code)
    except BaseException:
        drop_file(kept[0])
        raise
    transaction.on_commit(lambda: paper.file.storage.delete(held))


def _decide(paper: FiledPaper, state: UploadState, code: str) -> bool:
    paper.state, paper.check_code = state, code
    paper.save(update_fields=["state", "check_code", "file", "original"])
    return True
