"""Pictures are always drawn anew: what is not picture (places, phones, scripts, a second file) stays behind."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image, ImageCms, ImageOps, JpegImagePlugin, MpoImagePlugin, PngImagePlugin  # noqa: F401 - formats

from haddong_portal.common.files.inside.findings import Finding, Refusal
from haddong_portal.common.files.inside.polyglots import refuse_polyglot

FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG"}
HEADS = {"image/jpeg": b"\xff\xd8\xff", "image/png": b"\x89PNG\r\n\x1a\n"}
ENDS = {"image/jpeg": b"\xff\xd9", "image/png": b"IEND"}
SIDE_MAX = 65_500
JPEG_QUALITY = 92
PNG_LEVEL = 3  # twice as fast as 6 for a few per cent of size
Image.MAX_IMAGE_PIXELS = None  # our own limit is checked before anything is decoded


def read_picture(content: bytes, content_type: str, *, pixels_max: int) -> Finding:
    """A finding with the picture drawn anew and upright. Raises Refusal."""
    if ENDS[content_type] not in content:
        raise Refusal("file.truncated")
    refuse_polyglot(content, own_head=HEADS[content_type])
    picture = _opened(content, content_type)
    width, height = picture.size
    if width * height > pixels_max or max(width, height) > SIDE_MAX:
        raise Refusal("file.too_many_pixels")
    removed = _extras(picture)
    shown = _drawn_anew(picture, content_type)
    return Finding(content_type, "file.reencoded", shown, pages=1, images=1, removed=removed)


def _opened(content: bytes, content_type: str) -> Image.Image:
    try:
        return Image.open(io.BytesIO(content), formats=[FORMATS[content_type]])
    except Exception as error:
        raise Refusal("file.damaged") from error


def _extras(picture: Image.Image) -> list[str]:
    exif = picture.getexif()
    found = {
        "exif": bool(exif),
        "gps": 0x8825 in exif,
        "xmp": "xmp" in picture.info,
        "comment": "comment" in picture.info,
    }
    return [name for name, there in found.items() if there]


def _drawn_anew(picture: Image.Image, content_type: str) -> bytes:
    try:
        picture.load()
        upright = _in_plain_colours(ImageOps.exif_transpose(picture), picture.info.get("icc_profile"))
        clean = upright.copy()
        clean.info = {}
        buffer = io.BytesIO()
        clean.save(buffer, FORMATS[content_type], **_options(picture, clean, content_type))
    except MemoryError:
        raise
    except Exception as error:
        raise Refusal("file.truncated" if "truncated" in str(error) else "file.damaged") from error
    return buffer.getvalue()


def _in_plain_colours(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """Colours as any screen shows them, without the profile, which is data of somebody else's."""
    if picture.mode in ("CMYK", "YCbCr", "LAB", "HSV"):
        return picture.convert("RGB")
    if picture.mode != "RGB" or not profile or b"sRGB" in profile[:4096]:
        return picture
    try:
        given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(picture, given, ImageCms.createProfile("sRGB"), outputMode="RGB") or picture
    except ImageCms.PyCMSError:
        return picture


def _options(picture: Image.Image, clean: Image.Image, content_type: str) -> dict[str, Any]:
    dpi = picture.info.get("dpi")
    options: dict[str, Any] = {"dpi": dpi} if dpi and all(1 <= value <= 4800 for value in dpi) else {}
    if content_type == "image/png":
        transparent = picture.info.get("transparency")
        return options | {"compress_level": PNG_LEVEL} | ({} if transparent is None else {"transparency": transparent})
    sampling = JpegImagePlugin.get_sampling(picture) if clean.mode == "RGB" else -1
    tables = getattr(picture, "quantization", None)
    if tables and len(tables) <= 2 and picture.mode == clean.mode and not picture.info.get("icc_profile"):
        options["qtables"] = tables  # the camera's own quality: no larger, hardly worse
    else:
        options["quality"] = JPEG_QUALITY
    return options | {"subsampling": sampling if sampling in (0, 1, 2) else 0}
