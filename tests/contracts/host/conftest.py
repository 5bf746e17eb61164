"""The hosts the contract is held against."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from monitor.abilities.run import ABILITIES
from monitor.kernel.call import Host
from monitor.kernel.clock import SystemClock
from monitor.testing.host import SimulatedHost
from tests.contracts.host.linked import linked
from tests.contracts.host.messages import TEST_ABILITIES


@pytest.fixture(params=["simulated", pytest.param("remote", marks=pytest.mark.real)])
async def host(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Host]:
    """A host of each kind."""
    if request.param == "remote":
        async with linked(tmp_path, ABILITIES + TEST_ABILITIES) as (_, remote):
            yield remote
        return
    simulated = SimulatedHost(SystemClock(), more=TEST_ABILITIES)
    yield simulated
    await simulated.end()
