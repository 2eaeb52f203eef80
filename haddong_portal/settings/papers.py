"""Where the paper store keeps its sealed files, as the environment says."""

from __future__ import annotations

from typing import Any

FOLDER = "haddong_portal.common.blobs.storage.SafeFolderStorage"
BUCKET = "storages.backends.s3.S3Storage"
# Reading a paper must not hang a counter: seconds until an unreachable bucket is an error, and tries in all.
CONNECT_SECONDS, READ_SECONDS, TRIES = 5, 30, 3


def papers_storage(env: Any, *, root: str) -> dict[str, Any]:
    """The storage alias `papers`: a private folder, or the bucket of PAPERS_S3_BUCKET."""
    bucket = env.str("PAPERS_S3_BUCKET", default="")
    if not bucket:
        return {"BACKEND": FOLDER, "OPTIONS": {"location": root}}
    return {
        "BACKEND": BUCKET,
        "OPTIONS": {
            "bucket_name": bucket,
            "endpoint_url": env.str("PAPERS_S3_ENDPOINT", default="") or None,
            "region_name": env.str("PAPERS_S3_REGION", default="") or None,
            "access_key": env.str("PAPERS_S3_ACCESS_KEY", default="") or None,
            "secret_key": env.str("PAPERS_S3_SECRET_KEY", default="") or None,
            "location": env.str("PAPERS_S3_PREFIX", default=""),
            "default_acl": "private",
            "client_config": _client_config(env.str("PAPERS_S3_ADDRESSING", default="auto")),
        },
    }


def _client_config(addressing: str) -> Any:
    from botocore.config import Config  # loaded only by portals that keep their papers in a bucket

    return Config(
        s3={"addressing_style": addressing},
        connect_timeout=CONNECT_SECONDS,
        read_timeout=READ_SECONDS,
        retries={"max_attempts": TRIES, "mode": "standard"},
    )
