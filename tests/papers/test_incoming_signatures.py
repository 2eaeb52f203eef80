"""Signed files coming into the store: verified, the original untouched, the shown copy without active content."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from dossiers.papers.constants import OwnerRef, SignatureState, Trust, UsePurpose
from dossiers.papers.models import Paper
from dossiers.papers.services.paper_data import FileContent
from dossiers.papers.services.reading import read_file
from dossiers.papers.services.use_paper import use_paper
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import Conflict, DomainError
from haddong_portal.common.files.check import check_file
from tests.factories import MORNING
from tests.signing_help import plain_pdf, signed_pdf, use_home

pytestmark = pytest.mark.django_db
Store = Callable[..., Paper]


@pytest.fixture(autouse=True)
def _home(settings: Any, tmp_path: Path) -> None:
    use_home(settings, tmp_path / "signing")


def incoming(content: bytes, **changes: Any) -> FileContent:
    """As a door makes it: checked by common.files, nothing said of signatures."""
    verdict = check_file(content, name="giay.pdf")
    assert verdict.shown is not None
    values = {
        "original": content,
        "shown": verdict.shown,
        "content_type": verdict.content_type,
        "page_count": verdict.pages,
        "image_count": verdict.images,
        "sha256": verdict.sha256,
    }
    return FileContent(**values | changes)


def with_script() -> bytes:
    with pikepdf.open(io.BytesIO(plain_pdf())) as pdf:
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        target = io.BytesIO()
        pdf.save(target)
    return signed_pdf(target.getvalue(), now=MORNING)


def test_a_valid_signature_is_found_at_upload(stored: Store) -> None:
    paper = stored(file=incoming(signed_pdf(now=MORNING)), trust=Trust.CHECKED)

    assert paper.current_version is not None
    assert paper.current_version.signature_state == SignatureState.VALID
    assert paper.current_version.signature["signatures"][0]["trusted"] is True


def test_a_broken_signature_is_found_at_upload(stored: Store) -> None:
    signed = signed_pdf(now=MORNING)
    at = signed.index(b"stream\n") + 12
    paper = stored(file=incoming(signed[:at] + b"9" + signed[at + 1 :]), trust=Trust.CHECKED)

    assert paper.current_version is not None
    assert paper.current_version.signature_state == SignatureState.INVALID


def test_what_claims_a_valid_signature_must_have_one(stored: Store) -> None:
    signed = signed_pdf(now=MORNING)
    at = signed.index(b"stream\n") + 12
    broken = incoming(signed[:at] + b"9" + signed[at + 1 :], signature_state=SignatureState.VALID)
    with pytest.raises(DomainError) as refused:
        stored(file=broken)

    assert refused.value.code == "paper.not_signed"


def test_the_original_is_kept_untouched_beside_a_harmless_copy(stored: Store) -> None:
    original = with_script()
    paper = stored(file=incoming(original), trust=Trust.CHECKED)

    assert paper.current_version is not None
    shown = read_file(paper.current_version.shown)
    assert read_file(paper.current_version.original) == original
    assert b"JavaScript" in original and b"JavaScript" not in shown
    assert paper.current_version.signature_state == SignatureState.VALID


def test_a_signature_is_verified_again_when_the_paper_is_used(
    stored: Store, desk_clerk_lan: Actor, tu: OwnerRef, settings: Any
) -> None:
    paper = stored(file=incoming(signed_pdf(now=MORNING)), trust=Trust.CHECKED)

    def use() -> Any:
        return use_paper(
            actor=desk_clerk_lan,
            paper_id=paper.pk,
            owner=tu,
            type_codes=["MARITAL_STATUS"],
            purpose=UsePurpose.INTAKE,
            reference="dossier:x",
            now=MORNING,
        )

    settings.PAPERS_TRUST_MIN = Trust.CHECKED
    settings.SIGNING_TRUST_ROOTS = []
    with pytest.raises(Conflict) as refused:
        use()
    assert refused.value.code == "paper.bad_signature"
    settings.SIGNING_TRUST_ROOTS = [f"{settings.SIGNING_HOME}/demo-ca.pem"]
    assert use().version.paper_id == paper.pk
