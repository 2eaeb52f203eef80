"""The corpus of bad files: none comes out clean, none raises, none leaves anything behind."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import psutil
import pypdfium2
import pytest

from haddong_portal.common.files.check import check_file
from haddong_portal.common.files.policy import FilePolicy
from haddong_portal.common.files.sandbox import MODULE, close_helper
from haddong_portal.common.files.verdict import Verdict
from tests.common.files.corpus import BadFile, corpus
from tests.scale import PATIENCE

CORPUS = corpus()
QUICK = FilePolicy(seconds=8)
GONE_SECONDS_MAX = 30 * PATIENCE
ACTS = {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Rendition", "/Movie", "/Sound"}
KEYS = {"/AA", "/JS", "/XFA", "/EmbeddedFiles", "/EF", "/AF", "/Collection", "/OpenAction", "/JavaScript", "/RichMedia"}


@pytest.fixture(scope="module", autouse=True)
def helper_ends() -> Iterator[None]:
    yield
    close_helper()
    assert not _helpers(), "the reading process ends with its portal"


def test_the_corpus_is_large_and_each_case_has_a_name_of_its_own() -> None:
    assert len(CORPUS) >= 60
    assert len({bad.case for bad in CORPUS}) == len(CORPUS)


@pytest.mark.parametrize("bad", CORPUS, ids=lambda bad: bad.case)
def test_a_bad_file_is_never_clean_and_leaves_nothing(
    bad: BadFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    content = bad.make()
    check_file(b"-")  # the reading process runs
    before = (_open_files(), sorted(tmp_path.iterdir()))
    verdict = check_file(content, name=bad.name, policy=QUICK)
    assert verdict.verdict in (Verdict.REFUSED, Verdict.SANITISED)
    assert verdict.code in bad.codes
    assert verdict.sentence and not set(verdict.safe_name) & set('/\\:\x00\n"<>')
    assert (verdict.shown is None) == (verdict.verdict == Verdict.REFUSED)
    assert (_open_files(), sorted(tmp_path.iterdir())) == before
    assert _forks() == []
    if verdict.shown and verdict.content_type == "application/pdf":
        _assert_nothing_acts(verdict.shown)


def _assert_nothing_acts(shown: bytes) -> None:
    """Nothing active is left in the copy, wherever it may lie, and it can be drawn."""
    with pikepdf.open(io.BytesIO(shown)) as pdf:
        for thing in pdf.objects:
            _assert_calm(thing)
        assert KEYS.isdisjoint(pdf.Root.keys())
    with pypdfium2.PdfDocument(shown) as document:
        assert document[0].render(scale=0.2).to_pil().size[0] > 0


def _assert_calm(thing: pikepdf.Object) -> None:
    if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        assert KEYS.isdisjoint(thing.keys())
        assert str(thing.get("/S", "")) not in ACTS
        values = [thing[key] for key in thing.keys()]  # noqa: SIM118 - a PDF dictionary is no mapping
    else:
        values = list(thing) if isinstance(thing, pikepdf.Array) else []
    for value in values:
        if isinstance(value, pikepdf.Object) and not value.is_indirect:
            _assert_calm(value)


def _helpers() -> list[psutil.Process]:
    """The reading processes of this run; its servers are children too."""
    return [child for child in psutil.Process().children() if MODULE in child.cmdline()]


def _forks() -> list[psutil.Process]:
    """Forks of the reading process that stay; one that has just answered may take a moment to be gone."""
    forks = [fork for helper in _helpers() for fork in helper.children()]
    return psutil.wait_procs(forks, timeout=GONE_SECONDS_MAX)[1]


def _open_files() -> int:
    return psutil.Process().num_fds()
