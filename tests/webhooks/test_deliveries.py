"""What becomes of pushes: what is built, what is ignored, and what the record says."""

from typing import Any

from monitor.abilities.git.calls import GitSource, LookAtSource
from monitor.kernel.activity import State, Who
from monitor.kernel.errors import Conflict, Forbidden, HostError, Invalid
from monitor.kernel.permission import Level
from monitor.kernel.webhooks import Outcome
from monitor.resources.build.operations.run import RunBuild
from monitor.resources.build.operations.run_branch import RunBranch
from monitor.resources.build.spec import BUILD
from monitor.testing.script import Script
from tests.core.world import refused
from tests.webhooks.forge import OPERATIONS, Forge, commit


async def test_a_push_builds_the_head_of_the_branch(forge: Forge) -> None:
    head = forge.push_to("main", 2)
    answer = await forge.github()
    assert answer.status_code == 202
    delivery = await forge.after()
    (run,) = await forge.runs()
    assert (delivery.outcome, delivery.activity) == (Outcome.RUN, run.id)
    assert (delivery.service, delivery.branch, delivery.commit, delivery.pusher) == ("github", "main", commit(9), "ann")
    build = await forge.world.app.get(BUILD, "app")
    assert build.info.commit == head, "what the repository has, not what the request says"
    assert run.state is State.SUCCEEDED
    assert run.origin == "webhook"
    assert run.who == Who("webhook", build.id, "webhook (GitHub, push to main by ann)")


async def test_a_replay_builds_nothing_new(forge: Forge) -> None:
    await forge.github()
    await forge.after()
    for _ in range(3):
        await forge.github()
        delivery = await forge.after()
        assert delivery.outcome is Outcome.NOTHING_NEW
        assert "is built already" in delivery.reason
    assert len(await forge.runs()) == 1


async def test_a_replay_of_what_failed_builds_nothing_either(forge: Forge) -> None:
    forge.world.host.machine.scripts["build", forge.repository] = Script(
        pieces=lambda: iter(()), error="docker build failed", exit_code=1
    )
    await forge.github()
    first = await forge.after()
    assert (await forge.runs())[0].state is State.FAILED
    await forge.github()
    second = await forge.after()
    assert second.outcome is Outcome.NOTHING_NEW
    assert second.activity == first.activity
    assert "tried already" in second.reason
    forge.push_to("main", 3)
    await forge.github()
    await forge.after()
    assert len(await forge.runs()) == 2


IGNORED: tuple[tuple[dict[str, Any], str], ...] = (
    ({"event": "ping"}, "a ping: address and secret are right"),
    ({"event": "pull_request"}, "an event 'pull_request': only pushes count"),
    ({"event": "create"}, "an event 'create': only pushes count"),
    ({"ref": "refs/heads/feature"}, "branch feature: it is made from main"),
    ({"ref": "refs/tags/v1"}, "a tag, v1: only branches count"),
    ({"ref": "refs/pull/7/head"}, "refs/pull/7/head is no branch"),
    ({"ref": "refs/merge-requests/7/head"}, "refs/merge-requests/7/head is no branch"),
    ({"more": {"deleted": True, "after": "0" * 40}}, "main was deleted"),
    ({"more": {"after": "0" * 40}}, "main was deleted"),
)


async def test_what_does_not_count_is_ignored_with_the_reason(forge: Forge) -> None:
    for given, reason in IGNORED:
        assert (await forge.github(**given)).status_code == 202
        delivery = await forge.newest()
        assert (delivery.outcome, delivery.reason) == (Outcome.IGNORED, reason)
    await forge.after()
    assert await forge.runs() == []
    assert forge.world.host.machine.looks.asked == [], "the repository is not even asked"


async def test_the_default_branch_is_followed_where_none_is_named(forge: Forge) -> None:
    other = await Forge(forge.world, "other", "https://git.example/other").set_up(
        source=GitSource(url="https://git.example/other")
    )
    await other.github(ref="refs/heads/feature")
    assert "it is made from main" in (await other.after()).reason
    await other.github()
    assert (await other.after()).outcome is Outcome.RUN


async def test_pushes_to_branches_that_count_build_those_branches(forge: Forge) -> None:
    await forge.on(branches=("main", "release/*"))
    heads = {name: forge.push_to(name, 30 + n) for n, name in enumerate(("main", "release/1", "release/2", "wip"))}
    for name in heads:
        await forge.github(ref=f"refs/heads/{name}")
    await forge.after(30)
    told = {d.branch: (d.outcome, d.reason) for d in (await forge.shown()).deliveries}
    assert told.pop("wip") == (Outcome.IGNORED, "branch wip is none of main, release/*")
    assert {outcome for outcome, _ in told.values()} == {Outcome.RUN}
    runs = await forge.runs("build.run", "build.run_branch")
    assert [run.state for run in runs] == [State.SUCCEEDED] * 3
    assert {run.who.name for run in runs} == {
        f"webhook (GitHub, push to {name} by ann)" for name in ("main", "release/1", "release/2")
    }
    for name in ("release/1", "release/2"):
        await forge.github(ref=f"refs/heads/{name}")
        assert (await forge.after(10)).outcome is Outcome.NOTHING_NEW
    head = forge.push_to("release/1", 40)
    await forge.github(ref="refs/heads/release/1")
    assert (await forge.after(10)).outcome is Outcome.RUN
    assert (await forge.world.app.get(BUILD, "app")).info.commit == head
    assert (await forge.runs("build.run_branch"))[-1].origin == "webhook"


async def test_a_branch_that_is_no_name_of_one_is_never_asked_for(forge: Forge) -> None:
    await forge.on(branches=("*",))
    for name in ("-c", "--upload-pack=touch x", "a..b", "x^{y}", "@{u}", "a b"):
        await forge.github(ref=f"refs/heads/{name}")
        delivery = await forge.after(10)
        assert delivery.outcome is Outcome.FAILED, name
        assert "no valid branch name" in delivery.reason
    assert await forge.runs("build.run", "build.run_branch") == []


async def test_a_person_builds_another_branch_with_write(forge: Forge) -> None:
    head = forge.push_to("feature", 50)
    ended = await forge.world.do(RunBranch(target="app", branch="feature"))
    assert ended.state is State.SUCCEEDED
    info = (await forge.world.app.get(BUILD, "app")).info
    assert (info.commit, info.branch) == (head, "feature")
    assert isinstance(await refused(forge.world, RunBranch(target="app", branch="-c")), Invalid)
    ann = await forge.world.app.user("ann")
    await forge.world.grant(ann, "build", "app", Level.EXECUTE)
    assert isinstance(await refused(forge.world, RunBranch(target="app", branch="feature"), ann), Forbidden)


async def test_a_tag_is_followed_where_it_is_the_source(forge: Forge) -> None:
    url = "https://git.example/tagged"
    other = Forge(forge.world, "tagged", url)
    other.push_to("v1", 1)
    await other.set_up(source=GitSource(url=url, tag="v1"))
    await other.github(ref="refs/tags/v2")
    assert (await other.after()).outcome is Outcome.IGNORED
    await other.github(ref="refs/tags/v1")
    assert (await other.after()).outcome is Outcome.RUN


async def test_one_commit_is_changed_by_no_push(forge: Forge) -> None:
    await forge.world.build("pinned", source=GitSource(url=forge.repository, commit="abcdef1"))
    refusal = await refused(forge.world, OPERATIONS["webhook_on"](target="pinned"))
    assert isinstance(refusal, Conflict)
    await forge.world.update(BUILD, "app", config={"source": {"url": forge.repository, "commit": "abcdef1"}})
    await forge.github()
    assert (await forge.after()).outcome is Outcome.IGNORED


async def test_only_when_a_file_that_counts_changed(forge: Forge) -> None:
    await forge.on(paths=("src", "!src/docs"))
    await forge.github()
    assert (await forge.after()).outcome is Outcome.RUN, "the first time there is nothing to compare with"
    looks = forge.world.host.machine.looks
    looks.changed[commit(1), commit(2)] = ("README", "src/docs/a.txt")
    forge.push_to("main", 2)
    await forge.github()
    delivery = await forge.after()
    assert delivery.outcome is Outcome.IGNORED
    assert delivery.reason == f"no file that counts changed between {commit(1)[:10]} and {commit(2)[:10]}"
    looks.changed[commit(1), commit(3)] = ("README", "src/main.py")
    forge.push_to("main", 3)
    await forge.github()
    assert (await forge.after()).outcome is Outcome.RUN
    assert len(await forge.runs()) == 2
    assert looks.asked[-1].paths == ("src", "!src/docs")


async def test_a_repository_that_does_not_answer_is_asked_a_few_times(forge: Forge) -> None:
    for _ in range(2):
        forge.world.host.fail_next(LookAtSource, HostError("cannot be asked", exit_code=128))
    await forge.github()
    delivery = await forge.after(2)
    assert (delivery.outcome, delivery.reason) == (Outcome.WAITING, "asked again in a while: cannot be asked")
    assert (await forge.after(60)).outcome is Outcome.RUN
    for _ in range(10):
        forge.world.host.fail_next(LookAtSource, HostError("cannot be asked", exit_code=128))
    forge.push_to("main", 2)
    await forge.github()
    assert (await forge.after(300)).outcome is Outcome.FAILED


async def test_a_builder_that_is_away_is_waited_for(forge: Forge) -> None:
    forge.world.host.down = "unplugged"
    await forge.github()
    assert (await forge.after(400)).outcome is Outcome.WAITING
    forge.world.host.down = ""
    assert (await forge.after(90)).outcome is Outcome.RUN


async def test_what_a_person_had_built_meanwhile_is_not_built_again(forge: Forge) -> None:
    await forge.world.do(RunBuild(target="app"))
    await forge.github()
    delivery = await forge.after()
    assert delivery.outcome is Outcome.NOTHING_NEW
    assert delivery.activity == (await forge.runs())[0].id


async def test_a_test_does_as_a_push_would(forge: Forge) -> None:
    await forge.do("webhook_test")
    delivery = await forge.after()
    assert (delivery.service, delivery.outcome) == ("monitor", Outcome.RUN)
    await forge.do("webhook_off")
    assert isinstance(await refused(forge.world, OPERATIONS["webhook_test"](target="app")), Conflict)


async def test_a_refusal_is_shown(forge: Forge) -> None:
    await forge.world.git_account("elsewhere", host="other.example")
    await forge.world.update(BUILD, "app", config={"account": "elsewhere"})
    await forge.github()
    delivery = await forge.after()
    assert delivery.outcome is Outcome.FAILED
    assert "is not for git.example" in delivery.reason
