from dossiers.models.dossier import Dossier
from dossiers.models.events import DossierEvent
from dossiers.models.intake import ChecklistLine, IntakeDraft
from dossiers.models.results import HandOver, ResultFile
from dossiers.models.rulesets import RuleSet
from dossiers.models.steps import StepRun

__all__ = ["ChecklistLine", "Dossier", "DossierEvent", "HandOver", "IntakeDraft", "ResultFile", "RuleSet", "StepRun"]
