"""Changing a rule-set: the next version from a day on, older dossiers under the older one, everything told."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from dossiers.models import Dossier, RuleSet
from dossiers.rules.ruleset_terms import choices_of, groups, read_keys, value_text, word_text
from dossiers.rules.shipped_rulesets import PATH
from dossiers.selectors.ruleset_admin import ruleset_page, rulesets, value_for_change
from dossiers.selectors.rulesets import policy_by_id, rules_on
from dossiers.services.change_ruleset_value import ValueChange, change_ruleset_value
from dossiers.services.load_rulesets import NEW_VALUES, RETIRED_VALUES, load_rulesets
from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Unit
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import Conflict, DomainError, NotAllowed, NotFound
from tests.data.shipped import load
from tests.factories import MORNING, make_actor, publish_procedure, receive

pytestmark = pytest.mark.django_db
TODAY, REASON = MORNING.date(), "Phòng Tư pháp xác nhận, công văn 12/TP"


@pytest.fixture
def administrator(ward: Unit) -> Actor:
    """Beside the shipped rule-sets: the factory's bare R2 makes way."""
    RuleSet.objects.all().delete()
    RuleSet.history.all().delete()
    load_rulesets()
    return make_actor(ward, Role.ADMINISTRATOR, "Ngô Thị Quản")


def change(actor: Actor, path: str, *given: str, seen: int = 1, **wishes: Any) -> RuleSet:
    wish = {"applies_from": TODAY, "reason": REASON, **wishes}
    return change_ruleset_value(
        actor=actor, series="R2", seen_version=seen, change=ValueChange(path=path, given=given, **wish), now=MORNING
    )


def refusal(code: str, actor: Actor, path: str, *given: str, **wishes: Any) -> None:
    with pytest.raises(DomainError) as found:
        change(actor, path, *given, **wishes)
    assert found.value.code == code


def test_a_dossier_finishes_under_the_version_it_was_accepted_under(
    administrator: Actor, desk_clerk_lan: Actor, ward: Unit
) -> None:
    procedure = publish_procedure(at=ward)
    before = Dossier.objects.get(pk=receive(desk_clerk_lan, procedure).dossier_id)
    saved = change(administrator, "supplement_notice_within", "5")
    after = Dossier.objects.get(pk=receive(desk_clerk_lan, procedure, confirmed_duplicate=True).dossier_id)
    assert (saved.code, saved.version, saved.applies_from) == ("R2.2", 2, TODAY)
    assert after.ruleset_id == saved.pk != before.ruleset_id
    assert policy_by_id(before.ruleset_id).supplement_notice_working_days == 3
    assert policy_by_id(after.ruleset_id).supplement_notice_working_days == 5


def test_a_later_day_waits_for_its_day(administrator: Actor) -> None:
    change(administrator, "reappointment_max", "2", applies_from=TODAY + timedelta(days=10))
    assert rules_on(TODAY + timedelta(days=9)).policy.extensions_max == 1
    assert rules_on(TODAY + timedelta(days=10)).policy.extensions_max == 2


def test_without_a_named_rule_set_the_version_goes_by_date_too(administrator: Actor, settings: Any) -> None:
    settings.PORTAL_RULESET = ""
    change(administrator, "reappointment_max", "2", applies_from=TODAY + timedelta(days=10))
    assert rules_on(TODAY).code == "R2" and rules_on(TODAY + timedelta(days=10)).code == "R2.2"
    assert rules_on(date(2025, 7, 1)).code == "R3"


def test_changes_for_one_day_are_one_version_until_a_dossier_rests_on_it(
    administrator: Actor, desk_clerk_lan: Actor, ward: Unit
) -> None:
    change(administrator, "reappointment_max", "2")
    assert change(administrator, "form:receipt:number_suffix", "/TN", seen=2).version == 2
    receive(desk_clerk_lan, publish_procedure(at=ward))
    assert change(administrator, "reminder_hour", "08:30", seen=2).version == 3


@pytest.mark.parametrize(
    ("path", "given", "stored"),
    [
        ("same_day_cutoff", ["16:00"], "16:00"),
        ("start_cutoff", [""], None),
        ("supplement_clock_policy", ["pause"], "pause"),
        ("guidance_again_for", ["new_fault", "changed"], ["changed", "new_fault"]),
        ("guidance_again_for", [], []),
        ("uncollected_first_after", ["4"], 4),
        ("hand_over_unpaid_policy", ["allow"], "allow"),
        ("early_result_needs_notice", ["khong"], False),
        ("public_tracking_fields", ["due", "state"], ["state", "due"]),
    ],
)
def test_each_kind_of_value_is_stored_as_what_it_is(
    administrator: Actor, path: str, given: list[str], stored: object
) -> None:
    saved = change(administrator, path, *given, certainty="high")
    assert saved.policy[path]["value"] == stored and saved.policy[path]["certainty"] == "high"


def test_the_sectors_of_a_residence_form_are_data(administrator: Actor) -> None:
    saved = change(administrator, "form:residence_receipt:sectors", "g01-ca05, G01-CA06")
    found = next(form for form in saved.forms if form["form_kind"] == "residence_receipt")
    assert found["sectors"] == ["G01-CA05", "G01-CA06"]
    assert value_for_change(administrator, "R2", "form:residence_receipt:sectors").text == "G01-CA05, G01-CA06"
    assert (
        "lĩnh vực dùng mẫu này: G01-CA05 → G01-CA05, G01-CA06"
        in ruleset_page(administrator, "R2").history[0].changes[0]
    )


def test_the_line_for_the_personal_number_is_data(administrator: Actor) -> None:
    assert value_for_change(administrator, "R2", "form:receipt:prints_id").text == "không"
    saved = change(administrator, "form:receipt:prints_id", "co")
    assert next(form for form in saved.forms if form["form_kind"] == "receipt")["prints_id"] is True
    assert ruleset_page(administrator, "R2").history[0].changes[0].endswith("in số định danh: không → có")


def test_a_wait_may_be_counted_in_working_days(administrator: Actor) -> None:
    saved = change(administrator, "supplement_wait", "7", unit="working_days")
    assert value_text(saved.policy["supplement_wait"]) == "7 ngày làm việc"


@pytest.mark.parametrize(
    ("code", "path", "given", "wishes"),
    [
        ("ruleset.reason", "reappointment_max", "2", {"reason": "vì thế"}),
        ("ruleset.past", "reappointment_max", "2", {"applies_from": TODAY - timedelta(days=1)}),
        ("ruleset.not_today", "dossier_code_serial_period", "year", {}),
        ("ruleset.bad_value", "reappointment_max", "hai", {}),
        ("ruleset.bad_value", "reappointment_max", "366", {}),
        ("ruleset.bad_value", "reminder_hour", "25:00", {}),
        ("ruleset.bad_value", "supplement_clock_policy", "restart", {}),
        ("ruleset.bad_value", "supplement_wait", "7", {"unit": "tuần"}),
        ("ruleset.bad_value", "reappointment_max", "2", {"certainty": "chắc"}),
        ("ruleset.bad_value", "form:receipt:paper_size", "A3", {}),
        ("ruleset.bad_value", "form:receipt:signed_by", "clerk", {}),
        ("ruleset.bad_value", "form:residence_receipt:sectors", "cư trú", {}),
        ("ruleset.unknown_value", "form:receipt:sectors", "G01-CA05", {}),
        ("ruleset.bad_value", "form:receipt:prints_id", "có", {}),
        ("ruleset.unknown_value", "form:refusal:prints_id", "co", {}),
        ("ruleset.unchanged", "reappointment_max", "1", {}),
        ("ruleset.bad_value", "clock_start", "2", {}),
        ("ruleset.bad_value", "digitise_at_intake", "2", {}),
        ("ruleset.unknown_value", "office_hours", "2", {}),
        ("ruleset.unknown_value", "linked_groups", "2", {}),
        ("ruleset.unknown_value", "form:khong_co:form_no", "09", {}),
    ],
)
def test_what_is_refused(administrator: Actor, code: str, path: str, given: str, wishes: dict[str, Any]) -> None:
    refusal(code, administrator, path, given, **wishes)
    assert RuleSet.objects.filter(series="R2").count() == 1


def test_an_earlier_day_than_the_last_change_is_refused(administrator: Actor) -> None:
    change(administrator, "reappointment_max", "2", applies_from=TODAY + timedelta(days=10))
    refusal("ruleset.later_version", administrator, "reminder_hour", "08:00", seen=2)


def test_whoever_saw_an_older_version_is_told(administrator: Actor) -> None:
    change(administrator, "reappointment_max", "2")
    with pytest.raises(Conflict) as found:
        change(administrator, "reminder_hour", "08:00")
    assert found.value.code == "ruleset.changed" and "lần sửa 2" in found.value.message


def test_only_administrators_change_and_read(administrator: Actor, leader_hoa: Actor) -> None:
    with pytest.raises(NotAllowed):
        change(leader_hoa, "reappointment_max", "2")
    for read in (lambda: rulesets(leader_hoa), lambda: ruleset_page(leader_hoa, "R2")):
        with pytest.raises(NotAllowed):
            read()
    with pytest.raises(NotFound):
        ruleset_page(administrator, "R9")
    with pytest.raises(NotFound):
        value_for_change(administrator, "R2", "office_hours")


def test_the_history_tells_who_what_and_why(administrator: Actor) -> None:
    change(administrator, "reappointment_max", "2", certainty="medium")
    change(administrator, "form:stop_notice:number_suffix", "/TBD", seen=2)
    page = ruleset_page(administrator, "R2")
    newest, middle, first = page.history
    assert newest.changes == ["Thông báo dừng giải quyết hồ sơ, ký hiệu sau số: — → /TBD"]
    assert middle.changes == ["Số lần được hẹn lại: 1 lần → 2 lần (cần xác nhận)"]
    assert (middle.by, middle.reason, middle.version) == (administrator.name, REASON, 2)
    assert first.reason == "Nạp lần đầu" and [row.version for row in page.versions] == [1, 2]


class TestLoading:
    def test_new_keys_come_into_every_version_and_edited_values_stay(self, administrator: Actor) -> None:
        change(administrator, "reappointment_max", "2")
        for row in RuleSet.objects.filter(series="R2"):
            row.policy = {key: entry for key, entry in row.policy.items() if key != "gate_before_due"}
            row.forms = [form for form in row.forms if form["form_kind"] != "residence_receipt"]
            row.save()
        assert load_rulesets() == (0, 4)
        first, second = RuleSet.objects.filter(series="R2").order_by("version")
        for row in (first, second):
            assert row.policy["gate_before_due"]["value"] == 1
            assert any(form["form_kind"] == "residence_receipt" for form in row.forms)
        assert (first.policy["reappointment_max"]["value"], second.policy["reappointment_max"]["value"]) == (1, 2)

    def test_what_is_new_or_retired_stands_in_the_history(self, administrator: Actor) -> None:
        """An older database: one value of today is not there, one of then is."""
        old = RuleSet.objects.get(code="R3")
        office_hours = {"value": "08:00-12:00", "unit": "local_time", "legal_key": "PRACTICE", "certainty": "medium"}
        old.policy = {key: entry for key, entry in old.policy.items() if key != "withdrawal_form_kind"}
        old.policy |= {"office_hours": office_hours}
        old.forms = [{**form, "signed_by": "clerk"} for form in old.forms]
        old.save()
        load_rulesets()
        old.refresh_from_db()
        assert old.policy["withdrawal_form_kind"]["value"] == "stop_notice" and "office_hours" not in old.policy
        assert not any("signed_by" in form for form in old.forms)
        newest, before = RuleSet.history.filter(code="R3").order_by("-history_id")[:2]
        assert newest.history_change_reason == f"{NEW_VALUES}; {RETIRED_VALUES}"
        assert before.policy["office_hours"] == office_hours
        told = ruleset_page(administrator, "R3").history[0].changes
        assert "Giấy kết thúc hồ sơ khi người nộp rút: chưa có → thông báo dừng giải quyết" in told
        assert "office_hours: 08:00-12:00 → bỏ" in told

    def test_loading_again_writes_nothing(self, administrator: Actor) -> None:
        before = RuleSet.history.count()
        load_rulesets()
        assert RuleSet.history.count() == before


class TestTerms:
    def test_every_shipped_value_has_a_meaning_and_every_word_a_text(self) -> None:
        meanings = {key for _, terms in groups() for key in terms}
        for row in load(str(PATH.relative_to(PATH.parents[2])))["rulesets"]:
            assert set(row["values"]) <= meanings
            for key, entry in row["values"].items():
                words = entry["value"] if isinstance(entry["value"], list) else [entry["value"]]
                if entry["unit"] in ("policy", "list"):
                    assert all(word_text(word) != word for word in words), key

    def test_what_is_offered_for_change_is_read_and_stored(self) -> None:
        shipped = load("dossiers/data/rulesets.json")["rulesets"][0]["values"]
        for key in read_keys():
            if shipped[key]["unit"] in ("policy", "list"):
                assert choices_of(key), key
