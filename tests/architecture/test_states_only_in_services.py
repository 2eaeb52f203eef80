"""A dossier's status is written by its services alone, and only they write history."""

from __future__ import annotations

import ast

import pytest

from tests.architecture.sources import calls, sources

WRITING_CALLS = {"update", "create", "bulk_create", "get_or_create", "update_or_create"}
MODELS = {"Dossier", "DossierEvent"}
# The raw rows of the load test are no act on a dossier; they live below tests/ and are not read here.
HOME = "dossiers/services/"


def status_writes(tree: ast.AST) -> list[int]:
    """Lines that assign `.status`, or write it through a queryset or `setattr`."""
    lines = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            flat = [one for target in targets for one in getattr(target, "elts", [target])]
            if any(isinstance(one, ast.Attribute) and one.attr == "status" for one in flat):
                lines.append(node.lineno)
    return lines + [call.lineno for call in calls(tree) if _writes_status(call)]


def _writes_status(call: ast.Call) -> bool:
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    if name == "setattr":
        return any(isinstance(one, ast.Constant) and one.value == "status" for one in call.args)
    return name in WRITING_CALLS and any(word.arg == "status" for word in call.keywords)


def makes_dossier(call: ast.Call) -> bool:
    """`Dossier(...)`, or a writing call on `Dossier.objects`."""
    if isinstance(call.func, ast.Name):
        return call.func.id in MODELS
    text = ast.unparse(call.func)
    return text.split(".")[0] in MODELS and text.split(".")[-1] in WRITING_CALLS | {"delete"}


def test_only_services_of_dossiers_assign_a_status() -> None:
    found = {path: status_writes(tree) for path, tree in sources() if not path.startswith(HOME)}
    # DomainError and HTTP answers have a status of their own, set when they are made.
    allowed = {"haddong_portal/common/errors.py"}
    assert {path: lines for path, lines in found.items() if lines and path not in allowed} == {}


def test_only_services_of_dossiers_make_dossiers_and_events() -> None:
    makers = [
        f"{path}:{call.lineno}"
        for path, tree in sources()
        if not path.startswith(HOME)
        for call in calls(tree)
        if makes_dossier(call)
    ]
    assert makers == []


def test_services_do_write_them() -> None:
    """The search finds the acts that are there, so finding nothing elsewhere means something."""
    writers = {path for path, tree in sources() if path.startswith(HOME) and status_writes(tree)}
    assert {f"{HOME}take_dossier.py", f"{HOME}hand_over_result.py", f"{HOME}finish_step.py"} <= writers


@pytest.mark.parametrize(
    "line",
    [
        "dossier.status = 'DONE'",
        "dossier.officer_id, dossier.status = 1, 'DONE'",
        "Dossier.objects.filter(pk=1).update(status='DONE')",
        "setattr(dossier, 'status', 'DONE')",
    ],
)
def test_each_way_of_writing_is_seen(line: str) -> None:
    assert status_writes(ast.parse(line)) == [1]
