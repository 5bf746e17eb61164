"""The hosts the contract is held against."""

from collections.abc import AsyncIterator

import pytest

from monitor.kernel.call import Host
from monitor.kernel.clock import SystemClock
from monitor.testing.host import SimulatedHost
from tests.contracts.host.messages import TEST_ABILITIES


@pytest.fixture(params=["simulated"])
async def host(request: pytest.FixtureRequest) -> AsyncIterator[Host]:
    """A host of each kind."""
    simulated = SimulatedHost(SystemClock(), more=TEST_ABILITIES)
    yield simulated
    await simulated.close()
