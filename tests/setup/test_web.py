"""The web app's way from `web/` into the wheel: the Node that builds it, when it is built, and what is shipped."""

import os
import stat
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from parts import api_types, first_screen, node, web
from parts.say import GiveUp

ROOT = Path(__file__).parents[2]
NPM = """#!/bin/sh
echo "$1 $2" | sed 's/ --.*//' >> {asked}
case "$1" in
ci) mkdir -p node_modules ;;
run)
    if [ -e broken ]; then echo "main.tsx is broken"; exit 1; fi
    mkdir -p "$5"; cp page "$5/index.html" ;;
*) echo 11.0.0 ;;
esac
"""


def program(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.write_text(text)
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


class Place:
    """A folder like the repository's, with a Node and an npm that note what they were asked."""

    def __init__(self, folder: Path) -> None:
        self.web = folder / "web"
        self.built = folder / "built"
        self.asked = folder / "asked"
        (self.web / "src").mkdir(parents=True)
        for name in ("package.json", "package-lock.json"):
            (self.web / name).write_text("{}")
        (self.web / "page").write_text("first")
        self.asked.write_text("")
        (folder / "bin").mkdir()
        program(folder / "bin", "node", "#!/bin/sh\necho v24.1.0\n")
        program(folder / "bin", "npm", NPM.format(asked=self.asked))

    def npm(self) -> list[str]:
        """What was asked since the last time, but for its version."""
        asked = [line for line in self.asked.read_text().splitlines() if not line.startswith("-")]
        self.asked.write_text("")
        return [line.strip() for line in asked if line.strip()]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    made = Place(tmp_path)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    monkeypatch.setattr(web, "ROOT", tmp_path)
    monkeypatch.setattr(web, "FOLDER", made.web)
    monkeypatch.setattr(web, "LOCK", made.web / "package-lock.json")
    monkeypatch.setattr(web, "BUILT", made.built)
    monkeypatch.setattr(web, "STAGED", tmp_path / ".cache/web_app")
    return made


def test_it_is_built_once_and_again_when_its_source_changes(place: Place) -> None:
    assert web.ensure_built()
    assert place.npm() == ["ci", "run build"]
    assert (place.built / "index.html").read_text() == "first"
    assert not web.ensure_built()
    assert place.npm() == []
    (place.web / "src/main.tsx").write_text("more")
    (place.built / "old.js").write_text("from the first build")
    assert web.ensure_built()
    assert place.npm() == ["run build"]
    assert not (place.built / "old.js").exists()


def test_packages_are_installed_anew_when_the_lock_changes(place: Place) -> None:
    assert web.ensure_packages()
    assert not web.ensure_packages()
    (place.web / "package-lock.json").write_text('{"lockfileVersion": 3}')
    assert web.ensure_packages()
    assert place.npm() == ["ci", "ci"]


def test_a_build_by_hand_is_made_anew(place: Place) -> None:
    web.ensure_built()
    (place.built / ".built-from").unlink()  # vite empties the folder first
    (place.built / "index.html").write_text("by hand, from something else")
    assert web.ensure_built()
    assert (place.built / "index.html").read_text() == "first"


def test_what_was_built_stays_when_the_next_build_fails(place: Place) -> None:
    web.ensure_built()
    (place.web / "broken").write_text("")
    with pytest.raises(GiveUp, match=r"main\.tsx is broken"):
        web.ensure_built()
    assert (place.built / "index.html").read_text() == "first"
    (place.web / "broken").unlink()
    assert not web.ensure_built()


@pytest.mark.parametrize(
    ("said", "enough"),
    [("v22.12.0", True), ("v24.19.0", True), ("v22.11.9", False), ("v20.20.2", False), ("v9.0.0", False), ("", False)],
)
def test_a_node_that_is_too_old_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str, enough: bool
) -> None:
    program(tmp_path, "node", f"#!/bin/sh\necho {said}\n")
    program(tmp_path, "npm", "#!/bin/sh\necho 11.0.0\n")
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    assert node.is_here() is enough


def test_a_node_whose_npm_does_not_run_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path, "node", "#!/bin/sh\necho v24.1.0\n")
    program(tmp_path, "npm", "#!/bin/sh\nexit 1\n")
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    assert not node.is_here()


def test_a_node_that_cannot_be_started_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path, "node", "#!/no/such/interpreter\n")
    program(tmp_path, "npm", "#!/bin/sh\necho 11.0.0\n")
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    assert not node.is_here()


def test_the_one_installed_comes_first_and_brings_no_python_along(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(node, "is_here", lambda: False)
    monkeypatch.setattr(node, "ensure", lambda: False)
    first = Path(node.environment()["PATH"].split(os.pathsep)[0])
    assert first == node.FOLDER / "path"
    if first.exists():
        assert {each.name for each in first.iterdir()} == set(node.PROGRAMS)


def test_the_first_screen_counts_what_is_loaded_at_once(tmp_path: Path) -> None:
    (tmp_path / ".vite").mkdir()
    (tmp_path / "assets").mkdir()
    for name, size in {"index": 300, "react": 2000, "early": 40, "shared": 50, "lazy": 9000}.items():
        (tmp_path / f"assets/{name}.js").write_bytes(os.urandom(size))
    (tmp_path / "index.html").write_text(
        '<script type="module" src="/assets/index.js"></script><link rel="modulepreload" href="/assets/early.js">'
        '<link rel="stylesheet" href="/assets/index.css">'
    )
    (tmp_path / ".vite/manifest.json").write_text(
        """{"index.html": {"file": "assets/index.js", "isEntry": true, "imports": ["_react"], "dynamicImports": ["l"]},
        "_react": {"file": "assets/react.js", "imports": ["_shared"]}, "_shared": {"file": "assets/shared.js"},
        "l": {"file": "assets/lazy.js", "imports": ["_react"]}}"""
    )
    sizes = first_screen.first_scripts(tmp_path)
    assert {Path(name).stem for name in sizes} == {"index", "react", "early", "shared"}
    assert 2390 < sum(sizes.values()) < 2600


@pytest.mark.parametrize("missing", ["index.html", ".vite/manifest.json", "scripts"])
def test_a_first_screen_that_cannot_be_told_is_no_small_one(tmp_path: Path, missing: str) -> None:
    (tmp_path / ".vite").mkdir()
    (tmp_path / "index.html").write_text("" if missing == "scripts" else '<script src="/a.js"></script>')
    (tmp_path / ".vite/manifest.json").write_text("{}")
    (tmp_path / missing).unlink(missing_ok=True)
    with pytest.raises(GiveUp, match=r"no whole build|no script"):
        first_screen.first_scripts(tmp_path)


def test_types_that_are_not_the_api_s_are_shown_as_a_diff(tmp_path: Path) -> None:
    committed, current = tmp_path / "committed", tmp_path / "current"
    current.write_text("a\nb\n")
    assert api_types.difference(committed, current), "not committed at all"
    committed.write_text("a\nc\n")
    assert {"-c", "+b"} < set(api_types.difference(committed, current))
    committed.write_text("a\nb\n")
    assert api_types.difference(committed, current) == []


def test_the_wheel_carries_the_built_app_though_git_does_not_know_it(tmp_path: Path) -> None:
    """From a copy with few modules; the build's own notes stay behind."""
    for name in ("pyproject.toml", "README.md", "LICENSE", ".gitignore"):
        (tmp_path / name).write_text((ROOT / name).read_text())
    app = tmp_path / "src/monitor/core/web_app"
    for name in ("index.html", "favicon.svg", "assets/index-Ab12.js", ".built-from", ".vite/manifest.json"):
        (app / name).parent.mkdir(parents=True, exist_ok=True)
        (app / name).write_text(name)
    (tmp_path / "src/monitor/__init__.py").write_text("")
    subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True)
    uv = [sys.executable, "-m", "uv", "--quiet", "build", "--build-constraints", str(ROOT / "requirements/tools.txt")]
    subprocess.run([*uv, "--out-dir", str(tmp_path / "dist"), str(tmp_path)], check=True, stdin=subprocess.DEVNULL)
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        names = {name for name in packed.namelist() if "web_app" in name}
    assert names == {f"monitor/core/web_app/{name}" for name in ("index.html", "favicon.svg", "assets/index-Ab12.js")}
