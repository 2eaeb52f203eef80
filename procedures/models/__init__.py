from procedures.models.catalogue import (
    CaseLimit,
    FeeRule,
    LifeEvent,
    PaperRequirement,
    Procedure,
    ProcedureCase,
    ProcedureVersion,
    Sector,
    Synonym,
)
from procedures.models.delegations import Delegation
from procedures.models.imports import ImportRun
from procedures.models.links import ScanCount, ShortLink
from procedures.models.performance import PublicationDecision, UnitProcedure
from procedures.models.posters import PosterBatch
from procedures.models.process_papers import IsoAmendment, IsoForm, IsoRecord, IsoSection
from procedures.models.processes import IsoProcess, IsoStep
from procedures.models.state import CatalogueState

__all__ = [
    "CatalogueState",
    "CaseLimit",
    "Delegation",
    "FeeRule",
    "ImportRun",
    "IsoAmendment",
    "IsoForm",
    "IsoProcess",
    "IsoRecord",
    "IsoSection",
    "IsoStep",
    "LifeEvent",
    "PaperRequirement",
    "PosterBatch",
    "Procedure",
    "ProcedureCase",
    "ProcedureVersion",
    "PublicationDecision",
    "ScanCount",
    "Sector",
    "ShortLink",
    "Synonym",
    "UnitProcedure",
]
