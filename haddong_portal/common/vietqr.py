"""The VietQR payment code: what a bank's app reads to fill in account, amount and content.

Standard: EMVCo QR Code Specification for Payment Systems, Merchant-Presented Mode (QRCPS-MPM), in the profile of
NAPAS for transfers 24/7 to an account (NAPAS 247 QR, service QRIBFTTA). A payload is a row of data objects: two
digits of id, two of length, then the value; the last, 63, is a CRC-16/CCITT-FALSE of all before it.
"""

from __future__ import annotations

import binascii
import re
import unicodedata

from haddong_portal.common.errors import DomainError

NAPAS_DOMAIN = "A000000727"
TO_ACCOUNT = "QRIBFTTA"
CURRENCY_VND = "704"
COUNTRY = "VN"
ONE_PAYMENT = "12"  # "dynamic": the code names its amount
CRC_START = 0xFFFF
CRC_HEAD = "6304"
MAX_CONTENT = 25
MAX_AMOUNT_DIGITS = 13

_BIN = re.compile(r"[0-9]{6}")
_ACCOUNT = re.compile(r"[0-9A-Za-z]{1,19}")
_NOT_IN_CONTENT = re.compile(r"[^0-9A-Za-z ]+")
_D_WITH_STROKE = str.maketrans({"đ": "d", "Đ": "D"})


def vietqr_payload(*, bank_bin: str, account_number: str, amount_vnd: int, content: str) -> str:
    """The text of a one-payment VietQR code; feed it to `qr_svg`.

    `bank_bin` is the bank's six digits with NAPAS, `account_number` at most 19 letters and digits, `amount_vnd` whole
    đồng; `content` is folded by `transfer_content` first.
    Raises DomainError "vietqr.bank", "vietqr.account", "vietqr.amount" or "vietqr.content".
    """
    _check(bank_bin, account_number, amount_vnd)
    to_account = _object("00", bank_bin) + _object("01", account_number)
    receiver = _object("00", NAPAS_DOMAIN) + _object("01", to_account) + _object("02", TO_ACCOUNT)
    body = "".join(
        (
            _object("00", "01"),
            _object("01", ONE_PAYMENT),
            _object("38", receiver),
            _object("53", CURRENCY_VND),
            _object("54", str(amount_vnd)),
            _object("58", COUNTRY),
            _object("62", _object("08", transfer_content(content))),
            CRC_HEAD,
        )
    )
    return f"{body}{binascii.crc_hqx(body.encode('ascii'), CRC_START):04X}"


def transfer_content(text: str) -> str:
    """The content as banks pass it on: ASCII letters, digits and single spaces, at most 25 characters.

    Other characters become a space. Raises DomainError "vietqr.content" when nothing is left or it is too long: a cut
    content could name another dossier.
    """
    plain = unicodedata.normalize("NFKD", text.translate(_D_WITH_STROKE))
    bare = "".join(char for char in plain if not unicodedata.combining(char))
    content = " ".join(_NOT_IN_CONTENT.sub(" ", bare).split())
    if not 0 < len(content) <= MAX_CONTENT:
        raise DomainError(
            "vietqr.content", f"Nội dung chuyển khoản phải có từ 1 đến {MAX_CONTENT} ký tự không dấu.", "content"
        )
    return content


def _check(bank_bin: str, account_number: str, amount_vnd: int) -> None:
    if not _BIN.fullmatch(bank_bin):
        raise DomainError("vietqr.bank", "Mã ngân hàng (BIN) phải có đúng 6 chữ số.", "bank_bin")
    if not _ACCOUNT.fullmatch(account_number):
        raise DomainError("vietqr.account", "Số tài khoản chỉ gồm chữ và số, tối đa 19 ký tự.", "account_number")
    if not 0 < amount_vnd < 10**MAX_AMOUNT_DIGITS:
        raise DomainError("vietqr.amount", "Số tiền phải lớn hơn 0 và không quá 13 chữ số.", "amount_vnd")


def _object(object_id: str, value: str) -> str:
    return f"{object_id}{len(value):02d}{value}"
