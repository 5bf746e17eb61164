"""The demo's command line: run and leave running, check, or stop."""

import argparse
import contextlib
import signal
import time
from collections.abc import Iterator, Sequence
from types import FrameType

from parts import engine
from parts.say import GiveUp, end, say

from tour import base_image, checks, leftovers, processes, steps
from tour.place import CHECK, LEFT_RUNNING, Place


def main(arguments: Sequence[str]) -> None:
    """Do what the arguments say; exit 1 with the reason if it cannot be done."""
    parser = argparse.ArgumentParser(prog="script/demo", description="Monitor on this machine in one command.")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--check", action="store_true", help="run it, check it from outside, stop it again")
    what.add_argument("--stop", action="store_true", help="stop what a run left running")
    parser.add_argument(
        "--base",
        default="auto",
        metavar="auto|local|IMAGE",
        help="the app's base image: the usual one if a registry answers, one made here, or the one named",
    )
    given = parser.parse_args(arguments)
    signal.signal(signal.SIGTERM, _interrupted)
    try:
        if given.stop:
            stop(LEFT_RUNNING)
        elif given.check:
            check(given.base)
        else:
            run(given.base)
    except GiveUp as problem:
        end(problem)
    except KeyboardInterrupt:
        end(GiveUp("interrupted; everything started was stopped again"))


def run(base: str) -> None:
    """Run it and leave it running; one that runs already is only shown."""
    if processes.all_alive(LEFT_RUNNING):
        say("the demo is running already (script/demo --stop stops it)\n")
        steps.say_access(LEFT_RUNNING)
        return
    with _undone_on_failure(LEFT_RUNNING):
        _prepare(LEFT_RUNNING)
        tour = steps.Tour(LEFT_RUNNING, base_image.choose(base))
        tour.everything()
    steps.say_access(LEFT_RUNNING)


def check(base: str) -> None:
    """Run it, check it from outside, and stop it, whatever happens."""
    began = time.monotonic()
    try:
        _prepare(CHECK)
        tour = steps.Tour(CHECK, base_image.choose(base))
        tour.everything()
        checks.everything(tour)
    finally:
        stop(CHECK)
    took = " ".join(f"{name}={seconds:.1f}s" for name, seconds in tour.timings.items())
    say(f"demo ok: {took} total={time.monotonic() - began:.1f}s")


def stop(place: Place) -> None:
    """End the run's processes, remove its container and images, and end an Engine it started."""
    ended = processes.stop(place)
    leftovers.remove(place)
    engine.stop(place.engine)
    place.access.unlink(missing_ok=True)
    say(f"stopped {', '.join(ended)}" if ended else "nothing of the demo was running")


def _prepare(place: Place) -> None:
    """An Engine, and nothing left of an earlier run that was killed."""
    processes.stop(place)
    place.clear()
    engine.ensure(place.engine)
    leftovers.remove(place)


@contextlib.contextmanager
def _undone_on_failure(place: Place) -> Iterator[None]:
    try:
        yield
    except BaseException:
        stop(place)
        raise


def _interrupted(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
