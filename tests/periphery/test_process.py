"""Programs of jobs: data stays data, nothing outlives its job or the agent."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from monitor.kernel.clock import SystemClock
from monitor.kernel.errors import HostError
from monitor.kernel.ids import new_id
from monitor.periphery.jobs.process import Programs, kill_leftovers
from tests.processes import alive

JOB = new_id(SystemClock().now())


class Output:
    """What a program wrote."""

    def __init__(self) -> None:
        self.stdout = b""
        self.stderr = b""

    def take(self, data: bytes, stream: str) -> None:
        setattr(self, stream, getattr(self, stream) + data)


@pytest.fixture
def programs(tmp_path: Path) -> Programs:
    return Programs(tmp_path, SystemClock())


async def run(programs: Programs, *argv: str, env: dict[str, str] | None = None, job: str = JOB) -> Output:
    output = Output()
    await programs.run(job, argv, cwd=None, env=env or {}, what="", sink=output.take)
    return output


async def gone(pid: int) -> bool:
    for _ in range(300):
        if not alive(pid):
            return True
        await asyncio.sleep(0.01)
    return False


async def test_hostile_arguments_stay_data(programs: Programs) -> None:
    hostile = ("--privileged", "; $(touch /tmp/owned)", "a\nb", "ünïcødé 🚢", "", "*", "`id`")
    code = "import sys; print(sys.argv[1:])"
    output = await run(programs, sys.executable, "-c", code, *hostile)
    assert output.stdout.decode() == f"{list(hostile)}\n"


async def test_the_environment_is_minimal_and_stdin_is_empty(
    programs: Programs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_OF_THE_AGENT", "x")
    code = "import os, sys; print(sorted(os.environ), os.environ['HOME'], repr(sys.stdin.read()))"
    output = await run(programs, sys.executable, "-c", code, env={"MORE": "1"})
    names = ["HOME", "LANG", "MONITOR_JOB", "MORE", "PATH"]
    assert output.stdout.decode().replace("'LC_CTYPE', ", "") == f"{names} {tmp_path} ''\n"


async def test_stdout_and_stderr_come_apart_and_the_exit_code_is_told(programs: Programs) -> None:
    output = Output()
    argv = (sys.executable, "-c", "import sys; print('out'); print('err', file=sys.stderr); sys.exit(3)")
    with pytest.raises(HostError, match="the thing failed with exit code 3") as failed:
        await programs.run(JOB, argv, cwd=None, env={}, what="the thing", sink=output.take)
    assert (failed.value.exit_code, failed.value.said) == (3, "err\n")
    assert (output.stdout, output.stderr) == (b"out\n", b"err\n")


async def test_a_signal_is_named_and_a_missing_program_too(programs: Programs) -> None:
    with pytest.raises(HostError, match="by SIGKILL"):
        await run(programs, sys.executable, "-c", "import os; os.kill(os.getpid(), 9)")
    with pytest.raises(HostError, match="the program no-such-program is not installed") as missing:
        await run(programs, "no-such-program")
    assert missing.value.hint == "install no-such-program"


async def test_the_end_of_long_output_is_answered(programs: Programs) -> None:
    output = Output()
    argv = (sys.executable, "-c", "print('x' * 3_000_000 + 'end')")
    answer = await programs.run(JOB, argv, cwd=None, env={}, what="", sink=output.take)
    assert len(output.stdout) == 3_000_004
    assert len(answer) == 64 * 1024
    assert answer.endswith(b"end\n")


async def started(output: Output) -> int:
    while b"\n" not in output.stdout:
        await asyncio.sleep(0.01)
    return int(output.stdout.split()[0])


@pytest.fixture
async def stubborn(programs: Programs) -> AsyncIterator[tuple[asyncio.Task[bytes], Output]]:
    """A program that ignores TERM and has a child in its group."""
    code = (
        "import os, signal, subprocess, sys, time\n"
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "child = subprocess.Popen(['sleep', '100'])\n"
        "print(os.getpid(), child.pid, flush=True)\n"
        "time.sleep(100)\n"
    )
    output = Output()
    task = asyncio.create_task(
        programs.run(JOB, (sys.executable, "-c", code), cwd=None, env={}, what="", sink=output.take)
    )
    yield task, output
    task.cancel()


async def test_cancelling_ends_the_whole_group_even_if_it_ignores_term(
    stubborn: tuple[asyncio.Task[bytes], Output],
) -> None:
    task, output = stubborn
    pid = await started(output)
    child = int(output.stdout.split()[1])
    begun = time.monotonic()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert 4 < time.monotonic() - begun < 20
    assert await gone(pid)
    assert await gone(child)


async def test_a_polite_program_ends_at_term(programs: Programs) -> None:
    output = Output()
    argv = ("sleep", "100")
    task = asyncio.create_task(programs.run(JOB, argv, cwd=None, env={}, what="", sink=output.take))
    await asyncio.sleep(0.2)
    begun = time.monotonic()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert time.monotonic() - begun < 3


async def test_a_child_that_keeps_the_pipe_open_does_not_keep_the_job(programs: Programs) -> None:
    code = "import subprocess; print(subprocess.Popen(['sleep', '100']).pid, flush=True)"
    output = await run(programs, sys.executable, "-c", code)
    assert await gone(int(output.stdout))


async def test_a_program_dies_with_a_killed_agent_and_leftovers_are_found_by_their_mark(tmp_path: Path) -> None:
    code = (
        "import os, subprocess, time\n"
        "print(os.getpid(), subprocess.Popen(['sleep', '100']).pid, flush=True)\n"
        "time.sleep(100)\n"
    )
    agent = f"""
import asyncio, sys
from pathlib import Path
from monitor.kernel.clock import SystemClock
from monitor.periphery.jobs.process import Programs
from tests.processes import alive

def sink(data, stream):
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()

argv = (sys.executable, "-c", {code!r})
asyncio.run(Programs(Path({str(tmp_path)!r}), SystemClock()).run({JOB!r}, argv, cwd=None, env={{}}, what="", sink=sink))
"""
    process = subprocess.Popen([sys.executable, "-c", agent], stdout=subprocess.PIPE)
    assert process.stdout is not None
    program, child = (int(part) for part in process.stdout.readline().split())
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    assert await gone(program)
    assert alive(child)
    assert kill_leftovers({"01OTHER"}) == []
    assert set(kill_leftovers({JOB})) == {child}
    assert await gone(child)
    assert os.getpid()
