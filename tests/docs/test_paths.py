"""Every path, link and test that a page names is there."""

import ast
import re
from pathlib import Path

import pytest

from tests.docs.pages import PAGES, ROOT, codes, links, name

TOP = ("src/", "tests/", "docs/", "script/", "deploy/", "examples/", "requirements/", "benchmarks/", ".ci/", "web/")
MADE = {"deploy/wheels/", "src/monitor/core/web_app/"}
"""Folders that a script makes."""


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_paths_exist(page: Path) -> None:
    named = [code.split()[0] for code in codes(page) if code.startswith(TOP) and not set("<*…{") & set(code)]
    missing = [path for path in named if not (ROOT / path.partition("::")[0]).exists() and path not in MADE]
    assert missing == []


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_lead_somewhere(page: Path) -> None:
    assert [target for target in links(page) if not (page.parent / target).exists()] == []


def test_tests_named_exist() -> None:
    named = [code for page in PAGES for code in codes(page) if "::" in code and code.startswith("tests/")]
    assert [code for code in named if not _is_test(code)] == []


def test_source_says_nothing_of_missing_pages() -> None:
    files = [f for folder in ("src", "script", "tests", "deploy") for f in (ROOT / folder).rglob("*") if f.is_file()]
    texts = {f: f.read_text(errors="replace") for f in files if f.suffix in (".py", ".yaml", ".toml", "")}
    named = {(f, page) for f, text in texts.items() for page in re.findall(r"\bdocs/[a-z0-9/-]+\.md\b", text)}
    assert [(str(f), page) for f, page in named if not (ROOT / page).exists()] == []


def _is_test(code: str) -> bool:
    path, _, test = code.partition("::")
    tree = ast.parse((ROOT / path).read_text())
    names = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
    return test in names
