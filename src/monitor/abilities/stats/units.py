"""Units: which of systemd's units have failed, where the host runs systemd."""

import asyncio
import shutil
from pathlib import Path

from monitor.kernel.clock import Clock, deadline

_ARGUMENTS = ("list-units", "--state=failed", "--all", "--plain", "--no-legend", "--no-pager", "--full")
_LIMIT = 10.0
_MOST = 100


def failed(text: str) -> tuple[str, ...]:
    """Their names, as systemctl lists them one a line."""
    names = [line.split()[0] for line in text.splitlines() if line.strip()]
    return tuple(sorted(name[:200] for name in names if "." in name))[:_MOST]


async def failed_units(clock: Clock, run: Path = Path("/run")) -> tuple[str, ...] | None:
    """None where there is no systemd, or it does not say."""
    program = shutil.which("systemctl")
    if program is None or not (run / "systemd/system").is_dir():
        return None
    try:
        running = await asyncio.create_subprocess_exec(
            program,
            *_ARGUMENTS,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"},
        )
    except OSError:
        return None
    try:
        async with deadline(clock, _LIMIT):
            told, _ = await running.communicate()
    except TimeoutError:
        return None
    finally:
        if running.returncode is None:
            running.kill()
            await running.wait()
    return failed(told.decode(errors="replace")) if running.returncode == 0 else None
