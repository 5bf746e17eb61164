"""The heartbeat: each minute while core is well, and not when its store cannot be written."""

import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from monitor.core.settings import CoreSettings, check
from monitor.features.notifying import child
from monitor.kernel.clock import SystemClock
from monitor.kernel.errors import Invalid
from monitor.notifier.task import Outcome, Task
from monitor.testing.clock import ManualClock
from monitor.testing.core import CoreInProcess
from tests.core.faulty import FullDisk
from tests.notifying.events import Sender
from tests.notifying.places import http_place

URL = "https://beats.example/a-uuid-nobody-guesses"


class Beaten:
    """A core with a heartbeat."""

    def __init__(self, folder: Path, url: str) -> None:
        self.clock, self.store, self.sender = ManualClock(), FullDisk(), Sender()
        settings = CoreSettings(check_updates_every=0, heartbeat_url=url)
        self.app = CoreInProcess(self.store, self.clock, folder, settings=settings, notify=self.sender)


@pytest.fixture
async def beaten(tmp_path: Path) -> AsyncIterator[Beaten]:
    made = Beaten(tmp_path, URL)
    await made.app.start()
    await made.clock.settle()
    yield made
    await made.app.stop()


async def test_it_beats_each_minute_and_again_after_a_kill(beaten: Beaten) -> None:
    assert [task.url for task in beaten.sender.tasks] == [URL]
    await beaten.clock.advance(300)
    assert len(beaten.sender.tasks) == 6
    await beaten.app.crash()
    await beaten.clock.advance(61)
    assert len(beaten.sender.tasks) == 8
    assert len(await beaten.store.all("heartbeat")) == 1


async def test_a_store_that_cannot_be_written_is_not_well(beaten: Beaten, caplog: pytest.LogCaptureFixture) -> None:
    beaten.store.full = True
    beaten.sender.tasks.clear()
    with caplog.at_level(logging.INFO):
        await beaten.clock.advance(300)
        assert beaten.sender.tasks == []
        beaten.store.full = False
        await beaten.clock.advance(120)
    assert len(beaten.sender.tasks) == 2
    said = [one.message for one in caplog.records if "heartbeat" in one.message]
    assert len(said) == 2
    assert "the store cannot be written" in said[0]
    assert said[1] == "the heartbeat arrives again"


async def test_one_that_does_not_arrive_is_said_once_and_without_its_secret(
    beaten: Beaten, caplog: pytest.LogCaptureFixture
) -> None:
    beaten.sender.outcome = Outcome(delivered=False, error=f"no route to {URL}")
    await beaten.clock.advance(300)
    [said] = [one.message for one in caplog.records if "heartbeat" in one.message]
    assert "no route to ********" in said


async def test_without_a_url_there_is_none(tmp_path: Path) -> None:
    made = Beaten(tmp_path, "")
    await made.app.start()
    await made.clock.advance(200)
    assert made.sender.tasks == []
    await made.app.stop()


@pytest.mark.parametrize("url", ["http://127.0.0.1/x", "http://localhost:9/", "file:///etc/passwd", "beats.example"])
def test_a_url_nothing_is_sent_to_is_refused_at_the_start(url: str) -> None:
    with pytest.raises(Invalid, match="heartbeat_url"):
        check(CoreSettings(heartbeat_url=url))


async def test_it_is_a_plain_get(tmp_path: Path) -> None:
    with http_place() as place:
        url = f"http://127.0.0.1:{place.port}/a-uuid?x=1"
        task = Task(service="heartbeat", url=url, id="D", subject="", text="", allowed=(place.endpoint,))
        outcome = await child.send(SystemClock(), task)
        refused = await child.send(SystemClock(), Task(service="heartbeat", url=url, id="D", subject="", text=""))
    assert outcome == Outcome(delivered=True)
    [asked] = place.asked
    assert (asked.path, asked.body) == ("/a-uuid?x=1", b"")
    assert "x-monitor-signature" not in asked.headers
    assert "nothing is sent there" in refused.error
