"""What an address asks for, as clean text: no control characters, one space between words, a sane length."""

from __future__ import annotations

from django.http import HttpRequest


def asked(request: HttpRequest, name: str, length_max: int = 80) -> str:
    """The value of a query parameter, "" when absent. A NUL byte never reaches the database."""
    printable = "".join(char if char.isprintable() else " " for char in request.GET.get(name, "")[: 4 * length_max])
    return " ".join(printable.split())[:length_max]


def asked_number(request: HttpRequest, name: str, digits_max: int = 9) -> int | None:
    """A plain number of a query parameter; None for anything else."""
    text = asked(request, name, digits_max + 1)
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= digits_max else None
