"""Whose name stands under an apology: the head of the agency at fault, or of the desk where a rule-set says so."""

from __future__ import annotations

from dossiers.rules.act_policy import ActPolicy, ApologySigner
from haddong_portal.accounts.constants import Role

HEADS = (Role.LEADER, Role.ONE_STOP_HEAD)


def signing_heads(policy: ActPolicy) -> tuple[Role, ...]:
    """The roles that may sign, first choice first."""
    return (Role.ONE_STOP_HEAD,) if policy.apology_signer == ApologySigner.DESK_HEAD else HEADS


def signing_unit_id(policy: ActPolicy, *, unit_at_fault_id: int, receiving_unit_id: int) -> int:
    """The unit whose head signs."""
    return receiving_unit_id if policy.apology_signer == ApologySigner.DESK_HEAD else unit_at_fault_id
