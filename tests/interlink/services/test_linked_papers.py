"""The first leg's certificate is a signed paper of the store and goes along; papers of agencies come back there."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import override_settings

from dossiers.papers.models import Paper, PaperUse
from haddong_portal.home.demo.papers import result_pdf
from interlink.services.leg_papers import issued_version
from tests.interlink.scene import CHILD_NUMBER, MORNING, Scene
from tests.signing_help import use_home

FOLDER = "haddong_portal.common.blobs.storage.SafeFolderStorage"


def pdf(words: str) -> bytes:
    return result_pdf(
        code="000.99.01.H26-241205-0001",
        number="1/2024",
        name=words,
        procedure="Đăng ký khai sinh",
        applicant="Trần Văn Tú",
        unit="Ủy ban nhân dân phường",
        signer="Phạm Thị Hoa",
        officer="Lê Quang Minh",
        on=MORNING.date(),
    )


@pytest.fixture
def signing(scene: Scene, settings: Any, tmp_path: Path) -> Iterator[Scene]:
    use_home(settings, tmp_path / "signing", scene.ward.key)
    storages = {
        **django_settings.STORAGES,
        "papers": {"BACKEND": FOLDER, "OPTIONS": {"location": str(tmp_path / "store")}},
    }
    with override_settings(STORAGES=storages):
        yield scene


def test_the_signed_certificate_goes_along_and_the_card_comes_back(signing: Scene) -> None:
    scene = signing
    case = scene.birth()
    scene.register(case, file=pdf("Giấy khai sinh"))
    version = issued_version(scene.leg(case, "civil_status"))
    assert version is not None and version.signature_state == "VALID"
    assert version.paper.type.code == "BIRTH_CERTIFICATE" and version.paper.owner_person_id == case.requester_id
    scene.answer(case, "personal_number", "done", facts={"personal_id": CHILD_NUMBER})
    for key in ("permanent_residence", "health_insurance"):
        (paper,) = scene.payload(scene.message(case, key))["papers"]
        assert (paper["slot"], paper["version_id"], paper["sha256"]) == (
            "birth_certificate",
            version.pk,
            version.sha256,
        )
    uses = PaperUse.objects.filter(reference=f"linked:{case.code}", purpose="LINKED")
    assert {use.version_id for use in uses} == {version.pk} and uses.count() == 3
    card = {"slot": "card", "name": "the.pdf", "type": "", "content": base64.b64encode(pdf("Thẻ BHYT")).decode()}
    scene.answer(case, "health_insurance", "done", papers=[card])
    kept = Paper.objects.get(type__code="HEALTH_INSURANCE_CARD")
    assert (kept.owner_person_id, kept.source) == (case.requester_id, "RECEIVED")


def test_a_file_that_cannot_be_kept_does_not_stop_the_case(signing: Scene) -> None:
    case = signing.birth()
    signing.register(case, file=pdf("Giấy khai sinh"))
    signing.answer(case, "personal_number", "done", facts={"personal_id": CHILD_NUMBER})
    bad = {"slot": "card", "name": "x.exe", "type": "", "content": base64.b64encode(b"MZ not a paper").decode()}
    signing.answer(case, "health_insurance", "done", papers=[bad])
    assert signing.states(case)["health_insurance"] == "done"
    assert "reply.paper_refused" in signing.kinds(case)


def test_a_revoked_certificate_holds_the_legs_that_would_take_it_along(signing: Scene) -> None:
    case = signing.birth()
    signing.register(case, file=pdf("Giấy khai sinh"))
    version = issued_version(signing.leg(case, "civil_status"))
    assert version is not None
    Paper.objects.filter(pk=version.paper_id).update(state="REVOKED", revoked_at=MORNING, revoked_reason="Sai")
    signing.answer(case, "personal_number", "done", facts={"personal_id": CHILD_NUMBER})
    held = signing.leg(case, "permanent_residence")
    assert (held.state, held.hold_code) == ("held", "paper")
