"""One file read in a process that may be killed at any moment: the answer, or a refusal."""

from __future__ import annotations

from typing import Any

import pikepdf

from haddong_portal.common.files.inside.findings import Finding, Refusal
from haddong_portal.common.files.inside.kinds import kind_of
from haddong_portal.common.files.inside.pdfs import read_pdf
from haddong_portal.common.files.inside.pictures import read_picture


def read_file(content: bytes, limits: dict[str, Any]) -> Finding:
    """Raises Refusal and nothing else."""
    try:
        content_type = kind_of(content)
        if content_type == "application/pdf":
            return read_pdf(content, limits)
        return read_picture(content, content_type, pixels_max=limits["pixels_max"])
    except Refusal:
        raise
    except MemoryError:
        raise Refusal("file.too_heavy") from None
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError, AttributeError, KeyError, OSError) as error:
        raise Refusal("file.damaged") from error
    except Exception as error:
        raise Refusal("file.parser_failed") from error
