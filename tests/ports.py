"""Ports for what a test starts: none a connection may be given meanwhile, and hardly one that another test chooses."""

import socket
from random import SystemRandom

_LOWEST, _HIGHEST = 12_000, 32_000
"""Below what the kernel gives to connections."""
_dice = SystemRandom()  # tests of properties set the other one back


def free_port() -> int:
    """One nobody listens on now."""
    while True:
        port = _dice.randrange(_LOWEST, _HIGHEST)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port


def own_address() -> str:
    """An address of this machine's that is not loopback; nothing is sent to find it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        asked.connect(("192.0.2.99", 9))
        return str(asked.getsockname()[0])
