"""The processes a rig is made of: `python -m benchmarks.run core|agent|join …`."""

import asyncio
import sys
from pathlib import Path


def main() -> None:
    """One role, from its arguments."""
    role, folder, port, *rest = sys.argv[1:]
    if role == "core":
        core(Path(folder), int(port))
    else:
        agent(role, Path(folder), int(port), rest)


def core(folder: Path, port: int) -> None:
    """Core on loopback."""
    from monitor.core.serve import run
    from monitor.core.settings import CoreSettings
    from monitor.kernel.logs import set_up_logs

    set_up_logs("info")
    run(CoreSettings(data=folder, port=port))


def agent(role: str, folder: Path, port: int, rest: list[str]) -> None:
    """The periphery, or its join command."""
    from monitor.kernel.clock import SystemClock
    from monitor.periphery.app import Periphery
    from monitor.periphery.settings import PeripherySettings

    settings = PeripherySettings(state=folder, port=port, address="127.0.0.1")
    if role == "agent":
        asyncio.run(Periphery(settings, SystemClock()).run())
        return
    from monitor.periphery.join import join

    print(asyncio.run(join(settings, rest[0], rest[1], SystemClock())))


if __name__ == "__main__":
    main()
