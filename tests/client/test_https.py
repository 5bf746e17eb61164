"""The clients over https with a certificate of a private authority: it is verified, and cookies are for https only."""

import ipaddress
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from monitor.client import AsyncClient, Client
from monitor.client.asks import changes
from monitor.features.sign_in.spec import GetMe
from monitor.kernel.errors import Invalid, Unavailable
from monitor.resources.server.spec import SERVER
from tests.client.served import PASSWORD, ServedCore


@pytest.fixture(scope="module")
def secure(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedCore]:
    folder = tmp_path_factory.mktemp("secure")
    with ServedCore(folder, certificate(folder)) as served:
        yield served


def test_a_private_authority_is_trusted_where_it_is_named(secure: ServedCore) -> None:
    with Client(secure.url, ca=secure.ca) as client:
        assert client.sign_in("admin", PASSWORD).admin
        assert client.run(GetMe()).user.name == "admin"
        first = next(client.subscribe(changes(SERVER)))
        assert first.data is not None


async def test_the_same_asynchronously(secure: ServedCore) -> None:
    async with AsyncClient(secure.url, key=secure.key, ca=secure.ca) as client:
        assert (await client.run(GetMe())).user.name == "admin"
        events = client.subscribe(changes(SERVER))
        assert (await anext(events)).data is not None
        await events.aclose()


def test_an_unknown_authority_is_not(secure: ServedCore) -> None:
    with Client(secure.url, key=secure.key) as client:
        with pytest.raises(Unavailable, match="certificate") as refused:
            client.run(GetMe())
        assert "authority" in refused.value.hint
        with pytest.raises(Unavailable, match="certificate"):
            next(client.subscribe(changes(SERVER)))


def test_a_missing_authority_is_named() -> None:
    with pytest.raises(Invalid, match=r"ca: /nowhere\.pem: No such file"):
        Client("https://127.0.0.1:1", ca="/nowhere.pem")


def certificate(folder: Path) -> Path:
    """A fresh key and certificate for 127.0.0.1, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "tests")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    file = folder / "certificate.pem"
    file.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return file
