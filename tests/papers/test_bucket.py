"""The store in an S3 bucket: a real server process, the settings as a deployment gives them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import environ
import httpx
import pytest
from django.conf import settings
from django.test import override_settings

from dossiers.papers.constants import FileState
from dossiers.papers.models import StoredFile
from dossiers.papers.services.clear_orphans import clear_orphans
from dossiers.papers.services.paper_data import FileContent
from dossiers.papers.services.store_paper import store_paper
from dossiers.papers.services.sweep_files import sweep_files
from haddong_portal.common.actors import Actor
from haddong_portal.common.blobs.marks import mark_of, path_of
from haddong_portal.common.blobs.storage import BlobMissing, BlobUnreachable, delete_blob, has_blob, put_blob, read_blob
from haddong_portal.common.errors import DomainError
from haddong_portal.settings.papers import papers_storage
from tests.factories import MORNING
from tests.papers.conftest import content, data_of
from tests.scale import wait_for

BUCKET, PREFIX = "giay-to", "kho"
CREDENTIALS = {"aws_access_key_id": "test", "aws_secret_access_key": "test", "region_name": "us-east-1"}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an S3 server that ends with the module."""
    port = _free_port()
    program = Path(sys.executable).with_name("moto_server")
    log = tmp_path_factory.mktemp("s3") / "log"
    with log.open("wb") as out:
        process = subprocess.Popen([program, "-H", "127.0.0.1", "-p", str(port)], stdout=out, stderr=out)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(lambda: _answers(address), within_seconds=60, what="the S3 server")
        yield address
    finally:
        process.terminate()
        process.wait(20)


def _free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _answers(address: str) -> bool:
    try:
        return httpx.get(f"{address}/moto-api/", timeout=2).status_code == 200
    except httpx.HTTPError:
        return False


@pytest.fixture
def bucket(server: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """An empty bucket, and the portal keeping its papers in it."""
    import boto3

    client = boto3.client("s3", endpoint_url=server, **CREDENTIALS)
    httpx.post(f"{server}/moto-api/reset")
    client.create_bucket(Bucket=BUCKET)
    for name, value in {
        "PAPERS_S3_BUCKET": BUCKET,
        "PAPERS_S3_ENDPOINT": server,
        "PAPERS_S3_REGION": "us-east-1",
        "PAPERS_S3_ACCESS_KEY": "test",
        "PAPERS_S3_SECRET_KEY": "test",
        "PAPERS_S3_PREFIX": PREFIX,
        "PAPERS_S3_ADDRESSING": "path",
    }.items():
        monkeypatch.setenv(name, value)
    with override_settings(STORAGES={**settings.STORAGES, "papers": papers_storage(environ.Env(), root="unused")}):
        yield client


def test_the_settings_choose_folder_or_bucket(tmp_path: Path) -> None:
    assert "PAPERS_S3_BUCKET" not in os.environ
    folder = papers_storage(environ.Env(), root=str(tmp_path))
    assert folder["OPTIONS"] == {"location": str(tmp_path)}


@pytest.mark.django_db
def test_a_paper_lives_in_the_bucket_sealed_and_once(
    bucket: Any, paper_types: None, desk_clerk_lan: Actor, tu: Any
) -> None:
    secret = b"%PDF-1.7 So dinh danh 001090123411 " + bytes(3 * 1024 * 1024)
    file: FileContent = content(secret)
    store_paper(actor=desk_clerk_lan, data=data_of(tu), content=file, now=MORNING)
    (entry,) = bucket.list_objects_v2(Bucket=BUCKET)["Contents"]
    assert entry["Key"] == f"{PREFIX}/{path_of(mark_of(secret))}"
    raw = bucket.get_object(Bucket=BUCKET, Key=entry["Key"])["Body"].read()
    assert b"001090123411" not in raw and secret[:24] not in raw
    assert read_blob(mark_of(secret)) == secret


@pytest.mark.django_db
def test_a_tampered_and_a_lost_object_are_found(bucket: Any, paper_types: None, desk_clerk_lan: Actor, tu: Any) -> None:
    one, two = content(b"one"), content(b"two")
    for file in (one, two):
        store_paper(actor=desk_clerk_lan, data=data_of(tu), content=file, now=MORNING)
    key = f"{PREFIX}/{path_of(mark_of(b'one'))}"
    raw = bytearray(bucket.get_object(Bucket=BUCKET, Key=key)["Body"].read())
    raw[-1] ^= 1
    bucket.put_object(Bucket=BUCKET, Key=key, Body=bytes(raw))
    delete_blob(mark_of(b"two"))
    with pytest.raises(BlobMissing):
        read_blob(mark_of(b"two"))
    found = sweep_files(now=MORNING + timedelta(days=31))
    assert (found.checked, found.damaged, found.missing) == (2, 1, 1)
    assert dict(StoredFile.objects.values_list("mark", "state")) == {
        mark_of(b"one"): FileState.DAMAGED,
        mark_of(b"two"): FileState.MISSING,
    }


@pytest.mark.django_db
def test_orphans_of_a_bucket_are_removed(bucket: Any, paper_types: None, desk_clerk_lan: Actor, tu: Any) -> None:
    store_paper(actor=desk_clerk_lan, data=data_of(tu), content=content(b"held"), now=MORNING)
    put_blob(b"left", mark_of(b"left"))
    from haddong_portal.common import clock

    assert clear_orphans(now=clock.now()) == 0
    assert clear_orphans(now=clock.now() + timedelta(days=2)) == 1
    assert has_blob(mark_of(b"held")) and not has_blob(mark_of(b"left"))


@pytest.mark.django_db
def test_a_bucket_that_does_not_answer_is_said_so(
    bucket: Any, paper_types: None, desk_clerk_lan: Actor, tu: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAPERS_S3_ENDPOINT", f"http://127.0.0.1:{_free_port()}")
    with override_settings(STORAGES={**settings.STORAGES, "papers": papers_storage(environ.Env(), root="unused")}):
        with pytest.raises(BlobUnreachable):
            read_blob(mark_of(b"any"))
        with pytest.raises(DomainError) as refused:
            store_paper(actor=desk_clerk_lan, data=data_of(tu), content=content(b"held"), now=MORNING)
    assert (refused.value.code, refused.value.status) == ("paper.unreachable", 503)
    assert not StoredFile.objects.exists()
