"""Asks a server again and again until TERM, then says: how often, how often in vain, and seconds of the slowest.

Arguments: the server's name, and `all` or `first`: which of the addresses of the name are tried.
"""

import signal
import socket
import sys
import threading
import time

asked: list[float] = []
lost: list[str] = []
over = threading.Event()


def ask(host: str, which: str) -> None:
    """One request; OSError when nobody answers it."""
    addresses = socket.getaddrinfo(host, 8000, socket.AF_INET, socket.SOCK_STREAM)
    failure: OSError | None = None
    for address in addresses if which == "all" else addresses[:1]:
        try:
            connection = socket.create_connection(address[4], timeout=5)
        except OSError as refused:
            failure = refused
            continue
        with connection:
            connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            got = b""
            while piece := connection.recv(1000):
                got += piece
        if not got.endswith(b"ok\n"):
            raise OSError(f"cut short: {got!r}")
        return
    raise failure or OSError("no address")


def keep_asking(host: str, which: str) -> None:
    """One of several at once."""
    while not over.is_set():
        begun = time.monotonic()
        try:
            ask(host, which)
        except OSError as failure:
            lost.append(repr(failure))
        asked.append(time.monotonic() - begun)
        time.sleep(0.005)


def main() -> None:
    """Four at once."""
    signal.signal(signal.SIGTERM, lambda *_: over.set())
    workers = [threading.Thread(target=keep_asking, args=(sys.argv[1], sys.argv[2])) for _ in range(4)]
    for worker in workers:
        worker.start()
    over.wait()
    for worker in workers:
        worker.join()
    print(len(asked), len(lost), f"{max(asked):.3f}")


if __name__ == "__main__":
    main()
