"""Keep the table of everyday words: catalogue editors. Writes one Synonym; the search follows within seconds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from haddong_portal.common.actors import Actor
from haddong_portal.common.codes import national_procedure_code
from haddong_portal.common.errors import DomainError, NotFound
from haddong_portal.common.text import clean_text, fold
from procedures.models import Synonym
from procedures.permissions import EDIT
from procedures.services.revision import bump_revision

TERM_MAX = 120
MEANINGS_MAX = 10
CODES_MAX = 20


def save_synonym(
    *,
    actor: Actor,
    term: str,
    means: Sequence[str] = (),
    codes: Sequence[str] = (),
    note: str = "",
    now: datetime | None = None,
) -> Synonym:
    """The word and what it means; the same word without diacritics is the same entry.

    DomainError `synonym.empty`, `synonym.too_long`, `synonym.no_meaning`, `codes.procedure`.
    """
    actor.require(EDIT)
    word, folded = clean_text(term), fold(term)
    if not folded:
        raise DomainError("synonym.empty", "Chưa nhập từ thường dùng.", "term")
    if len(word) > TERM_MAX:
        raise DomainError("synonym.too_long", f"Từ thường dùng dài quá {TERM_MAX} ký tự.", "term")
    meanings = [clean_text(meaning)[:200] for meaning in means if fold(meaning)][:MEANINGS_MAX]
    known = list(dict.fromkeys(national_procedure_code(code) for code in codes))[:CODES_MAX]
    if not meanings and not known:
        raise DomainError("synonym.no_meaning", "Phải nêu từ trong danh mục hoặc mã thủ tục.", "means")
    wanted: dict[str, object] = {"term": word, "means": meanings, "codes": known, "note": clean_text(note)[:300]}
    with transaction.atomic():
        return _write(folded, wanted, now)


def delete_synonym(*, actor: Actor, synonym_id: int, now: datetime | None = None) -> None:
    """Take a word out; NotFound `synonym.not_found`."""
    actor.require(EDIT)
    with transaction.atomic():
        found = Synonym.objects.select_for_update().filter(pk=synonym_id).first()
        if found is None:
            raise NotFound("Không có từ này trong bảng.", code="synonym.not_found")
        found.delete()
        bump_revision(now=now)


def _write(folded: str, wanted: dict[str, object], now: datetime | None) -> Synonym:
    row = Synonym.objects.select_for_update().filter(term_folded=folded).first() or Synonym(term_folded=folded)
    if row.pk and all(getattr(row, name) == value for name, value in wanted.items()):
        return row
    for name, value in wanted.items():
        setattr(row, name, value)
    row.save()
    bump_revision(now=now)
    return row
