"""Doors ask selectors and services; they hold no query, read no clock of their own and do no act themselves."""

from __future__ import annotations

import ast

from tests.architecture.sources import calls, sources

DOORS = {"views", "api"}
CLOCK = "haddong_portal/common/clock.py"
# Certificates run by UTC and the machine's clock, outside the portal's working time.
OUTSIDE_WORK = {"haddong_portal/demo_runner/tls.py"}


def is_door(path: str) -> bool:
    return bool(DOORS & set(path.removesuffix(".py").split("/")))


def manager_uses(tree: ast.AST) -> list[int]:
    names = {"objects", "_default_manager", "_base_manager", "all_objects"}
    return [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr in names]


def test_no_view_and_no_api_asks_the_database_itself() -> None:
    found = {path: manager_uses(tree) for path, tree in sources() if is_door(path)}
    assert len(found) > 30
    assert {path: lines for path, lines in found.items() if lines} == {}


def test_no_door_saves_or_deletes_a_row() -> None:
    found = [
        f"{path}:{call.lineno}"
        for path, tree in sources()
        if is_door(path)
        for call in calls(tree)
        if getattr(call.func, "attr", "") in {"save", "delete", "bulk_create", "select_for_update"}
        and "session" not in ast.unparse(call.func)
    ]
    assert found == []


def reads_clock(call: ast.Call) -> bool:
    text = ast.unparse(call.func)
    return text.endswith(("datetime.now", "datetime.utcnow", "datetime.today", "date.today", "timezone.now"))


def test_one_module_reads_the_clock() -> None:
    readers = {path for path, tree in sources() for call in calls(tree) if reads_clock(call)}
    assert readers - OUTSIDE_WORK == {CLOCK}


def test_the_search_sees_a_manager_and_a_clock() -> None:
    assert manager_uses(ast.parse("Unit.objects.all()")) == [1]
    assert all(reads_clock(call) for call in calls(ast.parse("datetime.datetime.now(); timezone.now(); date.today()")))


def positional(function: ast.FunctionDef) -> list[str]:
    """Arguments that a caller may pass by position."""
    return [one.arg for one in (*function.args.posonlyargs, *function.args.args)]


def test_every_act_takes_its_arguments_by_name() -> None:
    """The act of a services module is the function it is named after. One argument alone cannot be mixed up."""
    acts, loose = 0, []
    for path, tree in sources():
        if "/services/" not in path:
            continue
        name = path.rsplit("/", 1)[-1].removesuffix(".py")
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and node.name == name:
                acts += 1
                if len(positional(node)) > 1 or "actor" in positional(node):
                    loose.append(f"{path}: {positional(node)}")
    assert acts > 20
    assert loose == []
