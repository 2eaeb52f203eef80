"""What has to happen next, from every situation (domain.md §9.7)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interlink.rules.engine import AskedView, CaseView, LegView, MoveKind, case_state, dependants, next_moves, values_of
from interlink.rules.parse_template import parse_template
from interlink.rules.replies import Reply, Standing, fold
from tests.interlink.rules.shipped import shipped, small

FACTS = {"requester.full_name": "Tú", "move.kind": "a"}
TEMPLATE = parse_template(small())


def case(first: Any = "waiting", second: Any = "waiting", *, asked: str = "given", **facts: str) -> CaseView:
    legs = [
        one if isinstance(one, LegView) else LegView(key, one) for key, one in (("first", first), ("second", second))
    ]
    told = {**FACTS, **{key.replace("__", "."): value for key, value in facts.items()}}
    return CaseView(TEMPLATE, told, legs, [AskedView("owner", "chủ nhà", asked, frozenset({"second"}))])


def moves(view: CaseView) -> list[tuple[str, str, str]]:
    return [(move.kind, move.leg, move.code) for move in next_moves(view)]


DONE = LegView("first", "done", {"number": "7"})


def test_the_first_leg_starts_and_the_next_one_waits() -> None:
    assert moves(case()) == [("start", "first", "")]
    assert moves(case("working")) == []
    assert moves(case(DONE)) == [("start", "second", "")]


def test_a_leg_of_another_case_is_skipped_and_then_the_case_ends() -> None:
    assert moves(case(DONE, move__kind="b")) == [("skip", "second", "")]
    assert moves(case(DONE, "skipped")) == [("end", "", "")]


@pytest.mark.parametrize(
    ("asked", "code"), [("asked", "confirmation"), ("declined", "declined"), ("lapsed", "declined")]
)
def test_a_confirmation_holds_the_leg_that_needs_it(asked: str, code: str) -> None:
    assert moves(case(DONE, asked=asked)) == [("hold", "second", code)]
    held = LegView("second", "held", hold_code=code)
    assert moves(case(DONE, held, asked=asked)) == []
    assert moves(case(DONE, held)) == [("start", "second", "")]
    released = replace(held, released=frozenset({code}))
    assert moves(case(DONE, released, asked=asked)) == [("start", "second", "")]


def test_a_leg_waits_for_the_fact_it_needs() -> None:
    assert moves(case("done")) == [("hold", "second", "fact")]
    assert moves(case(LegView("first", "refused"))) == [("cancel", "second", "")]


def test_a_hold_changes_its_reason() -> None:
    held = LegView("second", "held", hold_code="confirmation")
    assert moves(case("done", held)) == [("hold", "second", "fact")]


def test_a_leg_that_was_sent_back_starts_again_when_the_one_before_it_is_right() -> None:
    assert moves(case("working", "returned")) == []
    assert moves(case(DONE, "returned")) == [("restart", "second", "")]


def test_what_happens_on_a_refusal_is_the_templates() -> None:
    raw = small()
    raw["legs"][1]["waits_for"], raw["legs"][1]["fields"], raw["legs"][1]["required"] = [], {}, []
    for rule, expected in (("stop", "cancel"), ("hold", "hold"), ("continue", "start")):
        raw["legs"][0]["on_refusal"] = rule
        view = replace(case(LegView("first", "refused")), template=parse_template(raw))
        assert [move.kind for move in next_moves(view)] == [expected]


@pytest.mark.parametrize(("rule", "expected"), [("hold", []), ("continue", ["start"])])
def test_whether_the_others_wait_for_a_supplement_is_the_templates(rule: str, expected: list[str]) -> None:
    raw = small()
    raw["legs"][1]["waits_for"], raw["legs"][1]["fields"], raw["legs"][1]["required"] = [], {}, []
    raw["legs"][0]["on_supplement"] = rule
    view = replace(case(LegView("first", "supplement")), template=parse_template(raw))
    assert [move.kind for move in next_moves(view)] == expected


def test_the_form_of_a_leg_is_filled_from_fields_results_and_fixed_words() -> None:
    assert values_of(case(DONE), TEMPLATE.leg("second")) == {"number": "7", "fixed": "x"}


def test_the_state_of_a_case_follows_its_legs() -> None:
    assert case_state(case("working")) == "running"
    assert case_state(case(DONE, LegView("second", "held", hold_code="confirmation"))) == "confirming"
    assert case_state(case(DONE, LegView("second", "held", hold_code="declined"))) == "held"
    assert case_state(case(DONE, "cancelled")) == "ended"


def test_dependants_are_found_at_any_distance() -> None:
    birth = shipped("birth", "R4")
    assert set(dependants(birth, "civil_status")) == {
        "personal_number",
        "permanent_residence",
        "health_insurance",
        "identity_card",
    }


class World:
    """A case played in memory: moves are carried out at once, replies folded as they come."""

    def __init__(self, template: Any, facts: dict[str, str]) -> None:
        self.template, self.facts = template, facts
        self.state = {leg.key: "waiting" for leg in template.legs}
        self.hold = {leg.key: "" for leg in template.legs}
        self.standing = {leg.key: Standing() for leg in template.legs}
        self.started: list[str] = []
        self.run()

    def view(self) -> CaseView:
        legs = [
            LegView(leg.key, self.state[leg.key], self.standing[leg.key].values, self.hold[leg.key])
            for leg in self.template.legs
        ]
        return CaseView(self.template, self.facts, legs)

    def run(self) -> None:
        while found := [move for move in next_moves(self.view()) if move.kind != MoveKind.END]:
            move = found[0]
            self.state[move.leg] = {
                "start": "ready",
                "skip": "skipped",
                "hold": "held",
                "cancel": "cancelled",
                "wait": "waiting",
            }[move.kind]
            self.hold[move.leg] = move.code
            if move.kind == MoveKind.START:
                self.started.append(move.leg)

    def hear(self, key: str, reply: Reply) -> None:
        self.standing[key], decides = fold(self.standing[key], reply)
        if decides:
            self.state[key] = self.standing[key].state
        self.run()


BIRTH_FACTS = {field.key: "x" for field in shipped("birth").fields}
NUMBER = [Reply("accepted", 1), Reply("id_number", 2, 1, {"personal_id": "001224000123"}), Reply("done", 3)]
ENDS = st.sampled_from(["done", "refused"])


@given(data=st.data())
def test_every_interleaving_of_two_agencies_replies_comes_to_the_same_end(data: st.DataObject) -> None:
    """The register answers first, else nothing is with the two others; then all three talk at once."""
    said = {
        "personal_number": NUMBER[2:],
        "permanent_residence": [Reply("accepted", 1), Reply("working", 2), Reply(data.draw(ENDS), 3)],
        "health_insurance": [Reply("accepted", 1), Reply("supplement", 2), Reply(data.draw(ENDS), 3)],
    }
    wanted = [(key, reply) for key, replies in said.items() for reply in replies]
    again = data.draw(st.lists(st.sampled_from(wanted), max_size=5))

    def play(order: list[tuple[str, Reply]]) -> tuple[dict[str, str], list[str]]:
        world = World(shipped("birth"), BIRTH_FACTS)
        world.hear("civil_status", Reply("done", 1, 1, {"number": "7/2024"}))
        for reply in NUMBER[:2]:
            world.hear("personal_number", reply)
        for key, reply in order:
            world.hear(key, reply)
        return world.state, sorted(world.started)

    state, started = play(data.draw(st.permutations([*wanted, *again])))
    assert (state, started) == play(wanted)
    assert len(started) == len(set(started)) == 4
    assert set(state.values()) <= {"done", "refused"}
