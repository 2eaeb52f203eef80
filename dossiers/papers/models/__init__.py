from dossiers.papers.models.codes import ShareCode, VerificationCode
from dossiers.papers.models.corrections import PaperCorrection
from dossiers.papers.models.events import PaperEvent
from dossiers.papers.models.files import StoredFile
from dossiers.papers.models.papers import Paper, PaperVersion
from dossiers.papers.models.scans import ScanBatch, ScanEntry, ScanItem, ScanPage
from dossiers.papers.models.types import PaperType
from dossiers.papers.models.uses import PaperUse, TakenAnyway

__all__ = [
    "Paper",
    "PaperCorrection",
    "PaperEvent",
    "PaperType",
    "PaperUse",
    "PaperVersion",
    "ScanBatch",
    "ScanEntry",
    "ScanItem",
    "ScanPage",
    "ShareCode",
    "StoredFile",
    "TakenAnyway",
    "VerificationCode",
]
