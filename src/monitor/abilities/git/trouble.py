"""Trouble: what to do about a server that gives nothing, by what git said of it; in our words alone. Pure."""

from monitor.abilities.git.address import Address
from monitor.abilities.git.calls import GitAuth

_UNREACHABLE = "this host does not reach that server: check the address and its port, and firewalls between them"
_NO_NAME = "this host knows no server of that name: check the address, and the host's DNS"
_ABSENT = "check the address; services say the same of a private one: choose a git account that may read it"


def way_out(said: str, address: Address, auth: GitAuth | None) -> str:
    """A hint on what git printed (in English: its environment has no other language); empty for what is not known."""
    known = (
        (("Host key verification failed",), _compare_keys(address)),
        (
            ("Permission denied (",),
            "the server does not take the git account's key: its public half belongs to the repository's deploy keys",
        ),
        (("could not read Username", "Authentication failed", "error: 401", "error: 403"), _signs_in(address, auth)),
        (("Could not resolve host",), _NO_NAME),
        (("Failed to connect", "Connection refused", "timed out", "No route to host"), _UNREACHABLE),
        (("not found", "not appear to be a git repository"), _ABSENT),
    )
    return next((hint for signs, hint in known if any(sign in said for sign in signs)), "")


def _compare_keys(address: Address) -> str:
    name, _, port = address.host.partition(":")
    scan = f"ssh-keyscan {f'-p {port} ' if port else ''}{name}"
    return (
        f"the server's key is none of the git account's known hosts: somebody may be in between. Compare what `{scan}` "
        "prints with what the service publishes, then correct them"
    )


def _signs_in(address: Address, auth: GitAuth | None) -> str:
    if auth is None or auth.host != address.host or not auth.token:
        return f"it is private: choose a git account of {address.host} that has a token and may read it"
    return "the server does not take the git account's token: it may have expired, or may not read this repository"
