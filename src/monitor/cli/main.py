"""`monitor`: the entry point. Expected failures are one or two lines on standard error and an exit code."""

import os
import sys
from collections.abc import Sequence

from monitor.cli import exits
from monitor.cli.exits import Exit
from monitor.cli.parser import parser_for
from monitor.cli.words import plain
from monitor.everything import everything
from monitor.kernel.errors import MonitorError
from monitor.kernel.registry import Registry


def main(argv: Sequence[str] | None = None, registry: Registry | None = None) -> int:
    """Run one command line; its exit code as in exits.py."""
    words = list(sys.argv[1:] if argv is None else argv)
    try:
        args = parser_for(registry or everything(), words).parse_args(words)
        return int(args.run(args))
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else Exit.DONE
    except KeyboardInterrupt:
        return Exit.DETACHED
    except BrokenPipeError:
        # The reader has gone: nothing more is to be said, not even by the interpreter's own flush at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.DONE
    except (MonitorError, TimeoutError, ModuleNotFoundError) as expected:
        return _explain(expected)


def _explain(expected: MonitorError | TimeoutError | ModuleNotFoundError) -> int:
    if isinstance(expected, MonitorError):
        tell(expected)
        return exits.of_error(expected)
    if isinstance(expected, ModuleNotFoundError):
        return _tell_missing(expected)
    sys.stderr.write(f"monitor: {expected}\n")
    return Exit.UNREACHABLE


def tell(wrong: MonitorError) -> None:
    """What failed and the way out, each wrong field named."""
    sys.stderr.write(f"monitor: {plain(wrong.message)}\n")
    for field in wrong.fields:
        if field.message not in wrong.message:
            sys.stderr.write(f"  {plain(field.path)}: {plain(field.message)}\n")
    if wrong.hint:
        sys.stderr.write(f"hint: {plain(wrong.hint)}\n")


def _tell_missing(missing: ModuleNotFoundError) -> int:
    """A part that is not installed; anything else is a bug and keeps its traceback."""
    name = missing.name or ""
    if name.startswith("monitor") and name.split(".")[:2] not in (["monitor", "core"], ["monitor", "periphery"]):
        raise missing
    sys.stderr.write(f"monitor: this needs the Python package {name}, which is not installed\n")
    sys.stderr.write("hint: install monitor[core] for the server, monitor[periphery] for the agent\n")
    return Exit.FAILED
