"""What an editor is told between two issues."""

from __future__ import annotations

from procedures.rules.process_diff import FieldChange, compare_facts, compare_steps
from procedures.rules.process_path import PathStep


def step(sequence: int, name: str, minutes: int = 60) -> PathStep:
    return PathStep(sequence, name, "verify", "officer", "handling", minutes)


def told(steps: list[PathStep]) -> dict[int, dict[str, str]]:
    return {one.sequence: {"Tên": one.name, "Thời gian": str(one.minutes)} for one in steps}


def changes(before: list[PathStep], after: list[PathStep]) -> list[tuple[str, str, list[str]]]:
    found = compare_steps(before, after, (told(before), told(after)))
    return [
        (one.kind, (one.after or one.before or before[0]).name, [change.label for change in one.changes])
        for one in found
    ]


OLD = [step(1, "Tiếp nhận hồ sơ"), step(2, "Thẩm định hồ sơ"), step(3, "Kiểm tra thực địa"), step(4, "Ký giấy phép")]


def test_the_same_steps_are_the_same() -> None:
    assert {kind for kind, _, _ in changes(OLD, OLD)} == {"same"}


def test_an_added_step_does_not_shake_the_ones_behind_it() -> None:
    new = [
        OLD[0],
        step(2, "Lấy ý kiến Phòng Kinh tế"),
        step(3, OLD[1].name),
        step(4, OLD[2].name),
        step(5, OLD[3].name),
    ]
    assert [kind for kind, _, _ in changes(OLD, new)] == ["same", "added", "same", "same", "same"]


def test_a_reworded_or_shortened_step_is_changed_not_replaced() -> None:
    new = [OLD[0], step(2, "Thẩm định hồ sơ, đối chiếu quy hoạch", 90), OLD[2], OLD[3]]
    assert changes(OLD, new)[1] == ("changed", "Thẩm định hồ sơ, đối chiếu quy hoạch", ["Tên", "Thời gian"])


def test_a_step_that_begins_alike_is_the_same_step() -> None:
    old = [OLD[0], step(2, "Thẩm định hồ sơ, đối chiếu quy hoạch"), OLD[3]]
    new = [OLD[0], step(2, "Thẩm định hồ sơ, gửi văn bản lấy ý kiến"), OLD[3]]
    assert [kind for kind, _, _ in changes(old, new)] == ["same", "changed", "same"]


def test_a_step_that_is_gone_is_named() -> None:
    assert changes(OLD, [OLD[0], step(2, OLD[1].name), step(3, OLD[3].name)])[2] == ("removed", "Kiểm tra thực địa", [])


def test_another_step_in_its_place_is_one_gone_and_one_new() -> None:
    new = [OLD[0], OLD[1], step(3, "Gửi cơ quan thuế"), OLD[3]]
    assert [kind for kind, _, _ in changes(OLD, new)] == ["same", "same", "added", "removed", "same"]


def test_facts_that_differ_are_told_before_and_after() -> None:
    assert compare_facts({"Tên": "A", "Cấp": "Cấp quận"}, {"Tên": "B", "Cấp": "Cấp quận", "Căn cứ": "QĐ 1"}) == (
        FieldChange("Tên", "A", "B"),
        FieldChange("Căn cứ", "", "QĐ 1"),
    )
