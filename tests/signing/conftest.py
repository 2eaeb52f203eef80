"""A signing home of the test's own, with the demo's authority trusted and a certificate for one ward."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import LazySettings

from tests.signing_help import use_home


@pytest.fixture
def home(tmp_path: Path, settings: LazySettings) -> Path:
    return use_home(settings, tmp_path / "signing")
