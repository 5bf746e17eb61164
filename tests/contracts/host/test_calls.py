"""Calls: answers, errors as the classes they were, unknown ones, timeouts."""

import pytest

from monitor.abilities.agent.calls import Hello
from monitor.kernel.call import Host
from monitor.kernel.errors import HostError, NotFound, PolicyRefused, Unavailable
from tests.contracts.host.messages import Echo, Slow, Unheard


async def test_an_answer_comes_back_as_it_was_given(host: Host) -> None:
    hostile = "; $(reboot) `id` \n\x00 '\" --privileged ünïcødé 🚢"
    assert await host.call(Echo(text=hostile)) == hostile


async def test_hello_tells_version_and_every_call(host: Host) -> None:
    info = await host.call(Hello())
    assert info.version
    assert {"agent.hello", "test.echo", "test.count", "test.talk", "watch.all", "container.replace", "build.image"} <= {
        *info.calls
    }


async def test_errors_arrive_as_what_they_were(host: Host) -> None:
    with pytest.raises(HostError) as failed:
        await host.call(Echo(fail="host"))
    assert type(failed.value) is HostError
    assert (failed.value.message, failed.value.hint, failed.value.exit_code) == ("the host says no", "ask nicely", 7)
    with pytest.raises(PolicyRefused, match="not here"):
        await host.call(Echo(fail="policy"))
    with pytest.raises(NotFound, match="nothing there"):
        await host.call(Echo(fail="absent"))
    with pytest.raises(Unavailable, match="Docker does not answer"):
        await host.call(Echo(fail="docker"))


async def test_a_bug_in_the_agent_is_a_host_error_and_not_the_end_of_it(host: Host) -> None:
    with pytest.raises(HostError, match="ZeroDivisionError"):
        await host.call(Echo(fail="bug"))
    assert await host.call(Echo(text="still here")) == "still here"


async def test_a_call_the_agent_does_not_know_says_so(host: Host) -> None:
    with pytest.raises(HostError, match=r"does not know test\.unheard") as refused:
        await host.call(Unheard())
    assert "update" in refused.value.hint


async def test_a_call_ends_at_its_timeout(host: Host) -> None:
    with pytest.raises(Unavailable, match=r"within 0\.3 s"):
        await host.call(Slow())
