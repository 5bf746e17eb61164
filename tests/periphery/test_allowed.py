"""Who may call: addresses and networks of both kinds, in every form a peer's address comes in."""

from pathlib import Path

import pytest

from monitor.kernel.errors import Invalid
from monitor.periphery.allowed import AllowedAddresses, read_allowed, write_allowed


@pytest.mark.parametrize(
    ("entries", "peer", "allowed"),
    [
        ((), "127.0.0.1", False),
        (("10.0.0.5",), "10.0.0.5", True),
        (("10.0.0.5",), "10.0.0.6", False),
        (("10.0.0.0/24",), "10.0.0.200", True),
        (("10.0.0.7/24",), "10.0.0.200", True),
        (("10.0.0.0/24",), "10.0.1.1", False),
        (("10.0.0.5",), "::ffff:10.0.0.5", True),
        (("::ffff:10.0.0.5",), "10.0.0.5", True),
        (("::ffff:10.0.0.0/104",), "10.200.0.1", True),
        (("0.0.0.0/0",), "::1", False),
        (("::/0",), "10.0.0.5", False),
        (("2001:db8::/32",), "2001:db8::1", True),
        (("2001:db8::1",), "2001:DB8:0::1", True),
        (("fe80::1",), "fe80::1%eth0", True),
        (("10.0.0.5",), "", False),
        (("10.0.0.5",), "unix", False),
    ],
)
def test_membership(entries: tuple[str, ...], peer: str, allowed: bool) -> None:
    assert (peer in AllowedAddresses(entries)) is allowed


@pytest.mark.parametrize("entry", ["localhost", "10.0.0.5/33", "10.0.0", "", "10.0.0.5;rm"])
def test_a_wrong_entry_is_named(entry: str) -> None:
    with pytest.raises(Invalid, match="is no address or network"):
        AllowedAddresses((entry,))


def test_what_join_wrote_is_read_again(tmp_path: Path) -> None:
    assert read_allowed(tmp_path) == ()
    write_allowed(tmp_path, ["10.0.0.5", "2001:db8::/32"])
    assert read_allowed(tmp_path) == ("10.0.0.5/32", "2001:db8::/32")
