"""A signing home of the test's own, with the demo's authority trusted and a certificate for one ward."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import LazySettings

from tests.signing_help import WARD, certify


@pytest.fixture
def home(tmp_path: Path, settings: LazySettings) -> Path:
    folder = tmp_path / "signing"
    settings.SIGNING_HOME = str(folder)
    settings.SIGNING_TRUST_ROOTS = [str(folder / "demo-ca.pem")]
    settings.SIGNING_CERTIFICATES = {}
    settings.SIGNING_CRLS = []
    settings.SIGNING_TSA_URL = ""
    certify(folder, WARD)
    return folder
