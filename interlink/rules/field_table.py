"""docs/linked-fields.md: every field of every leg and where its value comes from, drawn from the shipped templates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from interlink.rules.parse_template import parse_template
from interlink.rules.shipped_groups import ShippedVersion
from interlink.rules.template import LegPlan, Source, Template

HEAD = """# Fields of the linked groups

Drawn from `interlink/data/groups.json` by `manage.py linked_fields`; a test compares. Each fact is declared once; a
leg's form takes it from the declaration, from the result of a leg before it, or is a fixed word. **Bold** targets are
required.
"""


def field_table(versions: Iterable[ShippedVersion]) -> str:
    """The newest version of each group, as Markdown."""
    newest = {one.group: one for one in versions}
    parts = [HEAD]
    for version in newest.values():
        template = parse_template(version.definition)
        parts.append(f"\n## {version.name}\n\nProcedure {version.procedure_code}, {version.legal_key}.\n\n")
        parts.append("\n".join(_declared(template)) + "\n")
        for leg in template.legs:
            parts.append(f"\n### {leg.name} (`{leg.key}`, {leg.agency})\n\n" + "\n".join(_rows(template, leg)) + "\n")
    return "".join(parts)


def _declared(template: Template) -> Iterator[str]:
    yield "| Declared once | Key | Kind | Filled by |"
    yield "|---|---|---|---|"
    for field in template.fields:
        yield f"| {field.label} | `{field.key}` | {field.kind} | {field.source or 'typed'} |"


def _rows(template: Template, leg: LegPlan) -> Iterator[str]:
    yield "| Target | Comes from |"
    yield "|---|---|"
    for target, source in leg.fields.items():
        name = f"**{target}**" if target in leg.required else target
        yield f"| {name} | {_origin(template, source)} |"
    for slot, paper in leg.papers.items():
        told = f"signed result of `{paper.result_paper}`" if paper.result_paper else f"declared paper `{paper.paper}`"
        yield f"| paper: {slot} | {told} |"


def _origin(template: Template, source: Source) -> str:
    field = template.declared(source.field)
    if field is not None:
        return f"declared: {field.label} (`{field.key}`)"
    return f"result: `{source.result}`" if source.result else f"fixed: {source.value}"
