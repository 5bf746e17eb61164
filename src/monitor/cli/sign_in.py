"""`monitor login` and `monitor logout`: a password once, an expiring key from then on."""

import argparse
import os
import socket
import sys
from typing import TYPE_CHECKING

import msgspec

from monitor.cli import profiles
from monitor.cli.exits import Exit
from monitor.cli.profiles import Book, Profile
from monitor.kernel.errors import Invalid, MonitorError, NotSignedIn
from monitor.kernel.terminal import ask, ask_new

if TYPE_CHECKING:
    from monitor.client.address import Address


def add_login(parser: argparse.ArgumentParser) -> None:
    """Declare `monitor login`."""
    parser.add_argument("address", metavar="URL", help="Where core is: https://monitor.example.org")
    parser.add_argument("--name", help="Your user name; asked for when left out.")
    parser.add_argument("--password-stdin", action="store_true", help="Read the password from standard input.")
    parser.add_argument("--days", type=int, default=90, help="How long the key made for this command is good.")
    parser.add_argument(
        "--as", dest="as_profile", metavar="PROFILE", help="Name of the profile; the host's by default."
    )
    parser.add_argument("--ca", default="", metavar="FILE", help="Certificate of the authority that signed core's.")
    parser.add_argument(
        "--set-up",
        action="store_true",
        help="Make the first admin with the one-time token core printed (MONITOR_SETUP_TOKEN, or asked for).",
    )
    parser.set_defaults(run=login)


def add_logout(parser: argparse.ArgumentParser) -> None:
    """Declare `monitor logout`."""
    parser.add_argument("profile_name", metavar="PROFILE", nargs="?", help="The default one when left out.")
    parser.set_defaults(run=logout)


def login(args: argparse.Namespace) -> int:
    """Sign in, make a key, keep it, end the session."""
    from monitor.client.blocking import Client  # noqa: PLC0415 - the HTTP client is not loaded for --help
    from monitor.features.keys.spec import CreateKey  # noqa: PLC0415 - the same
    from monitor.features.sign_in.spec import SetUp, SignOut  # noqa: PLC0415 - the same

    ca = os.path.abspath(args.ca) if args.ca else ""  # noqa: PTH100 - resolving would follow links that change
    with Client(args.address, ca=ca, agent="monitor-cli") as client:
        _warn_of_plain_http(client.address)
        name = args.name or os.environ.get("MONITOR_NAME") or _asked_name()
        if args.set_up:
            token = os.environ.get("MONITOR_SETUP_TOKEN") or ask("Set-up token")
            user = client.run(SetUp(token=token, name=name, password=_password(args, new=True)))
        else:
            user = client.sign_in(name, _password(args, new=False))
        made = client.run(CreateKey(name=f"monitor on {socket.gethostname()}"[:100], days=args.days))
        client.run(SignOut())
        url = client.address.base
    known = args.as_profile or client.address.host
    profile = Profile(url=url, key=made.secret, key_id=made.key.id, user=user.name, ca=ca)
    book = profiles.load()
    profiles.save(Book(default=known, profile={**book.profile, known: profile}))
    until = made.key.expires.astimezone().strftime("%Y-%m-%d")
    sys.stdout.write(f"signed in to {url} as {user.name} (profile {known}, key good until {until})\n")
    return Exit.DONE


def logout(args: argparse.Namespace) -> int:
    """Make the key worthless at core and forget it here, also when core does not answer."""
    from monitor.client.blocking import Client  # noqa: PLC0415 - the HTTP client is not loaded for --help
    from monitor.features.keys.spec import DeleteKey  # noqa: PLC0415 - the same

    book = profiles.load()
    name = args.profile_name or getattr(args, "profile", None) or os.environ.get("MONITOR_PROFILE") or book.default
    if name not in book.profile:
        raise NotSignedIn("not signed in" if not name else f"there is no profile {name!r}")
    profile = book.profile[name]
    try:
        with Client(profile.url, key=profile.key, ca=profile.ca, agent="monitor-cli") as client:
            client.run(DeleteKey(target=profile.key_id))
    except MonitorError as refused:
        sys.stderr.write(f"monitor: core did not take the key back ({refused.message}); it is forgotten here only\n")
    left = {known: kept for known, kept in book.profile.items() if known != name}
    default = next(iter(left), "") if book.default == name else book.default
    profiles.save(msgspec.structs.replace(book, default=default, profile=left))
    sys.stdout.write(f"signed out of {profile.url} (profile {name})\n")
    return Exit.DONE


def _password(args: argparse.Namespace, *, new: bool) -> str:
    if args.password_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if (given := os.environ.get("MONITOR_PASSWORD")) is not None:
        return given
    return ask_new("New password") if new else ask("Password")


def _asked_name() -> str:
    if not sys.stdin.isatty():
        raise Invalid.field("--name", "is needed where there is no terminal to ask at")
    sys.stderr.write("Name: ")
    sys.stderr.flush()
    return sys.stdin.readline().strip()


def _warn_of_plain_http(address: "Address") -> None:
    if not address.secure and not address.loopback:
        sys.stderr.write(f"monitor: {address.base} is plain HTTP: whoever is on the way can read the password\n")
