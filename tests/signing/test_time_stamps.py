"""With a time-stamping authority: its time counts, over plain HTTP as in life (a small RFC 3161 server of the test)."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from asn1crypto import keys, tsp, x509
from cryptography import x509 as c_x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID
from django.conf import LazySettings
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from haddong_portal.common.errors import DomainError
from haddong_portal.common.signing.demo_ca import Authority, _builder, _name
from haddong_portal.common.signing.report import SignatureState
from haddong_portal.common.signing.verify_pdf import verify_pdf
from tests.signing_help import NOW, pem_of, signed_pdf, stranger

STAMPED_AT = NOW + timedelta(minutes=3)


def _stamper(authority: Authority) -> DummyTimeStamper:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    use = c_x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
    name = _name("TSA thử", "TSA thử")
    built = _builder(name, authority.certificate.subject, key, NOW).add_extension(use, critical=True)
    certificate = built.sign(authority.key, hashes.SHA256())
    return DummyTimeStamper(
        tsa_cert=x509.Certificate.load(certificate.public_bytes(Encoding.DER)),
        tsa_key=keys.PrivateKeyInfo.load(key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())),
        certs_to_embed=SimpleCertificateStore(),
        fixed_dt=STAMPED_AT,
    )


@pytest.fixture
def authority(home: Path, settings: LazySettings) -> Authority:
    made = stranger()
    (home / "tsa.pem").write_bytes(pem_of(made))
    settings.SIGNING_TRUST_ROOTS = [*settings.SIGNING_TRUST_ROOTS, str(home / "tsa.pem")]
    return made


@pytest.fixture
def service(authority: Authority, settings: LazySettings) -> Iterator[ThreadingHTTPServer]:
    stamper = _stamper(authority)

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
            answer = stamper.request_tsa_response(asked).dump()
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.SIGNING_TSA_URL = f"http://127.0.0.1:{server.server_port}/"
    yield server
    server.shutdown()
    server.server_close()


def test_the_authority_vouches_for_the_time(service: ThreadingHTTPServer) -> None:
    report = verify_pdf(signed_pdf(), NOW + timedelta(days=1))

    assert report.state == SignatureState.VALID
    assert report.signatures[0].time_trusted
    assert report.signatures[0].signed_at == STAMPED_AT


def test_an_unknown_authority_vouches_for_nothing(service: ThreadingHTTPServer, settings: LazySettings) -> None:
    signed = signed_pdf()
    settings.SIGNING_TRUST_ROOTS = settings.SIGNING_TRUST_ROOTS[:1]

    assert not verify_pdf(signed, NOW + timedelta(days=1)).signatures[0].time_trusted


def test_a_service_that_is_away_is_said(home: Path, settings: LazySettings) -> None:
    settings.SIGNING_TSA_URL = "http://127.0.0.1:9/"
    with pytest.raises(DomainError) as refused:
        signed_pdf()

    assert (refused.value.code, refused.value.status) == ("signing.timestamp_failed", 503)
