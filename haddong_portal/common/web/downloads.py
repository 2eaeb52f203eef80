"""Files from outside go out again only here: as what they were checked to be, and never as something that runs."""

from __future__ import annotations

from typing import IO

from django.http import FileResponse

SHOWN_TYPES = frozenset({"application/pdf", "image/jpeg", "image/png"})
ENDINGS = {"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png"}
PLAIN_BYTES = "application/octet-stream"


def checked_file(content: IO[bytes], *, content_type: str, name: str, inline: bool = False) -> FileResponse:
    """A private file under a name of ours (without an ending), as a download unless `inline`.

    A type that the checker does not know is sent as plain bytes, as a download. Browsers are told not to guess, and
    nobody keeps a copy on the way.
    """
    known = content_type in SHOWN_TYPES
    response = FileResponse(
        content,
        as_attachment=not (inline and known),
        filename=name + ENDINGS.get(content_type, ""),
        content_type=content_type if known else PLAIN_BYTES,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
