"""What can be said on the command line about a terminal."""

import argparse


def add_to(parser: argparse.ArgumentParser, group: str) -> None:
    """Its target, its options, and behind `--` what is to be run."""
    parser.usage = f"%(prog)s {group.upper()} [options] [-- COMMAND ...]"
    parser.epilog = (
        "Without a command: bash if the container has it, else sh. The exit code is the command's. "
        "Typed at the beginning of a line, ~. ends the terminal and ~~ is a single ~. "
        "The command stands in the record of activities: type secrets, do not write them there."
    )
    parser.add_argument("target", metavar=group.upper(), help="Its name or id.")
    parser.add_argument("-u", "--user", default="", help="User, and group after a colon; else the container's own.")
    parser.add_argument("-w", "--workdir", default="", help="Folder to begin in; left out: the container's own.")
    parser.add_argument(
        "-T",
        "--no-tty",
        action="store_true",
        help="Plain input and output, for pipes; so it is without a terminal here, too.",
    )
