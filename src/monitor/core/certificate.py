"""Certificate: one core makes itself to serve https with, where the operator has none."""

import ipaddress
import os
import socket
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from monitor.core.settings import CoreSettings

LIFE = timedelta(days=825)
"""No longer: Apple's systems refuse more (support.apple.com/103769)."""
_RENEW_BEFORE = timedelta(days=60)


def generated_certificate(settings: CoreSettings, now: datetime) -> Path:
    """The file (key and certificate, PEM, 0600) in core's folder; made when absent, near its end or for other names."""
    file = settings.data / "tls.pem"
    names = _names(settings)
    if not _serves(file, names, now):
        _write(file, _make(names, now))
    return file


def _names(settings: CoreSettings) -> list[str]:
    """Names and addresses people may reach core at."""
    given = [urlsplit(settings.public_url).hostname or "", settings.address, socket.gethostname(), "localhost"]
    return list(dict.fromkeys(n for n in given if n and n not in ("0.0.0.0", "::")))  # noqa: S104 - left out


def _serves(file: Path, names: list[str], now: datetime) -> bool:
    try:
        certificate = x509.load_pem_x509_certificate(file.read_bytes())
    except (OSError, ValueError):
        return False
    alternative = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    covered = {str(n.value) for n in alternative}
    return set(names) <= covered and certificate.not_valid_after_utc - now > _RENEW_BEFORE


def _make(names: list[str], now: datetime) -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, names[0][:64])])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + LIFE)
        .add_extension(x509.SubjectAlternativeName([_general(n) for n in names]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return private + certificate.public_bytes(serialization.Encoding.PEM)


def _general(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = file.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as opened:
        opened.write(content)
    fresh.replace(file)
