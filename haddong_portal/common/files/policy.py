"""How large and how many: the limits of one check. They are settings, for they change with the machine."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from django.conf import settings

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class FilePolicy:
    """Limits of one check. Lengths in PDF points (1/72 inch), sizes in bytes, time in seconds.

    `scan`: ask the virus scanner where one is configured. `seconds` and `memory_bytes` are kept by the kernel.
    """

    max_bytes: int = 25 * MEGABYTE
    pages_max: int = 500
    page_side_max: int = 7200
    pixels_max: int = 110_000_000
    stream_max_bytes: int = 64 * MEGABYTE
    decoded_max_bytes: int = 1024 * MEGABYTE
    attachments_max_bytes: int = 25 * MEGABYTE
    seconds: int = 20
    memory_bytes: int = 1536 * MEGABYTE
    scan: bool = True

    def as_job(self) -> dict[str, int]:
        """What the reading process needs to know."""
        return asdict(self)

    def facts(self) -> dict[str, int]:
        """The numbers that sentences name."""
        return {
            "max_mb": self.max_bytes // MEGABYTE,
            "pages_max": self.pages_max,
            "megapixels_max": self.pixels_max // 1_000_000,
        }


def default_policy() -> FilePolicy:
    """The limits of this deployment."""
    return FilePolicy(
        max_bytes=settings.UPLOAD_MAX_BYTES,
        pages_max=settings.FILE_PAGES_MAX,
        pixels_max=settings.FILE_PIXELS_MAX,
        seconds=settings.FILE_CHECK_SECONDS,
        memory_bytes=settings.FILE_CHECK_MEMORY_BYTES,
    )
