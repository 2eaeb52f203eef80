"""A stored content on its way to a browser: its true type, a name of ours, shown and never run, kept by nobody."""

from __future__ import annotations

from csp.constants import SELF, UNSAFE_INLINE
from django.http import HttpResponse

from dossiers.papers.services.open_paper import OpenedPaper
from haddong_portal.common.web.downloads import PLAIN_BYTES, SHOWN_TYPES

# The browser's own viewers: a PDF counts as an object of its document, a picture is fitted by a style of the browser's.
SHOWN = {"frame-ancestors": [SELF], "object-src": [SELF], "style-src": [UNSAFE_INLINE]}


def content_response(opened: OpenedPaper, *, download: bool = False) -> HttpResponse:
    """Inline for the few types that a viewer shows, a download for everything else and for originals."""
    known = opened.content_type in SHOWN_TYPES
    way = "inline" if known and not download else "attachment"
    response = HttpResponse(opened.content, content_type=opened.content_type if known else PLAIN_BYTES)
    response["Content-Disposition"] = f'{way}; filename="{opened.name}"'
    response["X-Frame-Options"] = "SAMEORIGIN"
    response["Cache-Control"] = "private, no-store"
    return response
