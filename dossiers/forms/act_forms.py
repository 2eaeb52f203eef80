"""From an act to its form, for one dossier."""

from __future__ import annotations

from dossiers.forms import (
    acts,
    acts_branches,
    acts_fees,
    acts_filing,
    acts_opinion,
    acts_promise,
    acts_repair,
    acts_supplement,
    acts_verification,
)
from dossiers.forms.acts import ActForm
from dossiers.rules.lifecycle import Command
from dossiers.selectors.dossier_page import DossierPage

FORMS: dict[str, type[ActForm]] = {
    **acts.FORMS,
    **acts_filing.FORMS,
    **acts_supplement.FORMS,
    **acts_promise.FORMS,
    **acts_repair.FORMS,
    **acts_branches.FORMS,
    **acts_opinion.FORMS,
    **acts_verification.FORMS,
    **acts_fees.FORMS,
}

# Acts whose forms are made from the dossier alone; the others choose from what lies around it (steps, papers, slips …).
FROM_THE_DOSSIER_ALONE = frozenset({Command.TAKE, Command.FINISH_STEP, Command.SIGN, Command.FORWARD})


def form_for(command: str, page: DossierPage, data: object = None, files: object = None) -> ActForm:
    """The form of an act for this dossier, with the choices that the page knows."""
    kind = FORMS[command]
    initial = {"row_version": page.dossier.row_version, **kind.initial_for(page)}
    form = kind(data, files, initial=initial, prefix=command)  # type: ignore[arg-type]  # QueryDict or None
    form.offer(page)
    return form
