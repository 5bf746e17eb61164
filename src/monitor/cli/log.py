"""A container's log at a terminal or in a pipe: its bytes as they are, or made harmless with their colours kept."""

import os
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import msgspec

from monitor.cli.exits import Exit
from monitor.cli.flags import Flag
from monitor.cli.inputs import operation_from, stream_from
from monitor.cli.sources import Sources
from monitor.cli.verbs import Verb
from monitor.cli.words import coloured, plain
from monitor.kernel.container_log import LogBlock, LogLine

if TYPE_CHECKING:
    from monitor.client.blocking import Client

_USUAL = 100
"""Last lines shown where nothing says how much is wanted."""
_TIMES = "timestamps"


def show_log(verb: Verb, args: Namespace, connect: "Callable[[], Client]") -> int:
    """Print what is asked for; 1 if a search could not look through all of it. Ctrl-C ends following."""
    asked: Any = operation_from(verb.file or verb.asked, verb.flags, args, Sources())
    if asked.tail is None and not (asked.since or asked.search or asked.regex):
        asked = msgspec.structs.replace(asked, tail=_USUAL)
    if not args.continued and not (asked.search or asked.regex):
        with connect() as client:
            _write(client.download(asked))
        return Exit.DONE
    topic = msgspec.structs.replace(
        stream_from(verb.stream or verb.asked, _of_topic(verb.flags), args, Sources()),
        tail=asked.tail,
        follow=args.continued,
    )
    with connect() as client:
        blocks = (item.data for item in client.subscribe(topic) if item.data is not None)
        try:
            return _print(blocks, times=asked.timestamps)
        except KeyboardInterrupt:
            return Exit.DONE


def _of_topic(flags: tuple[Flag, ...]) -> tuple[Flag, ...]:
    """Times are put before the lines here."""
    return tuple(flag for flag in flags if flag.path != (_TIMES,))


def _write(pieces: Iterator[bytes]) -> None:
    """A file as it comes: to a pipe byte for byte, to a terminal line by line and harmless."""
    if not sys.stdout.isatty():
        for piece in pieces:
            sys.stdout.buffer.write(piece)
            sys.stdout.buffer.flush()
        return
    held = b""
    for piece in pieces:
        *lines, held = (held + piece).split(b"\n")
        for line in lines:
            sys.stdout.write(_for_terminal(line.decode("utf-8", "replace")) + "\n")
    if held:
        sys.stdout.write(_for_terminal(held.decode("utf-8", "replace")) + "\n")


def _print(blocks: Iterator[LogBlock], *, times: bool) -> int:
    """Lines as they come; what is said about them goes to standard error."""
    last = LogBlock()
    begun: set[str] = set()
    for block in blocks:
        last = block if block.searched or block.stopped else last
        for line in block.lines:
            if line.stream == "note":
                sys.stderr.write(f"{plain(line.text)}\n")
                continue
            sys.stdout.buffer.write(_bytes(line, times=times and line.stream not in begun))
            (begun.add if line.more else begun.discard)(line.stream)
        sys.stdout.buffer.flush()
    if last.stopped:
        reached = f" up to {last.reached.isoformat()}" if last.reached else ""
        sys.stderr.write(f"searched {last.searched:,} lines{reached} and no further: {plain(last.stopped)}\n")
        return Exit.FAILED
    return Exit.DONE


def _bytes(line: LogLine, *, times: bool) -> bytes:
    stamp = f"{line.at:%Y-%m-%dT%H:%M:%S.%f}Z " if times and line.at else ""
    apart = "--\n" if line.apart else ""
    end = "" if line.more else "\n"
    if sys.stdout.isatty():
        return f"{apart}{stamp}{_for_terminal(line.text)}{end}".encode()
    return (apart + stamp).encode() + (line.text.encode() if line.raw is None else line.raw) + end.encode()


def _for_terminal(text: str) -> str:
    return plain(text) if os.environ.get("NO_COLOR") else coloured(text)
