"""No value of a rule-set is a dead switch: each one changes the policy that acts are given, and an act reads that.

Whoever adds a value says here which attribute carries it and which file outside loading and editing decides by it.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from dossiers.rules.clock_policy import ClockPolicy
from dossiers.rules.ruleset_terms import choices_of, read_keys
from tests.architecture.sources import REPO, sources
from tests.data.shipped import load

CLOCK, ACTS, WAITS = "dossiers/rules/", "dossiers/services/", "dossiers/rules/waits.py"
# value → (attribute of the policy, the file that decides by it)
READERS: Mapping[str, tuple[str, str]] = {
    "same_day_cutoff": ("same_day_cutoff", CLOCK + "due_date.py"),
    "handover_cutoff": ("transfer_cutoff", CLOCK + "acceptance.py"),
    "handover_within": ("acts.handover_within", CLOCK + "acceptance.py"),
    "start_cutoff": ("linked_group_cutoff", CLOCK + "acceptance.py"),
    "clock_start": ("acts.clock_start", CLOCK + "clock_start.py"),
    "supplement_clock_policy": ("intervals.supplement.clock", CLOCK + "interval_policy.py"),
    "supplement_statistics_policy": ("intervals.supplement.statistics", CLOCK + "elapsed.py"),
    "supplement_notice_within": ("supplement_notice_working_days", CLOCK + "due_changes.py"),
    "supplement_wait": ("supplement_wait", WAITS),
    "supplement_requests_at_intake_max": ("guidance_max", CLOCK + "guidance.py"),
    "guidance_again_for": ("guidance_again_for", CLOCK + "guidance.py"),
    "supplement_requests_after_acceptance_max": ("open_supplement_requests_max", CLOCK + "elapsed.py"),
    "reappointment_max": ("extensions_max", ACTS + "extend_once.py"),
    "reappointment_notice_before_due": ("extension_notice_working_days", CLOCK + "due_changes.py"),
    "apology_signed_by": ("acts.apology_signer", "dossiers/selectors/apology_signers.py"),
    "consultation_clock_policy": ("intervals.consultation.clock", CLOCK + "interval_policy.py"),
    "consultation_statistics_policy": ("intervals.consultation.statistics", CLOCK + "elapsed.py"),
    "verification_clock_policy": ("intervals.verification.clock", CLOCK + "interval_policy.py"),
    "verification_statistics_policy": ("intervals.verification.statistics", CLOCK + "elapsed.py"),
    "financial_duty_clock_policy": ("intervals.payment.clock", CLOCK + "interval_policy.py"),
    "financial_duty_pauses_for": ("payment_pauses_for", CLOCK + "clock_policy.py"),
    "financial_duty_statistics_policy": ("intervals.payment.statistics", CLOCK + "elapsed.py"),
    "hand_over_unpaid_policy": ("acts.hands_over_unpaid", ACTS + "charging.py"),
    "system_outage_clock_policy": ("intervals.outage.clock", CLOCK + "interval_policy.py"),
    "system_outage_statistics_policy": ("intervals.outage.statistics", CLOCK + "elapsed.py"),
    "confirmation_clock_policy": ("intervals.confirmation.clock", CLOCK + "interval_policy.py"),
    "confirmation_statistics_policy": ("intervals.confirmation.statistics", CLOCK + "elapsed.py"),
    "withdrawal_clock_policy": ("intervals.withdrawal.clock", CLOCK + "interval_policy.py"),
    "withdrawal_statistics_policy": ("intervals.withdrawal.statistics", CLOCK + "elapsed.py"),
    "withdrawal_allowed_until": ("acts.withdrawal_until", CLOCK + "withdrawing.py"),
    "withdrawal_form_kind": ("acts.withdrawal_paper", CLOCK + "withdrawing.py"),
    "online_check_within": ("reminders.submission_check_working_hours", WAITS),
    "online_check_reminder_before": ("reminders.submission_warning_working_hours", CLOCK + "reminders.py"),
    "reminder_hour": ("reminders.hour", CLOCK + "reminders.py"),
    "reminder_before_due": ("reminders.before_due_working_days", CLOCK + "reminders.py"),
    "gate_before_due": ("reminders.gate_working_days", WAITS),
    "uncollected_first_after": ("reminders.uncollected_first_working_days", CLOCK + "reminders.py"),
    "uncollected_second_after": ("reminders.uncollected_second_working_days", CLOCK + "reminders.py"),
    "receipt_optional_for_instant_result": ("acts.receipt_optional_if_instant", CLOCK + "intake_papers.py"),
    "early_result_needs_notice": ("acts.early_result_is_told", CLOCK + "early_results.py"),
    "digitise_at_intake": ("acts.scans_at_intake", CLOCK + "intake_papers.py"),
    "reuse_before_scan": ("acts.store_before_scan", CLOCK + "intake_papers.py"),
    "register_book_period": ("acts.book_period", CLOCK + "numbering.py"),
    "public_tracking_fields": ("acts.shown_by_code", "dossiers/selectors/tracking.py"),
    "dossier_code_serial_period": ("acts.serial_period", CLOCK + "numbering.py"),
    "dossier_code_unit_order": ("acts.unit_order", CLOCK + "numbering.py"),
}
FORM_FACTS = {"form_kind", "form_no", "name", "number_suffix", "paper_size", "prints_id", "replaces", "sectors"}
TOLD = {"legal_key", "certainty", "note"}
"""Metadata that the administrator's screen tells beside a value."""


def shipped() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = load("dossiers/data/rulesets.json")["rulesets"]
    return rows


VALUES = sorted({key for row in shipped() for key in row["values"]})


def others(key: str, entry: Mapping[str, Any]) -> Iterator[object]:
    """Other values that an administrator may choose."""
    value = entry["value"]
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, list):
        yield value[1:] if choices_of(key) else ["1.001193"]
    elif choices_of(key):
        yield from (word for word in choices_of(key) if word != value)
    elif isinstance(value, int):
        yield value + 1
    else:
        yield "16:30"


def at(policy: ClockPolicy, path: str) -> object:
    found: object = policy
    for name in path.split("."):
        found = getattr(found, name)
    return found


def test_every_shipped_value_has_a_reader_and_may_be_changed_on_screen() -> None:
    assert set(VALUES) == set(READERS) == read_keys()


@pytest.mark.parametrize("key", VALUES)
def test_another_value_is_another_policy(key: str) -> None:
    for row in shipped():
        before = ClockPolicy.from_rule_set("R", row["values"])
        for other in others(key, row["values"][key]):
            changed = copy.deepcopy(row["values"])
            changed[key]["value"] = other
            after = ClockPolicy.from_rule_set("R", changed)
            assert at(before, READERS[key][0]) != at(after, READERS[key][0]), (row["code"], other)


@pytest.mark.parametrize("key", VALUES)
def test_an_act_or_rule_decides_by_it(key: str) -> None:
    path, file = READERS[key]
    tree = dict(sources())[file]
    read = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load)}
    assert path.rpartition(".")[2] in read, f"{file} does not read {path}"


def test_the_rules_that_decide_are_called() -> None:
    """A rule of these files that nobody outside calls decides nothing."""
    names = {
        node.name
        for file in ("withdrawing", "apologies", "early_results", "intake_papers", "numbering", "clock_start")
        for node in dict(sources())[f"{CLOCK}{file}.py"].body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    }
    called = {
        node.id
        for path, tree in sources()
        if path.startswith(("dossiers/services/", "dossiers/selectors/", "dossiers/views/", "dossiers/rules/promise"))
        for node in ast.walk(tree)
        if isinstance(node, ast.Name)
    }
    assert names - called == set()


def test_a_form_holds_no_fact_that_nothing_reads() -> None:
    assert {fact for row in shipped() for form in row["forms"] for fact in form} == FORM_FACTS | TOLD


def test_a_retired_value_is_gone_everywhere() -> None:
    shipped_file = load("dossiers/data/rulesets.json")
    retired = [*shipped_file["retired_values"], *shipped_file["retired_form_facts"]]
    assert retired and not set(retired) & (set(VALUES) | read_keys() | FORM_FACTS)
    decision = (REPO / "docs/adr/0007-values-that-decide.md").read_text(encoding="utf-8")
    assert all(f"`{key}`" in decision for key in retired)
