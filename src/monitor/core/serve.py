"""Serve: a core with its real parts, behind uvicorn, until it is told to stop."""

import asyncio
import logging
import signal
import socket
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from monitor.core import site
from monitor.core.app import Core
from monitor.core.certificate import generated_certificate
from monitor.core.journal import INDEXES
from monitor.core.link.identity import load_identity
from monitor.core.link.remote import RemoteHost
from monitor.core.seal import Seal
from monitor.core.settings import CoreSettings, check, has_tls, is_insecure
from monitor.kernel.call import Host
from monitor.kernel.clock import Clock, SystemClock
from monitor.kernel.errors import Unavailable
from monitor.store.sqlite.store import SqliteStore

log = logging.getLogger("monitor.core")


def build_core(settings: CoreSettings, clock: Clock) -> Core:
    """A core on its SQLite store, with its key files; made at first start."""
    check(settings)
    data: Path = settings.data
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    store = SqliteStore(data, INDEXES, clock)
    seal = Seal.from_file(data / "secrets.key")
    identity = load_identity(data)

    def connect(server: str, address: str, port: int, pin: str) -> Host:
        return RemoteHost(address, port, identity, pin, clock)

    return Core(settings, store, connect, clock, seal=seal, link=identity, web_app=site.FOLDER)


async def serve(settings: CoreSettings) -> None:
    """Run until SIGTERM or SIGINT. Unavailable when the port is taken or another core has the store."""
    listener = _bind(settings)
    core = build_core(settings, SystemClock())
    await core.start()
    try:
        _greet(core)
        await _Server(_config(settings, core), core.close_live).serve(sockets=[listener])
    finally:
        await core.stop()
        listener.close()


class _Server(uvicorn.Server):
    """Lets live sockets go at once, so that a stop does not wait for open tabs."""

    def __init__(self, config: uvicorn.Config, stopping: Callable[[], None]) -> None:
        super().__init__(config)
        self.stopping = stopping

    @contextmanager
    def capture_signals(self) -> Generator[None]:
        """Stop at TERM or INT. The base raises the signal again at the end, which would kill core before its stop."""
        before = {sent: signal.signal(sent, self.handle_exit) for sent in (signal.SIGTERM, signal.SIGINT)}
        try:
            yield
        finally:
            for sent, handler in before.items():
                signal.signal(sent, handler)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self.stopping()
        await super().shutdown(sockets)


def _config(settings: CoreSettings, core: Core) -> uvicorn.Config:
    certificate, key = settings.tls_certificate, settings.tls_key
    if settings.tls_generate:
        certificate = key = str(generated_certificate(settings, core.parts.clock.now()))
    return uvicorn.Config(
        core.application(),
        loop="uvloop",
        http="httptools",
        ws="websockets-sansio",
        ws_per_message_deflate=False,
        ws_max_size=1024 * 1024,
        ssl_certfile=certificate or None,
        ssl_keyfile=key or None,
        timeout_graceful_shutdown=int(settings.stop_within),
        proxy_headers=False,
        server_header=False,
        access_log=False,
        log_config=None,
    )


def _bind(settings: CoreSettings) -> socket.socket:
    """The listening socket; bound first, so that a taken port is told before anything is opened."""
    family = socket.AF_INET6 if ":" in settings.address else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.address, settings.port))
        listener.listen(2048)  # who connects while core still loads waits instead of being refused
    except OSError as failure:
        listener.close()
        raise Unavailable(
            f"core cannot listen on {settings.address}:{settings.port}: {failure.strerror}",
            hint="Another program has the port, or the address is not this machine's; see `port` and `address`.",
        ) from None
    listener.set_inheritable(True)
    return listener


def _greet(core: Core) -> None:
    settings = core.settings
    scheme = "https" if has_tls(settings) else "http"
    url = settings.public_url or f"{scheme}://{settings.address}:{settings.port}"
    log.info("serving %s", url)
    if is_insecure(settings):
        log.warning("insecure_http is on: passwords and keys cross the network in clear")
    token = core.set_up_token()
    if token is not None:
        log.warning("no admin yet: make one with this set-up token, good for one hour: %s", token)


def run(settings: CoreSettings) -> None:
    """Serve in an event loop of its own (uvloop)."""
    import uvloop  # noqa: PLC0415 - only a serving core needs it

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(serve(settings))
