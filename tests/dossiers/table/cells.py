"""One cell of the table: what the declared tables say of it, what the real service does, and the difference."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache

from django.apps import apps
from django.db import connection, transaction

from dossiers.constants import Status
from dossiers.models import Dossier, DossierEvent
from dossiers.rules.lifecycle import MOVES, Command, Move
from dossiers.services.notifying import reference_of
from haddong_portal.accounts.constants import Role
from haddong_portal.common.errors import DomainError
from haddong_portal.notices.constants import NoticeEvent
from haddong_portal.notices.models import Notice
from tests.dossiers.table.arguments import Cell, arguments_for, service_of

Refusal = tuple[str, int]
NO_RIGHT: Refusal = ("auth.not_allowed", 403)
NOT_SEEN: Refusal = ("dossier.not_found", 404)
ILLEGAL: Refusal = ("dossier.illegal_move", 409)
# An illegal move that somebody else has just made oneself late for, told with who and when.
WITH_WHO_AND_WHEN = frozenset({"dossier.signed"})
# In the right state and with the right, an act may still be somebody else's: these refusals are lawful there.
NOT_THEIRS: frozenset[str] = frozenset(
    {
        "dossier.wrong_role",
        "dossier.wrong_step",
        "dossier.taken",
        "dossier.not_holder",
        "dossier.other_unit",
        "dossier.moved",
        "dossier.branch_open",
        "dossier.branch_not_found",
        "dossier.not_earlier_step",
        "dossier.not_colleague",
        "reassign.not_held",
        "delivery.not_next",
        "delivery.taken",
        "opinion.not_asked",
        "dossier.other_desk",
        "filing.other_way",
        "supplement.none_open",
        "charge.not_found",
        "withdrawal.not_accepted",
    }
)
# Theirs, but something must be done first; the page may offer it, and the sentence says what is missing.
NOT_YET = frozenset({"hand_over.unpaid"})
# A corrected word is no news; a new receipt with the same date neither.
TOLD_SOMETIMES = frozenset({Command.CORRECT, Command.REISSUE_RECEIPT})


def expected(command: Command, role: Role, status: Status, *, sees_it: bool = True) -> Refusal | None:
    """The refusal that the tables declare; None where the act is open to this role in this state."""
    move = MOVES[command]
    if role not in move.roles:
        return NO_RIGHT
    if not sees_it:
        return NOT_SEEN
    return None if status in move.from_states else ILLEGAL


def refused(command: Command, cell: Cell) -> DomainError | None:
    """Do an act that must be refused; None when it was done after all."""
    given = arguments_for(command, cell)
    try:
        service_of(command)(**given)
    except DomainError as refusal:
        return _of_the_dossier(refusal)
    return None


def _of_the_dossier(refusal: DomainError) -> DomainError:
    """A list is refused as a whole; its one line says why this dossier cannot go."""
    if refusal.code != "delivery.refused":
        return refusal
    (line,) = refusal.data["lines"]  # type: ignore[misc]  # as hand_over_batch writes it
    status = NOT_SEEN[1] if line["reason"] == NOT_SEEN[0] else refusal.status
    return DomainError(line["reason"], line["message"], status=status)


def attempt(command: Command, cell: Cell) -> DomainError | str:
    """Do an act that is open, look at what it left, and undo it: the refusal, or what is wrong ("" is nothing)."""
    cell = replace(cell, is_open=True)
    with undone():
        given, last, before = arguments_for(command, cell), _last_event(cell), snapshot(cell.dossier)
        last_notice = _last_notice()
        try:
            service_of(command)(**given)
        except DomainError as refusal:
            same = snapshot(cell.dossier) == before
            return _of_the_dossier(refusal) if same else f"changed something before {refusal.code}"
        _settle()
        if cell.dossier is None:
            return "" if snapshot(None) != before else "left nothing behind"
        return _wrong(MOVES[command], cell, last) or _mistold(MOVES[command], cell, last_notice)


@contextmanager
def undone() -> Iterator[None]:
    """A savepoint that is always rolled back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _settle() -> None:
    """Constraints that wait for the commit speak now."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _last_event(cell: Cell) -> int:
    last = DossierEvent.objects.filter(dossier=cell.dossier).order_by("-pk").values_list("pk", flat=True).first()
    return last or 0


def _wrong(move: Move, cell: Cell, last_event: int) -> str:
    """State, history and version after an act that was done."""
    was, now = cell.at_hand, Dossier.objects.get(pk=cell.at_hand.pk)
    events = list(DossierEvent.objects.filter(dossier=now, pk__gt=last_event).order_by("pk"))
    if now.status not in move.to:
        return f"leads to {now.status}"
    if move.keeps_state and now.status != was.status:
        return f"does not keep the state: {now.status}"
    if not events or events[0].from_status != was.status or events[-1].to_status != now.status:
        return f"its events do not tell the move: {[(one.kind, one.from_status, one.to_status) for one in events]}"
    if now.row_version <= was.row_version:
        return "does not count the dossier's version on"
    return ""


def _last_notice() -> int:
    return Notice.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def _mistold(move: Move, cell: Cell, last_notice: int) -> str:
    """Whether the applicant hears what the table declares, and so what the act's form says before it is pressed.

    A rule speaks once a day: what was said before the act counts, too.
    """
    said = Notice.objects.filter(reference=reference_of(cell.at_hand.pk), user_id__isnull=True)
    new = set(said.filter(pk__gt=last_notice).values_list("event", flat=True)) - {NoticeEvent.RECEIPT_REISSUED}
    if new - {move.notice}:
        return f"tells the applicant {sorted(new)}, the table says {move.notice!r}"
    if move.notice and move.command not in TOLD_SOMETIMES and not said.filter(event=move.notice).exists():
        return f"does not tell the applicant {move.notice!r}"
    return ""


def is_vietnamese_sentence(text: str) -> bool:
    """As people are told: a capital first, marks on its letters, a full stop."""
    return text[:1].isupper() and not text.isascii() and text.rstrip().endswith((".", "”."))


@cache
def _snapshot_sql() -> str:
    """A fingerprint of every row that a dossier has anywhere in its app, with its messages."""
    tables = ["SELECT md5(string_agg(t::text, '|')) FROM dossiers_dossier t WHERE t.id = %(id)s"]
    for model in apps.get_app_config("dossiers").get_models():
        if any(field.name == "dossier" for field in model._meta.concrete_fields):
            table = model._meta.db_table
            tables.append(
                f"SELECT md5(string_agg(t::text, '|' ORDER BY t.id)) FROM {table} t WHERE t.dossier_id = %(id)s"
            )
    tables.append(
        f"SELECT md5(string_agg(t::text, '|' ORDER BY t.id)) FROM {Notice._meta.db_table} t "
        "WHERE t.reference = 'dossier:' || %(id)s"
    )
    return "\nUNION ALL ".join(tables)


def snapshot(dossier: Dossier | None) -> list[tuple[str | None]]:
    """Equal while nothing of the dossier, its history, slips and messages has changed; without one, their counts."""
    with connection.cursor() as cursor:
        if dossier is None:
            cursor.execute(
                "SELECT count(*)::text FROM dossiers_dossier UNION ALL SELECT count(*)::text FROM dossiers_slip"
            )
        else:
            cursor.execute(_snapshot_sql(), {"id": dossier.pk})
        return list(cursor.fetchall())
