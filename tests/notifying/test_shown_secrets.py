"""Whether a target has a URL and a signing secret is told to who reads it; neither ever is."""

import pytest

from monitor.cli.show import show
from monitor.resources.alert_target.service_names import ServiceName
from tests.core.world import World
from tests.notifying.events import URL, a_target, shown


async def test_what_is_set_is_told_and_what_is_not_is_not(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    hook = {"service": ServiceName.WEBHOOK, "url": "https://hooks.example/x", "secret": "0123456789abcdef"}
    await a_target(world, "hook", **hook)
    await a_target(world, "plain", url=URL)
    await a_target(world, "browsers", service=ServiceName.BROWSER, url=None)
    told = {name: (await shown(world, name)).secrets for name in ("hook", "plain", "browsers")}
    assert told == {"hook": ("url", "secret"), "plain": ("url",), "browsers": ()}
    show(await shown(world, "hook"))
    assert capsys.readouterr().out.count("(hidden)") == 2
    show(await shown(world, "browsers"))
    assert "(hidden)" not in capsys.readouterr().out
