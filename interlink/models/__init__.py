from interlink.models.cases import CaseEvent, Confirmation, Leg, LinkedCase
from interlink.models.groups import Agency, GroupVersion, LinkedGroup
from interlink.models.identity import IdentityDecision
from interlink.models.messages import AgencyMessage, AgencyReply

__all__ = [
    "Agency",
    "AgencyMessage",
    "AgencyReply",
    "CaseEvent",
    "Confirmation",
    "GroupVersion",
    "IdentityDecision",
    "Leg",
    "LinkedCase",
    "LinkedGroup",
]
