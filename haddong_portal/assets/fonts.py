"""Be Vietnam Pro for the web, with digits of one width.

The family has proportional digits only ("1" is 385 units wide, "4" is 710), so columns of codes and dates
would not line up. The Latin files get a second set of digits, centred on the width of "0", behind the
OpenType feature `tnum`: CSS `font-variant-numeric: tabular-nums` then works as everywhere.
(The family's licence, SIL OFL 1.1, allows changes and reserves no font name.)
"""

from __future__ import annotations

import copy
import shutil
from pathlib import Path
from typing import Any

from fontTools.otlLib.builder import buildLookup, buildSingleSubstSubtable
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables import otTables

from haddong_portal.assets.paths import package_file

WEIGHTS = (400, 500, 600, 700)
SUBSETS = ("latin", "vietnamese")
FAMILY = "@fontsource/be-vietnam-pro/files/be-vietnam-pro"


def _tabular_copy(font: Any, name: str, width: int) -> str:
    """Add a copy of digit `name` centred on `width` units; returns the new glyph's name."""
    glyphs, metrics = font["glyf"], font["hmtx"]
    new_name = f"{name}.tf"
    glyph = copy.deepcopy(glyphs[name])
    old_width, left = metrics[name]
    shift = (width - old_width) // 2
    glyph.coordinates.translate((shift, 0))
    glyph.removeHinting()
    glyphs[new_name] = glyph
    glyph.recalcBounds(glyphs)
    metrics[new_name] = (width, left + shift)
    return new_name


def _add_feature(table: Any, tag: str, lookup: Any) -> None:
    """Append `lookup` and a feature for it to GSUB, keeping feature records sorted and every script served."""
    table.LookupList.Lookup.append(lookup)
    table.LookupList.LookupCount = len(table.LookupList.Lookup)
    record = otTables.FeatureRecord()
    record.FeatureTag = tag
    record.Feature = otTables.Feature()
    record.Feature.FeatureParams = None
    record.Feature.LookupListIndex = [table.LookupList.LookupCount - 1]
    record.Feature.LookupCount = 1
    before = list(table.FeatureList.FeatureRecord)
    after = sorted([*before, record], key=lambda item: str(item.FeatureTag))
    moved = {old: after.index(item) for old, item in enumerate(before)}
    table.FeatureList.FeatureRecord = after
    table.FeatureList.FeatureCount = len(after)
    for language in _languages(table):
        language.FeatureIndex = sorted([*(moved[i] for i in language.FeatureIndex), after.index(record)])
        language.FeatureCount = len(language.FeatureIndex)


def _languages(table: Any) -> list[Any]:
    """Every language system of every script, each once."""
    found: dict[int, Any] = {}
    for script in table.ScriptList.ScriptRecord:
        systems = [script.Script.DefaultLangSys, *(item.LangSys for item in script.Script.LangSysRecord)]
        found.update({id(system): system for system in systems if system is not None})
    return list(found.values())


def add_tabular_digits(source: Path, target: Path) -> None:
    """Write `target` (woff2): `source` plus ten digits as wide as its "0", reached through `tnum`."""
    font: Any = TTFont(source)
    names = [font.getBestCmap()[ord(digit)] for digit in "0123456789"]
    width = font["hmtx"][names[0]][0]
    wide = {name: _tabular_copy(font, name, width) for name in names}
    _add_feature(font["GSUB"].table, "tnum", buildLookup([buildSingleSubstSubtable(wide)]))
    font.flavor = "woff2"
    font.save(target)


def build_fonts(directory: Path) -> int:
    """Write the font files (weights × subsets) into `directory`; returns how many."""
    directory.mkdir(parents=True, exist_ok=True)
    for weight in WEIGHTS:
        latin, vietnamese = (f"{subset}-{weight}-normal.woff2" for subset in SUBSETS)
        add_tabular_digits(package_file(f"{FAMILY}-{latin}"), directory / f"be-vietnam-pro-{latin}")
        shutil.copyfile(package_file(f"{FAMILY}-{vietnamese}"), directory / f"be-vietnam-pro-{vietnamese}")
    return len(WEIGHTS) * len(SUBSETS)
