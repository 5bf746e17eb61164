"""Secrets of a build are found nowhere but in the step that mounts them; on the real Docker Engine."""

import asyncio
import os
import subprocess
from contextlib import suppress
from pathlib import Path

import pytest

from monitor.abilities.build.calls import Maker
from monitor.kernel.activity import State
from tests.abilities.shop import Shop
from tests.abilities.world import docker

pytestmark = pytest.mark.real
PLANTED = "pl4nted-s3cret-value"
LINES = "-----BEGIN KEY-----\nfirst-l1ne-of-it\nsec0nd-line-of-it\n-----END KEY-----\n"
SECRETS = (("tok", PLANTED), ("key", LINES))
HIDDEN = (PLANTED, LINES)
"""What the agent is told to keep out of output."""
PARTS = (PLANTED, "first-l1ne-of-it", "sec0nd-line-of-it")
MOUNT = "RUN --mount=type=secret,id=tok --mount=type=secret,id=key "


def is_on_disk(folder: Path) -> bool:
    """Whether a file below the folder holds any of it."""
    for parent, _, names in os.walk(folder):  # of what goes meanwhile it tells nothing
        for path in (Path(parent, name) for name in names):
            with suppress(FileNotFoundError):
                if not path.is_symlink() and path.is_file() and any(p.encode() in path.read_bytes() for p in PARTS):
                    return True
    return False


def is_in_argv() -> bool:
    """Whether any process on the machine has it in its argument list."""
    for folder in Path("/proc").iterdir():
        try:
            words = (folder / "cmdline").read_bytes() if folder.name.isdigit() else b""
        except OSError:
            continue
        if any(part.encode() in words for part in PARTS):
            return True
    return False


async def test_a_step_sees_its_secrets_and_nobody_else_does(shop: Shop) -> None:
    check = f"{MOUNT}test $(cat /run/secrets/tok | wc -c) = {len(PLANTED)} && cat /run/secrets/tok /run/secrets/key"
    ended = await shop.build(f"{check}\nRUN ! test -s /run/secrets/tok", HIDDEN, secrets=SECRETS)
    assert ended.end.state is State.SUCCEEDED, ended
    assert "********" in ended.output
    assert not any(part in ended.output for part in PARTS)
    assert not is_on_disk(shop.state)
    image = f"{shop.image}:1"
    told = docker("history", "--no-trunc", image) + docker("image", "inspect", image)
    saved = subprocess.run(["docker", "save", image], check=True, capture_output=True).stdout
    assert not any(part in told or part.encode() in saved for part in PARTS)


async def test_nor_while_it_runs_nor_when_it_fails_or_is_cancelled(shop: Shop) -> None:
    job = shop.host.start(shop.job(f"{MOUNT}echo here; sleep 30", secrets=SECRETS), HIDDEN)
    await shop.started(job, b"here")
    assert not is_on_disk(shop.state)
    assert not is_in_argv()
    shop.host.runner.cancel(job)
    ended = await asyncio.wait_for(shop.host.ended(job), 20)
    assert ended.end.state is State.CANCELLED
    assert not is_on_disk(shop.state)
    ended = await shop.build(f"{MOUNT}cat /run/secrets/key; cat /run/secrets/tok; exit 3", HIDDEN, secrets=SECRETS)
    assert ended.error.startswith("docker build failed: ")
    assert "cat /run/secrets/key" in ended.error
    assert not any(part in ended.output + ended.error for part in PARTS)
    assert not is_on_disk(shop.state)


async def test_killing_the_program_leaves_nothing(shop: Shop) -> None:
    """What a killed agent leaves is what its programs leave: they die with it, at once and with no time to clean up."""
    job = shop.host.start(shop.job(f"{MOUNT}echo here; sleep 3131", secrets=SECRETS), HIDDEN)
    await shop.started(job, b"here")
    for pid in processes(f"MONITOR_JOB={job}"):
        os.kill(pid, 9)
    async with asyncio.timeout(20):
        while running("sleep 3131"):
            await asyncio.sleep(0.05)
    assert not is_on_disk(shop.state)
    assert "by SIGKILL" in (await shop.host.ended(job)).error


async def test_the_classic_builder_is_given_none(shop: Shop) -> None:
    ended = await shop.build(f"{MOUNT}true", secrets=SECRETS, maker=Maker.CLASSIC)
    assert ended.error.startswith("the build has secrets, which only BuildKit keeps out of the image")
    assert "let it be built by BuildKit" in ended.end.hint
    shop.host.agent.builds._plugins = ()
    ended = await shop.build(secrets=SECRETS)
    assert "its builder has no docker buildx" in ended.error
    assert "install the docker-buildx plugin" in ended.end.hint
    assert ended.steps == []


def processes(mark: str) -> list[int]:
    """Pids of those with this in their environment."""
    found: list[int] = []
    for folder in Path("/proc").iterdir():
        try:
            if folder.name.isdigit() and mark.encode() in (folder / "environ").read_bytes().split(b"\0"):
                found.append(int(folder.name))
        except OSError:
            continue
    return found


def running(words: str) -> bool:
    """Whether a process has these words as its argument list."""
    for folder in Path("/proc").iterdir():
        try:
            if folder.name.isdigit() and words.encode() in (folder / "cmdline").read_bytes().replace(b"\0", b" "):
                return True
        except OSError:
            continue
    return False
