"""What a slip is about, for the choice of its form: the procedure and its sector."""

from __future__ import annotations

from dossiers.models import Dossier, Slip
from dossiers.rules.forms import ANYTHING, FormSubject
from procedures.models import ProcedureVersion


def subject_of_dossier(dossier: Dossier) -> FormSubject:
    """By the version that the dossier was accepted under, so a later change of the catalogue changes no paper. One
    statement."""
    rows = ProcedureVersion.objects.filter(pk=dossier.procedure_version_id)
    code, sector = rows.values_list("procedure__national_code", "sector__code").get()
    return FormSubject(code, sector or "")


def subject_of_slip(slip: Slip) -> FormSubject:
    """A slip of a dossier like the dossier, one without by its procedure as it is published now (lists join
    `procedure__current_version__sector`)."""
    if slip.dossier is not None:
        return subject_of_dossier(slip.dossier)
    if slip.procedure is None:
        return ANYTHING
    version = slip.procedure.current_version
    sector = version.sector if version else None
    return FormSubject(slip.procedure.national_code, sector.code if sector else "")
