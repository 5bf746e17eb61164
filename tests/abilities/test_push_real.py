"""Pushing to real registries that ask who pushes, over TLS and without; the token is in nothing that is left."""

import base64
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec import structs

from monitor.abilities.build.calls import BuildImage, Built
from monitor.abilities.container.calls import Origin, RegistryAuth, ReplaceContainer
from monitor.abilities.container.registry import auth_header
from monitor.abilities.container.replace import replace
from monitor.abilities.docker.distribution import pushed_digest
from monitor.abilities.git.calls import GitSource
from monitor.abilities.push.calls import Delivery, Destination, PushImage
from monitor.abilities.push.run import push_image
from monitor.kernel.activity import State
from monitor.kernel.errors import HostError
from monitor.kernel.wire import unpack
from tests.abilities.git_server import Repository, served
from tests.abilities.job_host import JobHost
from tests.abilities.memory import MemoryAgent, MemoryRun
from tests.abilities.private_registry import TOKEN, USER, private_registry, push
from tests.abilities.world import BUSYBOX, World, docker

pytestmark = pytest.mark.real
WRONG = "wr0ng-t0ken"


@pytest.fixture
def registries(tmp_path: Path) -> Iterator[tuple[str, str]]:
    """One over TLS, one without; both want a name and a token."""
    with private_registry(tmp_path / "tls", tls=True) as one, private_registry(tmp_path / "plain") as other:
        yield one, other


@pytest.fixture
def names() -> Iterator[list[str]]:
    """Names of images to take away afterwards."""
    made: list[str] = []
    yield made
    for name in made:
        listed = docker("images", "--digests", "--format", "{{.Repository}} {{.Tag}} {{.Digest}}", name).splitlines()
        found = [line.split() for line in listed]
        if found:
            docker("rmi", *{f"{a}@{c}" if b == "<none>" else f"{a}:{b}" for a, b, c in found})


def destination(image: str, *tags: str, token: str = TOKEN) -> Destination:
    auth = RegistryAuth(domain=image.partition("/")[0], username=USER, token=token)
    return Destination(image=image, tags=tags, auth=auth)


async def test_a_build_from_a_private_base_goes_to_both_and_says_which_refused(
    tmp_path: Path, world: World, registries: tuple[str, str], names: list[str]
) -> None:
    secure, plain = registries
    base, local = f"{plain}/base/{world.mark}:1", f"monitor-test-push-{world.mark}"
    docker("tag", world.image, base)
    push(base, tmp_path)
    docker("rmi", base)
    to = [f"{domain}/team/{world.mark}" for domain in registries]
    names += [local, *to, base.removesuffix(":1"), f"{secure}/other/x"]
    (tmp_path / "repositories").mkdir()
    repository = Repository(tmp_path / "repositories" / "app")
    shutil.copy(BUSYBOX, repository.folder / "busybox")
    commit = repository.commit(Dockerfile=f"FROM {base}\nCOPY busybox /pushed\n")
    going = (
        destination(to[0], "0.0.1", "{short_commit}"),
        destination(f"{secure}/other/x", "1", token=WRONG),
        destination(to[1], "latest"),
    )
    host = JobHost(tmp_path / "state")
    with served(tmp_path / "repositories") as url:
        source, base_account = GitSource(url=f"{url}/app/.git"), going[2].auth
        assert base_account is not None
        job = BuildImage(source=source, tags=(f"{local}:0.0.1",), accounts=(base_account,), push=going)
        ended = await host.build(job)
    assert ended.end.state is State.SUCCEEDED, ended
    assert ended.steps[-1] == ("push", "failed")
    first, refused, last = unpack(bytes(ended.end.result), Built).pushed
    assert first == Delivery(image=to[0], tags=("0.0.1", commit[:10]), digest=first.digest)
    assert last == Delivery(image=to[1], tags=("latest",), digest=last.digest)
    assert refused.error.startswith(f"{secure}/other/x:1 could not be pushed: ")
    assert f"the registry was told {USER}" in refused.hint
    for image, sent, digest in ((f"{to[0]}:{commit[:10]}", going[0], first), (f"{to[1]}:latest", going[2], last)):
        assert await pushed_digest(host.agent.docker, image, auth_header(sent.auth, image)) == digest.digest
    assert list(host.agent.work.iterdir()) == []
    kept = docker("history", "--no-trunc", f"{local}:0.0.1") + docker("image", "inspect", f"{local}:0.0.1")
    for secret in (TOKEN, WRONG, base64.b64encode(f"{USER}:{TOKEN}".encode()).decode()):
        assert secret not in ended.output + kept + refused.error
        found = subprocess.run(["grep", "-rqF", "--", secret, str(tmp_path / "state")], check=False)
        assert found.returncode == 1


async def test_an_image_is_pulled_by_its_digest_and_called_as_its_builder_calls_it(
    agent: MemoryAgent, world: World, registries: tuple[str, str], names: list[str]
) -> None:
    name, there = f"monitor-test-push-{world.mark}", f"{registries[0]}/team/{world.mark}"
    names += [name, there]
    run = MemoryRun(agent, world.job())
    image_id = docker("image", "inspect", "--format", "{{.Id}}", world.image)
    going = destination(there, "1")
    [pushed] = (await push_image(run, PushImage(image_id=image_id, to=(going,)))).to
    assert pushed.digest, run.output_text
    assert "pushed 1 layer" in run.output_text
    docker("rmi", f"{there}:1")
    job = ReplaceContainer(
        name=world.name(),
        body={**world.body(), "Image": f"{name}:0.0.2"},
        origin=Origin(reference=f"{there}@{pushed.digest}", image_id=image_id),
        auth=going.auth,
        stable_for=0.2,
    )
    pulling = MemoryRun(agent, world.job())
    result = await replace(pulling, job)
    assert pulling.steps[0] == ("pull", "succeeded")
    assert (result.image_id, result.image) == (image_id, f"{name}:0.0.2")
    assert f"{there}@{pushed.digest}" in docker("image", "inspect", f"{name}:0.0.2")
    again = MemoryRun(agent, world.job())
    await replace(again, job)
    assert again.steps[0][0] != "pull"


async def test_what_is_gone_is_said_to_be(agent: MemoryAgent) -> None:
    to = (Destination(image="127.0.0.1:1/x", tags=("1",)),)
    with pytest.raises(HostError, match="not on this host any more"):
        await push_image(MemoryRun(agent, "job"), PushImage(image_id="sha256:" + "0" * 64, to=to))


async def test_a_registry_that_is_away_is_named(agent: MemoryAgent, world: World, names: list[str]) -> None:
    image = f"127.0.0.1:1/team/{world.mark}"
    names.append(image)
    job = PushImage(image_id=world.image, to=(Destination(image=image, tags=("1",)),))
    [told] = (await push_image(MemoryRun(agent, "job"), job)).to
    assert told.error.startswith(f"{image}:1 could not be pushed: ")
    assert "does not reach the registry" in told.hint
    assert docker("images", "-q", image) == "", "a name that leads nowhere is not kept either"


async def test_who_may_not_push_leaves_every_name_on_the_host_to_whom_it_was(
    agent: MemoryAgent, world: World, names: list[str]
) -> None:
    """Else whoever may build has what others deploy next under that name be his."""
    image = f"127.0.0.1:1/team/{world.mark}"
    base = docker("create", world.image, "x")
    theirs = docker("commit", "-m", "theirs", base, f"{image}:16")
    docker("rm", base)
    names.append(image)
    job = PushImage(image_id=world.image, to=(Destination(image=image, tags=("16",)),))
    [told] = (await push_image(MemoryRun(agent, "job"), job)).to
    assert "could not be pushed" in told.error
    assert docker("image", "inspect", "--format", "{{.Id}}", f"{image}:16") == theirs


async def test_a_versions_tag_is_given_to_no_second_image(
    agent: MemoryAgent, world: World, registries: tuple[str, str], names: list[str]
) -> None:
    there, another = f"{registries[0]}/taken/{world.mark}", f"monitor-test-push-{world.mark}:another"
    names += [there, another.partition(":")[0]]
    base = docker("create", world.image, "x")
    docker("commit", "-m", "another", base, another)
    docker("rm", base)
    going = structs.replace(destination(there, "1", "latest"), own=("1",))
    refused = f"{there}:1 could not be pushed: the registry has another image as"
    for image, says in ((world.image, ""), (another, refused)):
        [told] = (await push_image(MemoryRun(agent, "job"), PushImage(image_id=image, to=(going,)))).to
        assert told.error.startswith(says)
        assert bool(told.error) is bool(says)
    digest = await pushed_digest(agent.docker, f"{there}:1", auth_header(going.auth, there))
    assert f"{there}@{digest}" in docker("image", "inspect", "--format", "{{.RepoDigests}}", world.image)
    [again] = (await push_image(MemoryRun(agent, "job"), PushImage(image_id=world.image, to=(going,)))).to
    assert again.error == ""


async def test_a_registry_whose_authority_the_host_does_not_know_is_said_to_be(
    agent: MemoryAgent, world: World, tmp_path: Path, names: list[str]
) -> None:
    own = docker("network", "inspect", "-f", "{{(index .IPAM.Config 0).Gateway}}", "bridge")
    with private_registry(tmp_path / "tls", tls=True, host=own) as domain:
        going = structs.replace(destination(f"{domain}/team/{world.mark}", "1"), own=("1",))
        names.append(going.image)
        job = PushImage(image_id=world.image, to=(going,))
        [told] = (await push_image(MemoryRun(agent, "job"), job)).to
        assert told.error.startswith(f"{going.image}:1 could not be pushed: ")
        assert told.hint.startswith("the host does not trust the registry's certificate")
        trusted = Path("/etc/docker/certs.d") / domain
        trusted.mkdir(parents=True)
        try:
            shutil.copy(tmp_path / "tls" / "tls.crt", trusted / "ca.crt")
            [told] = (await push_image(MemoryRun(agent, "job"), job)).to
            assert (told.error, told.tags) == ("", ("1",))
        finally:
            shutil.rmtree(trusted)
