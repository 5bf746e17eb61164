"""Sources become argument lists in which nothing a person wrote can be an option, a shell or a setting."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.abilities.git import plan
from monitor.abilities.git.calls import GitSource
from monitor.kernel.errors import Invalid

URL = "https://example.com/a.git"
SAFE = (
    *("-c", "protocol.allow=never", "-c", "protocol.http.allow=always", "-c", "protocol.https.allow=always"),
    *("-c", "core.hooksPath=/dev/null", "-c", "submodule.recurse=false"),
    *("-c", "http.lowSpeedLimit=1", "-c", "http.lowSpeedTime=60", "-c", "advice.detachedHead=false"),
)


def test_a_branch_is_cloned_alone_and_shallow() -> None:
    assert plan.clone(GitSource(url=URL, branch="main"), Path("/w/source"), shallow=True) == (
        *("git", *SAFE, "clone", "--template=", "--no-tags", "--single-branch", "--no-recurse-submodules"),
        *("--depth=1", "--branch", "main", "--", URL, "/w/source"),
    )


def test_without_a_branch_it_is_the_default_one() -> None:
    assert plan.clone(GitSource(url=URL), Path("/w/source"), shallow=False) == (
        *("git", *SAFE, "clone", "--template=", "--no-tags", "--single-branch", "--no-recurse-submodules"),
        *("--", URL, "/w/source"),
    )


def test_a_commit_is_fetched_alone_unless_its_hash_is_short() -> None:
    commit = "a" * 40
    source = GitSource(url=URL, commit=commit)
    assert plan.fetch_commit(source) == ("git", *SAFE, "fetch", "--no-tags", "--depth=1", "--", URL, commit)
    assert plan.fetch_commit(GitSource(url=URL, commit="a" * 7)) is None
    assert plan.check_out(source) == ("git", *SAFE, "checkout", "--quiet", "--detach", commit, "--")


def test_nothing_of_the_hosts_user_is_used() -> None:
    assert plan.ENVIRONMENT["GIT_CONFIG_GLOBAL"] == "/dev/null"
    assert plan.ENVIRONMENT["GIT_CONFIG_NOSYSTEM"] == "1"
    assert plan.ENVIRONMENT["GIT_TERMINAL_PROMPT"] == "0"


@pytest.mark.parametrize(
    "branch",
    [
        *("-x", "--upload-pack=touch /tmp/x", "a b", "a..b", "a~1", "a^", "a:b", "a?", "a*", "a[", "a\\b", "a\nb"),
        *("/a", "a/", "a//b", ".a", "a/.b", "a.lock", "a.lock/b", "a.", "@", "@{u}", "a\x00b", "a\x7f"),
    ],
)
def test_what_is_no_branch_name_is_refused(branch: str) -> None:
    with pytest.raises(Invalid, match="no valid branch name"):
        plan.check_source(GitSource(url=URL, branch=branch))


@pytest.mark.parametrize("branch", ["", "main", "feature/x-1", "v1.2.3", "ünïcode", "a@b", "release_2", "x;y", "$(x)"])
def test_real_branch_names_pass(branch: str) -> None:
    plan.check_source(GitSource(url=URL, branch=branch))


@given(st.text(max_size=40))
def test_a_branch_is_one_argument_before_the_data_or_refused(branch: str) -> None:
    source = GitSource(url=URL, branch=branch)
    try:
        plan.check_source(source)
    except Invalid:
        return
    argv = plan.clone(source, Path("/w"), shallow=True)
    assert argv[-3:] == ("--", URL, "/w")
    assert not branch.startswith("-")
    assert argv.count("--branch") == (1 if branch else 0)
