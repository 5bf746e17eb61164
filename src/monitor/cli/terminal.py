"""`monitor deployment terminal`: a terminal in a container, in this one; or a command there as part of a pipe."""

import asyncio
import os
import shutil
import signal
import sys
import termios
import threading
import tty
from argparse import Namespace
from collections.abc import Generator
from contextlib import contextmanager, suppress

from monitor.cli import profiles
from monitor.cli.escape import Escape
from monitor.cli.exits import Exit
from monitor.cli.run import connect
from monitor.cli.verbs import Verb
from monitor.client.asynchronous import AsyncClient
from monitor.client.terminal import Closed, Terminal
from monitor.kernel.errors import MonitorError
from monitor.kernel.registry import Registry

_PIECE = 32 * 1024
_STDIN, _STDOUT, _STDERR = 0, 1, 2


def run_terminal(verb: Verb, args: Namespace, registry: Registry) -> int:
    """Open it, be in it, leave it; the exit code is that of what ran there."""
    interactive = not args.no_tty and os.isatty(_STDIN) and os.isatty(_STDOUT)
    size = shutil.get_terminal_size()
    asked = verb.asked(
        target=args.target,
        command=tuple(args.command),
        user=args.user,
        workdir=args.workdir,
        tty=interactive,
        columns=min(size.columns, 1000),
        rows=min(size.lines, 1000),
    )
    with connect(args, registry) as client:
        id = client.run(asked).id
    profile = profiles.chosen(getattr(args, "profile", None), getattr(args, "url", None))
    closed = asyncio.run(_attend(profile, registry, id, interactive=interactive))
    if closed.reason:
        sys.stderr.write(f"monitor: the terminal was closed: {closed.reason}\n")
    return Exit.ENDED if closed.exit_code is None else closed.exit_code


async def _attend(profile: profiles.Profile, registry: Registry, id: str, *, interactive: bool) -> Closed:
    client = AsyncClient(profile.url, key=profile.key, ca=profile.ca, agent="monitor-cli", registry=registry)
    async with client:
        terminal = client.terminal(id, _Screen(interactive=interactive))
        loop = asyncio.get_running_loop()
        with _raw(on=interactive):
            serving = asyncio.ensure_future(terminal.serve())
            for ending in (signal.SIGTERM, signal.SIGHUP, *(() if interactive else (signal.SIGINT,))):
                loop.add_signal_handler(ending, lambda: loop.create_task(terminal.close()))
            if interactive:
                loop.add_signal_handler(signal.SIGWINCH, lambda: loop.create_task(_resize(terminal)))
            threading.Thread(target=_type, args=(terminal, loop, interactive), daemon=True).start()
            return await serving


async def _resize(terminal: Terminal) -> None:
    size = os.get_terminal_size(_STDOUT)
    await terminal.resize(min(size.columns, 1000), min(size.lines, 1000))


def _type(terminal: Terminal, loop: asyncio.AbstractEventLoop, interactive: bool) -> None:
    """Everything from standard input, in a thread: a file or a slow pipe cannot be waited for otherwise."""
    escape = Escape()
    with suppress(RuntimeError, OSError, MonitorError):
        while data := os.read(_STDIN, _PIECE):
            data, leave = escape.take(data) if interactive else (data, False)
            asyncio.run_coroutine_threadsafe(terminal.close() if leave else terminal.type(data), loop).result()
        asyncio.run_coroutine_threadsafe(terminal.end_input(), loop).result()


class _Screen:
    """Bytes as they are."""

    def __init__(self, *, interactive: bool) -> None:
        self._interactive = interactive
        self._told = ""

    def show(self, stream: int, data: bytes) -> None:
        left = memoryview(data)
        while left:
            left = left[os.write(_STDERR if stream == 2 else _STDOUT, left) :]

    def tell(self, text: str) -> None:
        if text and text != self._told:
            end = "\r\n" if self._interactive else "\n"
            sys.stderr.write(f"{end}monitor: {text}{end}")
            sys.stderr.flush()
        self._told = text


@contextmanager
def _raw(*, on: bool) -> Generator[None]:
    """Keys go through as they are; whatever happens, this terminal is as it was afterwards."""
    if not on:
        yield
        return
    before = termios.tcgetattr(_STDIN)
    try:
        tty.setraw(_STDIN)
        yield
    finally:
        termios.tcsetattr(_STDIN, termios.TCSADRAIN, before)
