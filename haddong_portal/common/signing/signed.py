"""Whether a file carries signatures, and where one's bytes lie; read from the bytes, for files nobody trusts yet."""

from __future__ import annotations

import re

from asn1crypto import algos, cms, core, x509

# A signature's dictionary cannot hide in a compressed stream: what it covers is told by places in the file.
MARK = b"/ByteRange"
_HEX = re.compile(rb"<[0-9a-f]*>|<[0-9A-F]*>")


def is_signed(content: bytes) -> bool:
    """Whether the file says of itself that it is signed; whether it is true is `verify_pdf`'s business."""
    return MARK in content


def container_is_exact(content: bytes, byte_range: list[int], der: bytes) -> bool:
    """Whether the gap that a signature leaves holds the signature and nothing else.

    The gap is the one place that no digest covers. It must be one hexadecimal string in one case: the signature's DER,
    then zeros.
    """
    if len(byte_range) != 4:
        return False
    gap = content[byte_range[0] + byte_range[1] : byte_range[2]]
    if not _HEX.fullmatch(gap):
        return False
    held = bytes.fromhex(gap[1:-1].decode())
    return held.startswith(der) and not held[len(der) :].strip(b"\x00")


def message_is_exact(signed: cms.SignedData, certificate: x509.Certificate) -> bool:
    """Whether the parts of a signature that no digest covers say what RFC 5652 prescribes, and nothing else.

    Those are the versions, who is said to have signed, and the digest algorithms; certificates prove themselves by
    their path.
    """
    (signer,) = signed["signer_infos"]
    by_key_id = signer["sid"].name == "subject_key_identifier"
    return (
        (by_key_id or _names(signer["sid"].chosen, certificate))
        and signer["version"].native == ("v3" if by_key_id else "v1")
        and signed["version"].native == ("v3" if by_key_id else "v1")
        and all(_is_plain(each) for each in (*signed["digest_algorithms"], signer["digest_algorithm"]))
        and signer["digest_algorithm"]["algorithm"].native
        in {each["algorithm"].native for each in signed["digest_algorithms"]}
    )


def _names(issuer: cms.IssuerAndSerialNumber, certificate: x509.Certificate) -> bool:
    return bool(
        issuer["issuer"].dump() == certificate.issuer.dump()
        and issuer["serial_number"].native == certificate.serial_number
    )


def _is_plain(algorithm: algos.DigestAlgorithm) -> bool:
    """A known digest without parameters, or with the empty one."""
    name = algorithm["algorithm"].native
    bare = algos.DigestAlgorithm({"algorithm": name})
    empty = algos.DigestAlgorithm({"algorithm": name, "parameters": core.Null()})
    return algorithm.dump() in (bare.dump(), empty.dump())
