"""Newer images by 200 references at registries of every kind, asked by a real Engine: no wrong answer, few unknown."""

import os
import subprocess
import time
from collections.abc import Generator
from pathlib import Path
from uuid import uuid4

import pytest

from monitor.abilities.container.calls import RegistryAuth
from monitor.abilities.container.registry import auth_header, domain_of
from monitor.abilities.docker.engine import Engine
from monitor.abilities.registry import run as asking
from monitor.abilities.registry.calls import AskRegistry, Trouble
from monitor.kernel.clock import SystemClock
from monitor.resources.deployment.newer import UpdateState, compared, without_asking
from monitor.resources.deployment.values import LiteralImage
from tests.abilities.memory import MemoryAgent
from tests.faults.own_docker import OwnDocker
from tests.faults.registries import BASIC, TOKEN, USER, Kind, Registries, Repository
from tests.faults.registry_images import LIST
from tests.faults.registry_table import ANYBODY, DOMAINS, Row, fill

pytestmark = [pytest.mark.real, pytest.mark.timeout(400)]


class ProxiedDocker(OwnDocker):
    """An Engine whose every way to a registry leads to the fakes; it makes no network of its own."""

    def __init__(self, folder: Path, registries: Registries) -> None:
        super().__init__(folder)
        self._registries = registries
        # With none at all, a daemon takes away the one that the machine's own daemon uses.
        self._bridge = f"mtest{uuid4().hex[:8]}"

    def set_up(self) -> None:
        for words in (
            ("link", "add", self._bridge, "type", "bridge"),
            ("addr", "add", "198.18.77.1/24", "dev", self._bridge),
        ):
            subprocess.run(["ip", *words], check=True)
        super().set_up()

    def tear_down(self) -> None:
        super().tear_down()
        subprocess.run(["ip", "link", "del", self._bridge], check=False)

    def start(self) -> None:
        proxy = f"http://{self._registries.here}"
        folder = self.folder
        argv = [
            *(
                "dockerd",
                "--data-root",
                f"{folder}/data",
                "--exec-root",
                f"{folder}/exec",
                "--pidfile",
                f"{folder}/pid",
            ),
            *("--host", f"unix://{self.socket}", "--group", "root", "--containerd", f"{folder}/containerd.sock"),
            *("--bridge", self._bridge, "--iptables=false", "--ip-forward=false", "--registry-mirror", proxy),
            *(word for domain in DOMAINS for word in ("--insecure-registry", domain)),
        ]
        before = dict(os.environ)
        os.environ.update(HTTP_PROXY=proxy, HTTPS_PROXY=proxy, NO_PROXY="")
        try:
            self._dockerd = self._spawn(*argv)
        finally:
            os.environ.clear()
            os.environ.update(before)
        end = time.monotonic() + 60
        while not self._answers():
            assert self._dockerd.poll() is None, (folder / "dockerd.log").read_text()[-2000:]
            assert time.monotonic() < end, "the daemon does not answer"
            time.sleep(0.05)


@pytest.fixture(scope="module")
def registries(tmp_path_factory: pytest.TempPathFactory) -> Generator[Registries]:
    made = Registries(tmp_path_factory.mktemp("registries"))
    yield made
    made.close()


@pytest.fixture(scope="module")
def engine(registries: Registries, tmp_path_factory: pytest.TempPathFactory) -> Generator[ProxiedDocker]:
    made = ProxiedDocker(tmp_path_factory.mktemp("engine"), registries)
    try:
        made.set_up()
        yield made
    finally:
        made.tear_down()


@pytest.fixture
def agent(engine: ProxiedDocker) -> MemoryAgent:
    return MemoryAgent(Engine(engine.socket, SystemClock()))


def account(reference: str) -> RegistryAuth:
    return RegistryAuth(domain=domain_of(reference), username=USER, token=TOKEN)


async def container_of(agent: MemoryAgent, image: str, auth: RegistryAuth | None) -> str:
    """Pull it, and make a container of it."""
    async for _ in agent.docker.pull(image, auth_header(auth, image)):
        pass
    body = {"Image": image, "Cmd": ["x"], "HostConfig": {"NetworkMode": "none"}}
    return (await agent.docker.create(f"made-{uuid4().hex}", body)).id


async def answer(agent: MemoryAgent, container: str, row: Row) -> tuple[str, str]:
    """What Monitor says, and why."""
    at_once = without_asking(LiteralImage(image=row.reference), "", "")
    if at_once is not None:
        return at_once.state.value, at_once.reason
    auth = account(row.reference) if row.private else None
    told = await asking.ask(agent, AskRegistry(container=container, reference=row.reference, auth=auth))
    found = compared(row.reference, told)
    return found.state.value, found.reason


async def test_two_hundred_references(
    agent: MemoryAgent, registries: Registries, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "WITHIN", 4.0)
    rows = fill(registries)
    assert len(rows) >= 200
    assert len({row.reference for row in rows}) == len(rows)
    containers: dict[str, str] = {}
    wrong: list[str] = []
    unknown = 0
    for row in rows:
        if row.pulled not in containers:
            auth = account(row.pulled) if row.private else None
            containers[row.pulled] = await container_of(agent, row.pulled, auth)
        says, why = await answer(agent, containers[row.pulled], row)
        if says == "unknown" and row.truth != "unknown":
            unknown += 1
            print("not known:", row.reference, why)
        elif says != row.truth:
            wrong.append(f"{row.reference}: {says} instead of {row.truth} ({why})")
        assert says != "unknown" or why, row.reference
    print(f"{len(rows)} references, {unknown} unknown that could be known, {len(wrong)} wrong")
    assert wrong == []
    assert unknown <= len(rows) * 0.02


async def test_the_same_image_under_another_name(agent: MemoryAgent, registries: Registries) -> None:
    """A digest is the content's own: it tells also where the image was pulled from elsewhere."""
    here, shelf = registries.here, registries.shelf
    both, other = shelf.index("both"), shelf.index("another")
    registries.repositories["here/mirror/app"] = Repository(ANYBODY, {"1": both})
    registries.repositories["here/origin/app"] = Repository(ANYBODY, {"same": both, "other": other})
    made = await container_of(agent, f"{here}/mirror/app:1", None)
    assert (await answer(agent, made, Row("", f"{here}/origin/app:same", "")))[0] == "none"
    state, why = await answer(agent, made, Row("", f"{here}/origin/app:other", ""))
    assert (state, "was not pulled from" in why) == ("unknown", True)


async def test_an_image_made_on_the_host_and_one_removed_from_it(
    agent: MemoryAgent, registries: Registries, engine: ProxiedDocker
) -> None:
    here = registries.here
    old, new = registries.shelf.index("gone old"), registries.shelf.index("gone new")
    registries.repositories["here/gone/app"] = Repository(ANYBODY, {"1": old})
    made = await container_of(agent, f"{here}/gone/app:1", None)
    engine.docker("commit", made, f"{here}/gone/app:local")
    local = await agent.docker.create(
        f"local-{uuid4().hex}", {"Image": f"{here}/gone/app:local", "Cmd": ["x"], "HostConfig": {"NetworkMode": "none"}}
    )
    row = Row("", f"{here}/gone/app:1", "")
    assert "made or loaded on the host" in (await answer(agent, local.id, row))[1]
    registries.repositories["here/gone/app"].tags["1"] = new
    engine.docker("rmi", "-f", f"{here}/gone/app:1")
    question = AskRegistry(container=made, reference=row.reference, from_registry=True)
    told = await asking.ask(agent, question)
    assert compared(row.reference, told).state is UpdateState.UNKNOWN or told.runs.digests
    left = f"{here}/gone/app@{old}"
    assert compared(row.reference, told, left).state is UpdateState.AVAILABLE  # what the deploy noted


async def test_a_tag_moves_on_and_back(agent: MemoryAgent, registries: Registries) -> None:
    here, shelf = registries.here, registries.shelf
    first, second = shelf.image("first"), shelf.image("second")
    tags = registries.repositories.setdefault("here/moving/app", Repository(ANYBODY, {"1": first})).tags
    row = Row("", f"{here}/moving/app:1", "")
    before = await container_of(agent, row.reference, None)
    tags["1"] = second
    after = await container_of(agent, row.reference, None)
    assert [(await answer(agent, made, row))[0] for made in (before, after)] == ["available", "none"]
    tags["1"] = first
    assert [(await answer(agent, made, row))[0] for made in (before, after)] == ["none", "available"]


async def test_an_account_is_told_to_its_own_registry_only(agent: MemoryAgent, registries: Registries) -> None:
    shelf = registries.shelf
    registries.repositories["registry.example.com:5000/told"] = Repository(
        Kind(auth="basic"), {"1": shelf.index("told")}
    )
    made = await container_of(agent, "registry.example.com:5000/told:1", account("registry.example.com:5000/told:1"))
    registries.told.clear()
    question = AskRegistry(
        container=made, reference="registry.example.com:5000/told:1", auth=account("registry.example.com:5000/told:1")
    )
    assert (await asking.ask(agent, question)).latest.digest
    assert {domain for domain, _ in registries.told} == {"registry.example.com:5000"}
    assert BASIC in {given for _, given in registries.told}
    registries.told.clear()
    other = AskRegistry(container=made, reference="ghcr.io/team/app:same", auth=question.auth)
    refused = (await asking.ask(agent, other)).latest
    assert (refused.digest, refused.trouble) == ("", Trouble.LATER)
    assert registries.told == []
    assert TOKEN not in refused.reason


async def test_where_it_comes_from_and_what_it_keeps(agent: MemoryAgent, registries: Registries) -> None:
    here = registries.here
    registries.repositories["here/labelled/app"] = Repository(ANYBODY, {"1": registries.shelf.index("labelled", LIST)})
    made = await container_of(agent, f"{here}/labelled/app:1", None)
    told = await asking.ask(agent, AskRegistry(container=made, reference=f"{here}/labelled/app:1"))
    assert (told.runs.source, told.runs.platform, told.runs.writes) == ("https://git.example/app", "linux/amd64", False)
    assert told.latest.platforms == ("linux/amd64", "linux/arm64")
    body = {"Image": f"{here}/labelled/app:1", "Cmd": ["x"], "Volumes": {"/data": {}}}
    keeps = await agent.docker.create(f"keeps-{uuid4().hex}", {**body, "HostConfig": {"NetworkMode": "none"}})
    told = await asking.ask(agent, AskRegistry(container=keeps.id, reference=f"{here}/labelled/app:1"))
    assert told.runs.writes
