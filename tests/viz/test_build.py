"""The build hook: when it builds, with which Node, and what it says when that fails."""

import json
from pathlib import Path

import pytest

import hatch_build
from hatch_build import BuildError, CustomBuildHook

PO = """
#: viz/web/src/map.ts
msgid "Yes"
msgstr "Evet"

#: viz/start.py
msgid "No"
msgstr "Hayır"
"""
HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a project with one sentence for the browser and a web build that only writes a file."""
    catalogue = tmp_path / "ontology" / "locale" / "tr" / "LC_MESSAGES" / "kopru.po"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_text(HEADER + PO, encoding="utf-8")
    web = tmp_path / "viz" / "web"
    (web / "src").mkdir(parents=True)
    script = "node -e \\\"require('fs').mkdirSync('../static/build',{recursive:true})\\\""
    (web / "package.json").write_text(f'{{"name":"x","version":"1.0.0","scripts":{{"build":"{script}"}}}}')
    (web / "package-lock.json").write_text('{"name":"x","version":"1.0.0","lockfileVersion":3,"packages":{}}')
    return tmp_path


def test_only_sentences_of_scripts_go_to_the_browser(root: Path) -> None:
    assert hatch_build.browser_messages(root) == {"tr": {"Yes": "Evet"}}


def test_a_build_makes_catalogue_table_and_stamp_and_is_fresh_then(root: Path) -> None:
    hatch_build.build(root)
    assert (root / "ontology/locale/tr/LC_MESSAGES/kopru.mo").is_file()
    table = json.loads((root / "viz/web/src/generated/messages.json").read_text(encoding="utf-8"))
    assert table == {"tr": {"Yes": "Evet"}}
    assert hatch_build.is_fresh(root)


def test_a_changed_source_and_a_changed_translation_make_it_stale(root: Path) -> None:
    before = hatch_build.digest_sources(root)
    (root / "viz/web/src/map.ts").write_text("1;")
    changed = hatch_build.digest_sources(root)
    catalogue = root / "ontology/locale/tr/LC_MESSAGES/kopru.po"
    catalogue.write_text(catalogue.read_text(encoding="utf-8").replace("Evet", "Elbette"), encoding="utf-8")
    assert len({before, changed, hatch_build.digest_sources(root)}) == 3


def test_what_is_installed_or_made_does_not_make_it_stale(root: Path) -> None:
    before = hatch_build.digest_sources(root)
    (root / "viz/web/node_modules").mkdir()
    (root / "viz/web/node_modules/x.js").write_text("1;")
    assert hatch_build.digest_sources(root) == before


def test_without_web_sources_the_built_files_are_taken_as_they_are(tmp_path: Path) -> None:
    assert not hatch_build.is_fresh(tmp_path)
    (tmp_path / "viz/static/build").mkdir(parents=True)
    (tmp_path / "viz/static/build/sources.sha256").write_text("0")
    assert hatch_build.is_fresh(tmp_path)


def test_a_failing_build_says_what_failed(root: Path) -> None:
    package = root / "viz/web/package.json"
    package.write_text(
        json.dumps({"name": "x", "version": "1.0.0", "scripts": {"build": "echo no room left; exit 3"}})
    )
    with pytest.raises(BuildError, match=r"(?s)'npm run build' in viz/web ended with code 3.*no room left"):
        hatch_build.build(root)


def test_node_is_asked_for_only_when_needed(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hook = CustomBuildHook(str(root), {}, None, None, str(root), "wheel")  # type: ignore[arg-type]
    monkeypatch.setenv("PATH", str(root))
    assert hook.dependencies() == [hatch_build.NODE_PACKAGE]
    monkeypatch.undo()
    hatch_build.build(root)
    monkeypatch.setenv("PATH", str(root))
    assert hook.dependencies() == []


@pytest.mark.parametrize(
    ("version", "fits"),
    [
        ("v20.19.0", True),
        ("v20.18.3", False),
        ("v21.7.0", False),
        ("v22.12.0", True),
        ("v24.1.0", True),
        ("", False),
    ],
)
def test_versions_of_node_that_fit(version: str, fits: bool) -> None:
    assert hatch_build.is_new_enough(version) is fits


def test_the_lock_names_no_registry_and_every_package_has_a_digest() -> None:
    lock = json.loads(
        (Path(hatch_build.__file__).parent / "viz/web/package-lock.json").read_text(encoding="utf-8")
    )
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert len(packages) >= 20
    assert [name for name, entry in packages.items() if "resolved" in entry] == []
    assert [name for name, entry in packages.items() if "integrity" not in entry] == []
