"""What came of a rehearsal, counted in the agencies' own stores and held against the portal's ledger."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from interlink.constants import CaseEventKind, CaseState, LegKind, LegState, MessageKind, MessageState
from interlink.models import AgencyMessage, CaseEvent, Leg, LinkedCase

ASKED = (LegState.DONE, LegState.REFUSED)


@dataclass(frozen=True)
class Figures:
    """`ended_right`: ended, each leg done or skipped, each settled once in the ledger. The rest compares the stores."""

    cases: int
    ended_right: int
    requests: int
    requests_lost: int
    requests_doubled: int
    strangers: int  # requests in a store that the portal does not know or has no receipt for
    repeats: int
    replies: int
    seconds: float
    killed: dict[str, int]

    def as_json(self) -> dict[str, object]:
        return asdict(self)


def count(case_ids: Sequence[int], stores: Iterable[Path], *, seconds: float, killed: dict[str, int]) -> Figures:
    """Reads the stores while nobody writes them any more."""
    rows = [row for store in stores for row in _requests(store)]
    found = Counter(
        (case, leg, generation) for _, case, leg, generation, kind, _ in rows if kind == MessageKind.REQUEST
    )
    legs = Leg.objects.filter(case_id__in=case_ids, kind=LegKind.EXCHANGE).exclude(state=LegState.SKIPPED)
    wanted = {(leg.case.code, leg.key, leg.generation) for leg in legs.select_related("case")}
    known = AgencyMessage.objects.filter(leg__case_id__in=case_ids, state=MessageState.ACKNOWLEDGED)
    ours = {str(pk) for pk in known.values_list("pk", flat=True)}
    return Figures(
        cases=len(case_ids),
        ended_right=sum(_ended_right(case) for case in LinkedCase.objects.filter(pk__in=case_ids)),
        requests=len(rows),
        requests_lost=len(wanted - set(found)),
        requests_doubled=sum(times - 1 for times in found.values()),
        strangers=len({row[0] for row in rows} ^ ours),
        repeats=sum(row[5] for row in rows),
        replies=CaseEvent.objects.filter(case_id__in=case_ids, kind=CaseEventKind.LEG_DONE).count(),
        seconds=round(seconds, 1),
        killed=dict(sorted(killed.items())),
    )


def _ended_right(case: LinkedCase) -> bool:
    legs = list(case.legs.all())
    settled = Counter(
        CaseEvent.objects.filter(case=case, kind=CaseEventKind.LEG_DONE).values_list("leg__key", flat=True)
    )
    done = [leg for leg in legs if leg.state == LegState.DONE]
    all_over = all(leg.state in (LegState.DONE, LegState.SKIPPED) for leg in legs)
    return case.state == CaseState.ENDED and all_over and all(settled[leg.key] == 1 for leg in done)


def _requests(store: Path) -> list[tuple[str, str, str, int, str, int]]:
    if not store.exists():
        return []
    with sqlite3.connect(store) as connection:
        words = "SELECT message_id, case_code, leg, generation, kind, repeats FROM requests"
        return connection.execute(words).fetchall()
