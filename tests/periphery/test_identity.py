"""The link trusts exactly one certificate on each side, whatever the clock says, and nothing else."""

import asyncio
import ssl
import stat
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from monitor.abilities.agent.contract import Abilities
from monitor.kernel.errors import Invalid
from monitor.kernel.pinning import Identity, check_certificate, fingerprint
from monitor.periphery.identity import load_identity, read_pin, write_pin
from tests.contracts.host.linked import linked


def test_the_identity_is_made_once_kept_and_private(tmp_path: Path) -> None:
    first, again = load_identity(tmp_path), load_identity(tmp_path)
    assert first.certificate == again.certificate
    assert stat.S_IMODE(first.path.stat().st_mode) == 0o600
    assert "PRIVATE KEY" not in first.certificate
    assert len(fingerprint(first.certificate)) == 64


def test_a_certificate_is_valid_whatever_the_clock_says(tmp_path: Path) -> None:
    path = tmp_path / "certificate.pem"
    path.write_text(load_identity(tmp_path).certificate)
    dates = subprocess.run(
        ["openssl", "x509", "-in", str(path), "-noout", "-dates"], capture_output=True, text=True, check=True
    ).stdout
    assert "notBefore=Jan  1 00:00:00 2000 GMT" in dates
    assert "notAfter=Dec 31 23:59:59 9999 GMT" in dates


@pytest.mark.parametrize("text", ["", "x", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"])
def test_what_is_no_certificate_is_not_pinned(tmp_path: Path, text: str) -> None:
    with pytest.raises(Invalid):
        write_pin(tmp_path, text or "x")
    assert read_pin(tmp_path) == ""


def test_two_certificates_are_not_one(tmp_path: Path) -> None:
    one = Identity.at(tmp_path / "a.pem", "a").certificate
    with pytest.raises(Invalid, match="exactly one"):
        check_certificate(one + Identity.at(tmp_path / "b.pem", "b").certificate)


async def shake_hands(port: int, context: ssl.SSLContext) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", port, ssl=context)
    try:
        writer.write(b"POST /call/agent.hello HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n")
        return await reader.read(100)
    finally:
        writer.transport.abort()


@pytest.mark.real
async def test_only_the_pinned_certificate_gets_an_answer(tmp_path: Path) -> None:
    async with linked(tmp_path, Abilities()) as (periphery, _):
        agent = load_identity(periphery.settings.state).certificate
        core = Identity(tmp_path / "core.pem").client_context(agent)
        assert (await shake_hands(periphery.port, core)).startswith(b"HTTP/1.1 ")

        thief = Identity.at(tmp_path / "thief.pem", "monitor core").client_context(agent)
        nobody = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        nobody.check_hostname = False
        nobody.load_verify_locations(cadata=agent)
        for context in (thief, nobody):
            # A refused client sees a closed connection or an alert, never an answer.
            with suppress(ssl.SSLError, ConnectionError):
                assert await shake_hands(periphery.port, context) == b""


@pytest.mark.real
async def test_older_tls_is_refused_and_sessions_are_not_resumed(tmp_path: Path) -> None:
    async with linked(tmp_path, Abilities()) as (periphery, _):
        agent = load_identity(periphery.settings.state).certificate
        context = Identity(tmp_path / "core.pem").client_context(agent)
        reader, writer = await asyncio.open_connection("127.0.0.1", periphery.port, ssl=context)
        tls: ssl.SSLObject = writer.get_extra_info("ssl_object")
        writer.write(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        await reader.read(10)
        assert tls.version() == "TLSv1.3"
        assert tls.session is None or not tls.session.has_ticket
        writer.transport.abort()

        old = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        old.check_hostname = False
        old.maximum_version = ssl.TLSVersion.TLSv1_2
        old.load_verify_locations(cadata=agent)
        old.load_cert_chain(tmp_path / "core.pem")
        with pytest.raises((ssl.SSLError, ConnectionError)):
            await shake_hands(periphery.port, old)


def test_a_running_agent_never_loads_what_only_joining_needs(tmp_path: Path) -> None:
    load_identity(tmp_path)
    script = f"""
import asyncio, sys
from pathlib import Path
from monitor.kernel.clock import SystemClock
from monitor.periphery.app import Periphery
from monitor.periphery.identity import write_pin, load_identity
from monitor.periphery.settings import PeripherySettings

async def main():
    state = Path({str(tmp_path)!r})
    write_pin(state, load_identity(state).certificate)
    periphery = Periphery(PeripherySettings(address="127.0.0.1", port=0, state=state), SystemClock())
    task = asyncio.ensure_future(periphery.run())
    while not periphery.port:
        await asyncio.sleep(0.01)
    periphery.stop()
    await task
    print(sorted(sys.modules.keys() & {{"cryptography", "httpx2", "rich", "websockets.asyncio.client", "uvloop"}}))

asyncio.run(main())
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=30, check=False)
    assert done.stdout.strip() == "[]", done.stderr
