"""Digital signatures: whose keys, which authorities are trusted, a time-stamping service. See docs/deploy.md."""

from __future__ import annotations

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from haddong_portal.settings.environment import HADDONG_HOME, PRODUCTION, env

# `<holder>.p12` for units (by key) and clerks (`staff-<user>`); other places and passwords by holder:
# {"phuong-van-phuc": {"path": "/…/con-dau.p12", "password_env": "VAN_PHUC_P12_PASSWORD"}}
SIGNING_HOME = env.str("SIGNING_HOME", default=str(HADDONG_HOME / "signing"))
SIGNING_CERTIFICATES = env.json("SIGNING_CERTIFICATES", default={})
# The class that finds keys; a hardware module or a remote signing service brings its own.
SIGNING_KEYRING = env.str("SIGNING_KEYRING", default="haddong_portal.common.signing.keys.Pkcs12Keys")
# PEM or DER files: the authorities whose signatures count, and lists of withdrawn certificates.
DEMO_AUTHORITY = str(Path(SIGNING_HOME) / "demo-ca.pem")
SIGNING_TRUST_ROOTS = env.list("SIGNING_TRUST_ROOTS", default=[] if PRODUCTION else [DEMO_AUTHORITY])
SIGNING_CRLS = env.list("SIGNING_CRLS", default=[])
SIGNING_ALLOW_DEMO_CA = env.bool("SIGNING_ALLOW_DEMO_CA", default=False)
# RFC 3161; empty: signatures carry the portal's own clock.
SIGNING_TSA_URL = env.str("SIGNING_TSA_URL", default="")
SIGNING_TSA_USER = env.str("SIGNING_TSA_USER", default="")
SIGNING_TSA_PASSWORD = env.str("SIGNING_TSA_PASSWORD", default="")
# Whether a result is refused when its unit has no certificate; otherwise it is kept unsigned, with less trust.
SIGNING_REQUIRED = env.bool("SIGNING_REQUIRED", default=False)
# How many papers one address may verify in a quarter of an hour.
VERIFY_TRIES_PER_ADDRESS_MAX = env.int("VERIFY_TRIES_PER_ADDRESS_MAX", default=60)


def check_roots() -> None:
    """Refuse to start a production process that trusts the demo's authority, unless the operator says so."""
    from haddong_portal.common.signing.trust import certificates_in, existing, is_demo

    trusted = [path for path in existing(SIGNING_TRUST_ROOTS) if any(map(is_demo, certificates_in(path.read_bytes())))]
    if trusted:
        names = ", ".join(map(str, trusted))
        raise ImproperlyConfigured(
            f"Production must not trust the demo's authority ({names}); see SIGNING_ALLOW_DEMO_CA"
        )


if PRODUCTION and not SIGNING_ALLOW_DEMO_CA:
    check_roots()
