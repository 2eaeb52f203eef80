"""Papers drawn for the tests: Vietnamese print on a page of A4 at a chosen resolution, turned, dark or on a desk."""

from __future__ import annotations

import io
import random
from difflib import SequenceMatcher
from importlib.resources import files
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, ImageFont

A4_INCHES = (8.27, 11.69)
# The red of a seal.
SEAL = (196, 30, 45)

BIRTH_CERTIFICATE = (
    "ỦY BAN NHÂN DÂN PHƯỜNG VĂN QUÁN",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "Số: 123/2019",
    "GIẤY KHAI SINH",
    "Họ, chữ đệm, tên: NGUYỄN THỊ THU HƯỜNG",
    "Ngày, tháng, năm sinh: 12/07/1990",
    "Giới tính: Nữ   Dân tộc: Kinh   Quốc tịch: Việt Nam",
    "Số định danh cá nhân: 001190004567",
    "Nơi sinh: Bệnh viện Đa khoa Hà Đông, thành phố Hà Nội",
    "Họ, chữ đệm, tên người mẹ: TRẦN THỊ NGỌC BÍCH",
    "Họ, chữ đệm, tên người cha: NGUYỄN VĂN ĐỨC",
    "Nơi đăng ký khai sinh: Ủy ban nhân dân phường Văn Quán, quận Hà Đông",
    "Ngày, tháng, năm đăng ký: 15/08/2019",
)


def fonts() -> Path:
    """The folder of the fonts the portal's own documents are set in."""
    return Path(str(files("fontpkg_be_vietnam_pro"))) if _has_fonts() else Path("/usr/share/fonts")


def _has_fonts() -> bool:
    try:
        files("fontpkg_be_vietnam_pro")
    except ModuleNotFoundError:
        return False
    return True


def _font(size: int) -> ImageFont.FreeTypeFont:
    found = sorted(fonts().rglob("BeVietnamPro-Regular.ttf")) or sorted(fonts().rglob("*Regular.[ot]tf"))
    return ImageFont.truetype(str(found[0]), size)


def page(
    lines: tuple[str, ...] = BIRTH_CERTIFICATE,
    *,
    dpi: int = 300,
    skew: float = 0.0,
    light: float = 1.0,
    blur: float = 0.0,
    seal: bool = False,
    desk: bool = False,
    speckle: int = 0,
) -> Image.Image:
    """The page as a scanner (or, with `desk`, a telephone) sees it. `skew` in degrees, `light` 1 is full."""
    width, height = (round(side * dpi) for side in A4_INCHES)
    sheet = Image.new("RGB", (width, height), "white")
    pen, font = ImageDraw.Draw(sheet), _font(round(dpi * 0.18))
    for row, line in enumerate(lines):
        pen.text((dpi * 0.8, dpi * (1.0 + row * 0.45)), line, fill=(20, 20, 30), font=font)
    if seal:
        centre, radius = (width * 0.7, height * 0.8), dpi * 0.7
        box = (centre[0] - radius, centre[1] - radius, centre[0] + radius, centre[1] + radius)
        pen.ellipse(box, outline=SEAL, width=max(3, dpi // 30))
    for _ in range(speckle):
        pen.point((random.Random(_).randrange(width), random.Random(-_ - 1).randrange(height)), fill=(90, 90, 90))
    if skew:
        sheet = sheet.rotate(skew, expand=False, fillcolor="white", resample=Image.Resampling.BICUBIC)
    if desk:
        table = Image.new("RGB", (round(width * 1.2), round(height * 1.15)), (52, 40, 34))
        table.paste(sheet, (round(width * 0.1), round(height * 0.08)))
        sheet = table
    if blur:
        sheet = sheet.filter(ImageFilter.GaussianBlur(blur * dpi / 100))
    return sheet.point(lambda level: int(level * light)) if light != 1.0 else sheet


def jpeg(picture: Image.Image, *, dpi: int = 300) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=88, dpi=(dpi, dpi))
    return buffer.getvalue()


def character_error_rate(read: str, drawn: tuple[str, ...]) -> float:
    """Letters wrong or missing in every hundred drawn; white space counts as one blank."""
    wanted, found = " ".join(" ".join(drawn).split()), " ".join(read.split())
    same = sum(block.size for block in SequenceMatcher(None, wanted, found, autojunk=False).get_matching_blocks())
    return 1 - same / len(wanted)
