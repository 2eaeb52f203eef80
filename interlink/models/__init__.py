from interlink.models.cases import CaseEvent, Confirmation, Leg, LinkedCase
from interlink.models.drafts import DeclarationDraft
from interlink.models.groups import Agency, GroupVersion, LinkedGroup
from interlink.models.identity import IdentityDecision
from interlink.models.messages import AgencyMessage, AgencyReply

__all__ = [
    "Agency",
    "AgencyMessage",
    "AgencyReply",
    "CaseEvent",
    "Confirmation",
    "DeclarationDraft",
    "GroupVersion",
    "IdentityDecision",
    "Leg",
    "LinkedCase",
    "LinkedGroup",
]
