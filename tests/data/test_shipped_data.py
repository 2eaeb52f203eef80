"""The shipped facts about units, mergers, demo staff, rule-sets and documents, and how they agree with real data."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any

from django.apps import apps

from dossiers.rules.clock_policy import DEFAULT_POLICY
from dossiers.rules.shipped_rulesets import shipped_policy
from haddong_portal.accounts.constants import Role, UnitKind, UnitLevel
from haddong_portal.common.limits import LimitUnit, TimeLimit
from tests.data.shipped import CERTAINTIES, RULE_CERTAINTIES, legal_keys, load, plans, units
from tests.shared_data import REPOSITORY, shared_path

ORG_CODE = re.compile(r"[A-Z0-9]{2,3}(\.[A-Z0-9]{2,3}){1,4}")


# --- units and mergers


def test_the_territory_is_a_city_a_district_its_departments_and_seventeen_wards() -> None:
    kinds = Counter(unit["kind"] for unit in units().values())
    assert kinds == {
        UnitKind.PROVINCE: 1,
        UnitKind.DISTRICT: 1,
        UnitKind.DEPARTMENT: 12,
        UnitKind.BRANCH: 1,
        UnitKind.WARD: 17,
        UnitKind.PARTNER: 3,
    }


def test_every_unit_fits_its_model_and_hangs_in_the_tree() -> None:
    for unit in units().values():
        assert unit["level"] in UnitLevel.values
        assert unit["parent"] is None or unit["parent"] in units()
        assert ORG_CODE.fullmatch(unit["org_code"])
        assert any(re.fullmatch(r"[A-Z]\d{2}", part) for part in unit["org_code"].split("."))
        assert unit["certainty"] in CERTAINTIES
        date.fromisoformat(unit["valid_from"])
    assert [unit["key"] for unit in units().values() if unit["parent"] is None] == ["ha-noi"]


def test_unit_codes_are_unique_inside_their_era_and_identifiers_everywhere() -> None:
    coded = [(unit["code"], unit["code_era"]) for unit in units().values() if unit["code"]]
    assert len(coded) == len(set(coded))
    identifiers = [unit["org_code"] for unit in units().values()]
    assert len(identifiers) == len(set(identifiers))


def test_only_the_district_office_and_the_wards_have_a_desk() -> None:
    with_desk = {unit["key"] for unit in units().values() if unit["has_one_stop_desk"]}
    assert with_desk == {"van-phong-hdnd-ubnd"} | {
        unit["key"] for unit in units().values() if unit["kind"] == UnitKind.WARD
    }
    assert all(bool(unit["desk_name"]) == unit["has_one_stop_desk"] for unit in units().values())


def test_the_mergers_are_plans_whose_edges_lead_from_known_to_known_units() -> None:
    known = set(units())
    for plan in plans().values():
        known |= {unit["key"] for unit in plan["creates"]}
        assert plan["status"] == "planned"
        assert plan["legal_key"] in legal_keys()
        assert set(plan["closes"]) <= known
        for edge in plan["edges"]:
            assert {edge["from_unit"], edge["to_unit"]} <= known
            assert edge["kind"] in {"WHOLE", "MAJOR", "PART"}


def test_each_ward_has_exactly_one_main_successor_in_july_2025() -> None:
    plan = plans()["2025-07-01"]
    mains = Counter(edge["from_unit"] for edge in plan["edges"] if edge["kind"] != "PART")
    closed_wards = {key for key in plan["closes"] if key.startswith("phuong-")}
    assert len(closed_wards) == plan["wards_before"] == 15
    assert mains == dict.fromkeys(closed_wards, 1)
    assert sum(unit["core"] for unit in plan["creates"]) == plan["wards_after"] == 5


def test_the_wards_agree_with_the_real_data_of_2024() -> None:
    real = json.loads(shared_path("units.json").read_text(encoding="utf-8"))["ha_dong"]
    ours = {(unit["code"], unit["name"]) for unit in units().values() if unit["kind"] == UnitKind.WARD}
    assert ours == {(ward["code"], ward["name"]) for ward in real["wards_2024"]}
    district = units()["quan-ha-dong"]
    assert (district["code"], district["name"]) == (real["district"]["code"], real["district"]["name"])


def test_the_first_plan_gives_the_real_wards_of_january_2025() -> None:
    real = json.loads(shared_path("units.json").read_text(encoding="utf-8"))["ha_dong"]
    plan = plans()["2025-01-01"]
    recoded = {change["unit"]: change["new_code"] for change in plan["code_changes"]}
    after = {
        (recoded.get(unit["key"], unit["code"]), unit["name"])
        for unit in units().values()
        if unit["kind"] == UnitKind.WARD and unit["key"] not in plan["closes"]
    }
    assert after == {(ward["code"], ward["name"]) for ward in real["wards_2025_01"]}


def test_the_second_plan_leads_where_the_real_succession_leads() -> None:
    real = json.loads(shared_path("units.json").read_text(encoding="utf-8"))["ha_dong"]
    plan = plans()["2025-07-01"]
    new = {unit["key"]: (unit["code"], unit["name"]) for unit in plan["creates"]}
    for row in real["succession"]:
        # Codes are recycled: a ward is found by its name in the era, never by its code.
        old = next(unit["key"] for unit in units().values() if unit["name"] == row["name_2025_01"])
        ours = {new[edge["to_unit"]] for edge in plan["edges"] if edge["from_unit"] == old}
        theirs = {(target["code"], target["name"]) for target in row["all_2025_07"]}
        assert theirs == ours, row["name_2024"]


# --- demo staff


def staff() -> list[dict[str, Any]]:
    people: list[dict[str, Any]] = load("haddong_portal/accounts/data/staff_demo.json")["people"]
    return people


def test_demo_accounts_are_unique_and_name_known_units_and_roles() -> None:
    names = [person["username"] for person in staff()]
    assert len(names) == len(set(names)) >= 75
    assert all(re.fullmatch(r"[a-z0-9.-]+", name) for name in names)
    for person in staff():
        assert person["unit"] in units()
        assert person["role"] in Role.values
        assert person["from_on"] == "2023-01-01"


def test_every_desk_has_a_clerk_and_every_deciding_unit_a_signing_leader() -> None:
    held = {(person["unit"], person["role"]) for person in staff()}
    signing = {person["unit"] for person in staff() if person["signs"]}
    for key, unit in units().items():
        if unit["has_one_stop_desk"]:
            assert (key, Role.CLERK) in held, key
        if unit["kind"] in {UnitKind.WARD, UnitKind.DEPARTMENT, UnitKind.BRANCH, UnitKind.DISTRICT}:
            assert key in signing, key
        if unit["kind"] in {UnitKind.WARD, UnitKind.DEPARTMENT, UnitKind.BRANCH}:
            assert (key, Role.OFFICER) in held, key


def test_the_accounts_shown_to_a_newcomer_cover_every_role_and_say_where_to_begin() -> None:
    featured = sorted((person for person in staff() if person["featured"]), key=lambda person: person["featured_order"])
    assert {person["role"] for person in featured} == set(Role.values)
    assert [person["featured_order"] for person in featured] == list(range(1, len(featured) + 1))
    assert all(person["start_here"] for person in featured)


# --- rule-sets


def test_the_rule_sets_follow_each_other_without_gap() -> None:
    sets = load("dossiers/data/rulesets.json")["rulesets"]
    assert [rules["code"] for rules in sets] == ["R1", "R2", "R3", "R4"]
    for earlier, later in zip(sets, sets[1:], strict=False):
        assert (date.fromisoformat(later["effective_from"]) - date.fromisoformat(earlier["effective_to"])).days == 1
    assert sets[-1]["effective_to"] is None


def test_every_rule_value_has_a_known_legal_key_and_says_how_sure_it_is() -> None:
    known = legal_keys()
    for rules in load("dossiers/data/rulesets.json")["rulesets"]:
        assert set(rules["legal_keys"]) <= known
        cited = [*rules["values"].values(), *rules["forms"], *rules["linked_groups"]]
        cited += [leg for group in rules["linked_groups"] for leg in group["legs"]]
        for entry in cited:
            assert entry["legal_key"] in known, entry
            assert entry["certainty"] in RULE_CERTAINTIES
            assert (entry["certainty"] == "design") == (entry["legal_key"] == "DESIGN"), entry


def test_the_shipped_rule_sets_give_clock_policies_and_r2_is_the_default() -> None:
    policies = {code: shipped_policy(code) for code in ("R1", "R2", "R3", "R4")}
    assert shipped_policy() == policies["R2"]
    assert policies["R2"] == replace(DEFAULT_POLICY, payment_pauses_for=frozenset({"Đất đai"}))
    assert [policy.intervals.outage.clock for policy in policies.values()] == ["runs", "runs", "runs", "pause"]
    assert {policy.intervals.supplement.clock for policy in policies.values()} == {"restart_from_zero"}
    assert policies["R4"].supplement_wait == TimeLimit(7, LimitUnit.WORKING_DAY)
    assert policies["R1"].linked_group_cutoff is None


def test_form_numbers_shift_in_2025_while_their_kinds_stay() -> None:
    sets = {rules["code"]: rules for rules in load("dossiers/data/rulesets.json")["rulesets"]}
    numbers = {code: {form["form_kind"]: form["form_no"] for form in rules["forms"]} for code, rules in sets.items()}
    assert len({frozenset(kinds) for kinds in numbers.values()}) == 1
    assert (numbers["R2"]["control_sheet"], numbers["R2"]["register"]) == ("05", "06")
    assert (numbers["R3"]["stop_notice"], numbers["R3"]["control_sheet"], numbers["R3"]["register"]) == (
        "05",
        "06",
        "07",
    )
    values = sets["R2"]["values"]
    assert values["handover_cutoff"]["value"] == "15:00"
    assert values["supplement_notice_within"]["value"] == 3
    assert values["reappointment_max"]["value"] == 1


# --- documents


def glossary() -> list[list[str]]:
    rows = (REPOSITORY / "docs/glossary.md").read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows if row.startswith("| ")]
    return [row for row in cells if row[0] != "Vietnamese term"]


def test_the_glossary_has_one_english_word_for_each_term_and_known_sources() -> None:
    names = [row[1] for row in glossary()]
    assert len(names) == len(set(names)) >= 90
    outside = {"design", "national portal's model", "district's catalogue"}
    for row in glossary():
        assert len(row) == 5 and all(row)
        assert row[3] in legal_keys() | outside, row


def test_every_model_of_the_portal_is_in_the_glossary() -> None:
    listed = {row[1].strip("`") for row in glossary()}
    ours = {"haddong_portal", "procedures", "dossiers", "interlink", "feedback"}
    models = {
        model.__name__
        for model in apps.get_models()
        if model.__module__.split(".")[0] in ours and not model.__name__.startswith("Historical")
    }
    assert models - listed == set()


def test_legal_keys_are_unique_and_say_how_sure_they_are() -> None:
    rows = (REPOSITORY / "docs/legal-sources.md").read_text(encoding="utf-8").splitlines()
    table = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows if row.startswith("| ")]
    entries = [row for row in table if row[0] != "Key"]
    assert len({row[0] for row in entries}) == len(entries)
    assert {row[6] for row in entries} <= RULE_CERTAINTIES
