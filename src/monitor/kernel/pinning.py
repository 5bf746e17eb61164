"""Pinning: one key per side in a self-signed certificate, and TLS that trusts exactly one other certificate."""

import hashlib
import os
import ssl
from datetime import UTC, datetime
from pathlib import Path

from monitor.kernel.errors import Invalid

_FROM = datetime(2000, 1, 1, tzinfo=UTC)
_UNTIL = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
"""A wrong clock must not cut a host off; trust ends by joining again, not by time (RFC 5280, 4.1.2.5)."""


class Identity:
    """A side's key and certificate, in one PEM file only its owner may read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.certificate = _certificate_in(path.read_text(), str(path))
        """PEM."""

    @classmethod
    def at(cls, path: Path, name: str) -> "Identity":
        """The identity in this file, made if there is none. `name` says whose it is and proves nothing."""
        if not path.exists():
            _write_private(path, make_identity(name))
        return cls(path)

    def server_context(self, pin: str) -> ssl.SSLContext:
        """TLS 1.3 for a listener that only talks to the holder of `pin`."""
        context = self._context(ssl.PROTOCOL_TLS_SERVER, pin)
        # A resumed session is not verified again, so there are none.
        context.num_tickets = 0
        return context

    def client_context(self, pin: str) -> ssl.SSLContext:
        """TLS 1.3 towards the holder of `pin`, wherever it is: names and addresses prove nothing here."""
        return self._context(ssl.PROTOCOL_TLS_CLIENT, pin)

    def _context(self, side: int, pin: str) -> ssl.SSLContext:
        context = ssl.SSLContext(side)
        context.minimum_version = ssl.TLSVersion.TLSv1_3
        context.check_hostname = False
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_verify_locations(cadata=pin)
        context.load_cert_chain(self.path)
        return context


def fingerprint(certificate: str) -> str:
    """SHA-256 of a PEM certificate's DER, in hex. Invalid if it is none."""
    return hashlib.sha256(ssl.PEM_cert_to_DER_cert(check_certificate(certificate))).hexdigest()


def check_certificate(certificate: str) -> str:
    """The PEM certificate alone, checked to be exactly one that can be pinned. Invalid if it is not."""
    text = _certificate_in(certificate, "the certificate")
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(cadata=text)
    except (ssl.SSLError, ValueError):
        raise Invalid("the certificate cannot be read") from None
    return text


def make_identity(name: str) -> bytes:
    """A fresh Ed25519 key and its self-signed certificate as PEM."""
    # Imported here only: a running agent never needs it, and it takes 8 MB.
    from cryptography import x509  # noqa: PLC0415 - see above
    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415 - see above
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415 - see above
    from cryptography.x509.oid import NameOID  # noqa: PLC0415 - see above

    key = Ed25519PrivateKey.generate()
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name[:64])])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(_FROM)
        .not_valid_after(_UNTIL)
        # Not a CA: exactly this certificate is trusted, nothing it might sign.
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .sign(key, None)
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return private + certificate.public_bytes(serialization.Encoding.PEM)


def write_whole(path: Path, content: bytes, mode: int = 0o600) -> None:
    """Replace a file so that readers see the old or the new content, never a part; durable."""
    temporary = path.with_name(f".{path.name}.new")
    temporary.unlink(missing_ok=True)
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)


def _write_private(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    write_whole(path, content)


def _certificate_in(text: str, where: str) -> str:
    begin, end = "-----BEGIN CERTIFICATE-----", "-----END CERTIFICATE-----"
    start, stop = text.find(begin), text.find(end)
    if start < 0 or stop < start or text.find(begin, stop) >= 0:
        raise Invalid(f"{where} does not hold exactly one PEM certificate")
    return text[start : stop + len(end)] + "\n"
