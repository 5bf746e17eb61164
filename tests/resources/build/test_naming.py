"""What versions and their tags come to, by equality; what makes no tag is refused with its field."""

from datetime import UTC, datetime
from typing import Any

import pytest

from monitor.abilities.git.calls import GitSource
from monitor.abilities.push.calls import Delivery
from monitor.kernel.activity import Who
from monitor.kernel.errors import Conflict, Invalid
from monitor.resources.build import plan
from monitor.resources.build.config import BuildConfig, ServerBuilder
from monitor.resources.build.naming import check_names, tags_of
from monitor.resources.build.registries import PushTo
from monitor.resources.build.version import KEPT, Bump, Push, Version, noted, raised, superseded

AT = datetime(2026, 1, 5, 8, 30, 1, tzinfo=UTC)
BRANCH = "feature/Ünï x"
SOURCE = GitSource(url="https://git.example/app", branch=BRANCH)
D1, D2 = "sha256:" + "1" * 64, "sha256:" + "2" * 64


def config(**fields: Any) -> BuildConfig:
    return BuildConfig(**{"builder": ServerBuilder(server="s"), "source": SOURCE, **fields})


def test_each_number_can_be_raised() -> None:
    assert [raised("1.2.3", bump) for bump in Bump] == ["1.2.4", "1.3.0", "2.0.0"]


def test_templates_become_tags() -> None:
    given = config(
        image_tags=(
            "{version}",
            "v{major}.{minor}",
            "{branch}",
            "{commit}",
            "c-{short_commit}",
            "{date}_{time}",
            "latest",
        )
    )
    assert tags_of(given, "1.2.3", AT, branch=BRANCH, commit="ab" * 20) == (
        *("1.2.3", "v1.2", "feature-n-x", "ab" * 20, "c-ababababab", "2026-01-05_20260105-083001", "latest"),
    )
    assert tags_of(given, "1.2.3", AT, branch=BRANCH)[3:5] == ("{commit}", "c-{short_commit}")


def test_an_older_version_gets_only_tags_of_its_own() -> None:
    """`latest` must not go back to it."""
    given = config(image_tags=("latest", "{version}", "{major}", "{branch}-{short_commit}", "{date}"))
    assert tags_of(given, "1.2.3", AT, branch=BRANCH, commit="ab" * 20, newest=False) == (
        "1.2.3",
        "feature-n-x-ababababab",
    )


@pytest.mark.parametrize(
    ("fields", "where", "what"),
    [
        ({"image_tags": ("{version}", "{bransh}")}, "image_tags[1]", "{bransh} stands for nothing"),
        ({"image_tags": ("{}",)}, "image_tags[0]", "stands for nothing"),
        ({"image_tags": ("-{version}",)}, "image_tags[0]", "which is no tag"),
        ({"image_tags": ("a b",)}, "image_tags[0]", "which is no tag"),
        ({"image_tags": ("x" * 129,)}, "image_tags[0]", "which is no tag"),
        ({"image_tags": ("{version",)}, "image_tags[0]", "which is no tag"),
        ({"image_tags": ("web:1",)}, "image_tags[0]", "which is no tag"),
        ({"image_tags": ()}, "image_tags", "at least one"),
        ({"image_tags": ("{branch}",), "source": GitSource(url="https://h/a")}, "image_tags[0]", "name its branch"),
        (
            {"image_tags": ("{branch}",), "source": GitSource(url="https://h/a", branch="b", tag="v1")},
            *("image_tags[0]", "no tag or commit"),
        ),
        ({"image_tags": ("{commit}",), "source": None, "written": "FROM x"}, "image_tags[0]", "has no commit"),
        ({"push_to": (PushTo(image="ghcr.io/Team/web"),)}, "push_to[0].image", "lower case"),
        ({"push_to": (PushTo(image="ghcr.io/team/web:1"),)}, "push_to[0].image", "without a tag"),
        ({"push_to": (PushTo(image="https://ghcr.io/team"),)}, "push_to[0].image", "no valid image name"),
        ({"push_to": (PushTo(image="a/b"), PushTo(image="a/b"))}, "push_to[1].image", "given twice"),
    ],
)
def test_what_makes_no_name_is_refused_with_its_field(fields: dict[str, Any], where: str, what: str) -> None:
    with pytest.raises(Invalid) as refused:
        check_names(config(**fields))
    [error] = refused.value.fields
    assert error.path == f"config.{where}"
    assert what in error.message


def test_a_branch_too_long_for_a_tag_is_said_before_anything_is_built() -> None:
    given = config(source=GitSource(url="https://h/a", branch="b" * 200), image_tags=("{branch}",))
    with pytest.raises(Invalid, match="no tag"):
        check_names(given)
    with pytest.raises(Conflict, match="no tag"):
        tags_of(given, "0.0.1", AT, branch="b" * 200)


def test_the_work_says_where_it_goes_and_is_called_by_its_version_in_any_case() -> None:
    given = config(image="team/web", image_tags=("{short_commit}",), push_to=(PushTo(image="r.example/w"),))
    work = plan.work(given, "web", "0.0.1", (), tags=tags_of(given, "0.0.1", AT, branch=BRANCH))
    assert work.tags == ("team/web:0.0.1", "team/web:{short_commit}")
    assert [(to.image, to.tags, to.auth) for to in work.push] == [("r.example/w", ("{short_commit}",), None)]


def test_pushes_add_up() -> None:
    first = noted((), (Delivery(image="a", tags=("1",), digest=D1), Delivery(image="b", error="no", hint="h")), AT)
    assert first == (Push(image="a", tags=("1",), digest=D1, pushed=AT), Push(image="b", error="no", hint="h"))
    again = noted(first, (Delivery(image="b", tags=("1",), digest=D1), Delivery(image="a", error="away")), AT)
    assert again == (
        Push(image="a", tags=("1",), digest=D1, pushed=AT, error="away"),
        Push(image="b", tags=("1",), digest=D1, pushed=AT),
    )
    other = noted(again, (Delivery(image="b", tags=("2",), digest=D2),), AT)
    assert other[1] == Push(image="b", tags=("2",), digest=D2, pushed=AT)


def test_old_records_go_but_for_those_somebody_needs() -> None:
    who = Who("user", "1", "ann")
    versions = [
        Version(id=f"{n:03}", version=f"0.0.{n}", image="", image_id="", server="", built=AT, who=who)
        for n in range(KEPT + 3, 0, -1)
    ]
    assert superseded(versions, ["0.0.2"]) == ("003", "001")
