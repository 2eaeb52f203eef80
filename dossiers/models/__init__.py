from dossiers.models.books import DeliveryLine, DeliveryList, RegisterBook
from dossiers.models.clock import Extension, Pause, Reminder
from dossiers.models.coordination import OpinionRequest, Verification
from dossiers.models.corrections import Correction, LossReport, WithdrawalRequest
from dossiers.models.dossier import Dossier
from dossiers.models.events import DossierEvent
from dossiers.models.fees import BankAccount, Charge, DayEnd, Payment
from dossiers.models.filing import FiledPaper, FilingDraft
from dossiers.models.intake import ChecklistLine, IntakeDraft
from dossiers.models.lists import SavedFilter
from dossiers.models.reassigning import Reassignment, ReassignmentLine
from dossiers.models.recomputing import Outage, Recomputation, RecomputedLine
from dossiers.models.results import HandOver, ResultFile
from dossiers.models.rulesets import RuleSet
from dossiers.models.slips import Slip, SlipLine
from dossiers.models.steps import StepRun

__all__ = [
    "BankAccount",
    "Charge",
    "ChecklistLine",
    "Correction",
    "DayEnd",
    "DeliveryLine",
    "DeliveryList",
    "Dossier",
    "DossierEvent",
    "Extension",
    "FiledPaper",
    "FilingDraft",
    "HandOver",
    "IntakeDraft",
    "LossReport",
    "OpinionRequest",
    "Outage",
    "Pause",
    "Payment",
    "Reassignment",
    "ReassignmentLine",
    "Recomputation",
    "RecomputedLine",
    "RegisterBook",
    "Reminder",
    "ResultFile",
    "RuleSet",
    "SavedFilter",
    "Slip",
    "SlipLine",
    "StepRun",
    "Verification",
    "WithdrawalRequest",
]
