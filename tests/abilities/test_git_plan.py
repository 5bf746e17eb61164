"""Sources become argument lists in which nothing a person wrote can be an option, a shell or a setting."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.abilities.git import plan, submodules
from monitor.abilities.git.address import Address
from monitor.abilities.git.calls import GitAuth, GitSource
from monitor.kernel.errors import HostError, Invalid

URL = "https://example.com/a.git"
ADDRESS = Address.of(URL)
MIRROR = Path("/m/mirror")
SAFE = (
    *("-c", "protocol.allow=never"),
    *("-c", "core.hooksPath=/dev/null", "-c", "submodule.recurse=false", "-c", "core.fsmonitor=false"),
    *("-c", "http.lowSpeedLimit=1", "-c", "http.lowSpeedTime=60", "-c", "advice.detachedHead=false"),
    *("-c", "gc.autoDetach=false", "-c", "maintenance.autoDetach=false"),
)
HTTPS = (*SAFE, "-c", "protocol.https.allow=always")


def test_a_mirror_takes_every_branch_and_tag_in_one_call() -> None:
    assert plan.update(MIRROR, ADDRESS, head=True) == (
        *("git", *HTTPS, "--git-dir", "/m/mirror", "fetch", "--no-recurse-submodules", "--no-write-fetch-head"),
        *("--prune", "--no-tags", "--force", "--", URL),
        *("+refs/heads/*:refs/heads/*", "+refs/tags/*:refs/tags/*", "+HEAD:refs/monitor/head"),
    )
    assert plan.update(MIRROR, ADDRESS, head=False)[-1] == "+refs/tags/*:refs/tags/*"


def test_a_work_tree_takes_one_commit_from_the_mirror_and_nothing_from_elsewhere() -> None:
    taken = plan.take(Path("/w/source"), MIRROR, "a" * 40)
    assert taken == (
        *("git", *SAFE, "-c", "protocol.file.allow=always", "-C", "/w/source"),
        *("fetch", "--quiet", "--no-tags", "--depth=1", "--", "/m/mirror", "a" * 40),
    )


@pytest.mark.parametrize(
    ("source", "ref"),
    [
        (GitSource(url=URL), "refs/monitor/head"),
        (GitSource(url=URL, branch="x"), "refs/heads/x"),
        (GitSource(url=URL, tag="v1"), "refs/tags/v1"),
        (GitSource(url=URL, commit="abcdef1"), "abcdef1"),
        (GitSource(url=URL, branch="x", commit="abcdef1"), "abcdef1"),
    ],
)
def test_what_is_meant_is_looked_up_by_its_full_name(source: GitSource, ref: str) -> None:
    assert plan.find(MIRROR, source)[-2:] == ("--end-of-options", f"{ref}^{{commit}}")


def test_only_the_protocol_of_the_address_is_spoken() -> None:
    for url, names in {
        "http://h/x": ["http", "https"],
        "https://h/x": ["https"],
        "ssh://git@h/x": ["ssh"],
        "git@h:x": ["ssh"],
        "file:///srv/x": ["file"],
    }.items():
        argv = plan.list_remote(Address.of(url))
        assert [part.split(".")[1] for part in argv if part.endswith(".allow=always")] == names
        assert argv[-2:] == ("--", url)


def test_nothing_of_the_hosts_user_is_used() -> None:
    assert plan.ENVIRONMENT["GIT_CONFIG_GLOBAL"] == "/dev/null"
    assert plan.ENVIRONMENT["GIT_CONFIG_NOSYSTEM"] == "1"
    assert plan.ENVIRONMENT["GIT_TERMINAL_PROMPT"] == "0"
    assert plan.ENVIRONMENT["GIT_SSH_COMMAND"] == "false"


def test_a_token_is_told_to_its_server_alone_and_stands_in_no_argument() -> None:
    address = Address.of("https://git.example.org:8443/team/app.git")
    auth = GitAuth(host="git.example.org:8443", username="u@x", token="t0/ken\n")
    assert plan.credentials(address, auth) == "https://u%40x:t0%2Fken%0A@git.example.org:8443\n"
    told = plan.http_environment(Path("/a b/credentials"))
    assert told == {
        "GIT_CONFIG_COUNT": "2",
        "GIT_CONFIG_KEY_0": "credential.helper",
        "GIT_CONFIG_VALUE_0": "",
        "GIT_CONFIG_KEY_1": "credential.helper",
        "GIT_CONFIG_VALUE_1": "store --file='/a b/credentials'",
    }


def test_who_starts_without_encryption_may_be_sent_on_to_it() -> None:
    address = Address.of("http://git.example.org/team/app.git")
    kept = plan.credentials(address, GitAuth(host="git.example.org", token="t0ken"))
    assert kept.splitlines() == ["http://git:t0ken@git.example.org", "https://git:t0ken@git.example.org"]


@pytest.mark.parametrize(
    "branch",
    [
        *("-x", "--upload-pack=touch /tmp/x", "a b", "a..b", "a~1", "a^", "a:b", "a?", "a*", "a[", "a\\b", "a\nb"),
        *("/a", "a/", "a//b", ".a", "a/.b", "a.lock", "a.lock/b", "a.", "@", "@{u}", "a\x00b", "a\x7f"),
    ],
)
def test_what_is_no_branch_or_tag_name_is_refused(branch: str) -> None:
    for field in ("branch", "tag"):
        with pytest.raises(Invalid, match=f"no valid {field} name"):
            plan.check_source(GitSource(url=URL, **{field: branch}))  # type: ignore[arg-type] # both are texts


@pytest.mark.parametrize("branch", ["", "main", "feature/x-1", "v1.2.3", "ünïcode", "a@b", "release_2", "x;y", "$(x)"])
def test_real_branch_names_pass(branch: str) -> None:
    plan.check_source(GitSource(url=URL, branch=branch))


def test_a_tag_excludes_a_branch_and_a_commit() -> None:
    for other in ({"branch": "main"}, {"commit": "abcdef1"}):
        with pytest.raises(Invalid, match="not both"):
            plan.check_source(GitSource(url=URL, tag="v1", **other))  # type: ignore[arg-type] # both are texts


@given(st.text(max_size=40))
def test_a_branch_is_one_argument_after_the_options_or_refused(branch: str) -> None:
    source = GitSource(url=URL, branch=branch)
    try:
        plan.check_source(source)
    except Invalid:
        return
    argv = plan.find(MIRROR, source)
    assert argv[-2] == "--end-of-options"
    assert argv[-1].startswith("refs/")


@pytest.mark.parametrize("folder", ["..", "a/../b", "/", "", ".git", "a/.git/b", "./a"])
def test_folders_stay_inside_the_repository(folder: str) -> None:
    with pytest.raises(Invalid, match="a folder inside the repository"):
        plan.check_source(GitSource(url=URL, folders=(folder,)))


def test_folders_are_patterns_in_which_nothing_is_special() -> None:
    assert plan.patterns(("apps/web",)).splitlines() == ["/*", "!/*/", "/apps/", "!/apps/*/", "/apps/web/"]
    assert plan.patterns(("a[1]*",)).splitlines()[-1] == "/a\\[1\\]\\*/"


@pytest.mark.parametrize(
    ("url", "scheme", "host", "path"),
    [
        ("https://GitHub.com/Acme/App.git", "https", "github.com", "/Acme/App.git"),
        ("https://h:443/x", "https", "h", "/x"),
        ("http://h:8080/x", "http", "h:8080", "/x"),
        ("git@github.com:acme/app.git", "ssh", "github.com", "acme/app.git"),
        ("ssh://git@git.example.org:2222/acme/app", "ssh", "git.example.org:2222", "/acme/app"),
        ("ssh://h:22/acme/app", "ssh", "h", "/acme/app"),
        ("file:///srv/git/app.git", "file", "", "/srv/git/app.git"),
    ],
)
def test_an_address_says_whose_server_it_is(url: str, scheme: str, host: str, path: str) -> None:
    assert Address.of(url) == Address(url, scheme, host, path)


@pytest.mark.parametrize(
    "url",
    [
        *("ext::sh -c touch% /tmp/owned", "/etc", "git://h/x", "ssh://-oProxyCommand=x/y", "-u@h:x", "h:x"),
        *("https://user:pw@h/x", "https://h/x#y", "https://h/x?y", "file://h/x", "https://h:99999/x", "ssh://h\n/x"),
        *("git@-h:x", "git@h:", "https://h/a b", "javascript:alert(1)", "https:///x\x00"),
    ],
)
def test_what_is_no_repositorys_address_is_refused(url: str) -> None:
    with pytest.raises(Invalid, match="address"):
        Address.of(url)


@pytest.mark.parametrize(
    ("parent", "url", "meant"),
    [
        ("https://h/team/app.git", "../lib.git", "https://h/team/lib.git"),
        ("https://h/team/app.git", "../../other/lib", "https://h/other/lib"),
        ("git@h:team/app.git", "../lib.git", "git@h:team/lib.git"),
        ("ssh://git@h:2222/team/app", "./sub", "ssh://git@h:2222/team/app/sub"),
        ("https://h/team/app.git", "https://else/x", "https://else/x"),
    ],
)
def test_a_submodules_address_may_be_relative(parent: str, url: str, meant: str) -> None:
    assert Address.of(parent).resolve(url).url == meant


def test_but_it_stays_on_its_server() -> None:
    with pytest.raises(Invalid, match="leads out"):
        Address.of("git@h:app.git").resolve("../../../x")


@pytest.mark.parametrize(
    "path",
    [
        "../x",
        "/x",
        "a/../../x",
        ".git",
        "a/.GIT/hooks",
        ".git ",
        "git~1",
        "-x",
        "a\\b",
        "c:x",
        "a//b",
        "",
        ".git::$INDEX",
    ],
)
def test_a_submodule_stays_in_the_tree(path: str) -> None:
    with pytest.raises(HostError, match="no path inside it"):
        submodules.read(f"submodule.x.path\n{path}\0submodule.x.url\nhttps://h/x\0".encode())


def test_submodules_are_read_as_data() -> None:
    listed = b"submodule.a.b.path\nlibs/x\0submodule.a.b.url\n../x\0submodule.a.b.update\n!sh\0"
    listed += b"submodule.half.path\ny\0other.z\n1\0"
    assert submodules.read(listed) == (submodules.Submodule("libs/x", "../x"),)
    assert submodules.commit_at(b"160000 commit " + b"a" * 40 + b"\tlibs/x\0") == "a" * 40
    assert submodules.commit_at(b"040000 tree " + b"a" * 40 + b"\tlibs/x\0") == ""
    assert submodules.commit_at(b"") == ""
