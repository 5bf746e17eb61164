"""Safe by default: beyond loopback core needs TLS, a proxy, or the operator's word."""

import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.core.certificate import LIFE, generated_certificate
from monitor.core.settings import CoreSettings, check, is_insecure
from monitor.kernel.errors import Invalid

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def test_loopback_needs_nothing() -> None:
    for address in ("127.0.0.1", "::1", "localhost", "127.0.0.53"):
        check(CoreSettings(address=address))


@pytest.mark.parametrize("address", ["0.0.0.0", "::", "192.0.2.1", "monitor.example.org"])
def test_any_other_address_needs_a_decision(address: str) -> None:
    with pytest.raises(Invalid, match="tls_generate"):
        check(CoreSettings(address=address))
    check(CoreSettings(address=address, tls_certificate="c.pem", tls_key="k.pem"))
    check(CoreSettings(address=address, tls_generate=True))
    check(CoreSettings(address=address, trusted_proxies=("10.0.0.0/8",)))
    insecure = CoreSettings(address=address, insecure_http=True)
    check(insecure)
    assert is_insecure(insecure)
    assert not is_insecure(CoreSettings(address=address, insecure_http=True, tls_generate=True))


@pytest.mark.parametrize(
    ("settings", "field"),
    [
        (CoreSettings(tls_certificate="c.pem"), "tls_key"),
        (CoreSettings(tls_certificate="c.pem", tls_key="k.pem", tls_generate=True), "tls_generate"),
        (CoreSettings(trusted_proxies=("nonsense",)), "trusted_proxies"),
        (CoreSettings(public_url="monitor.example.org"), "public_url"),
    ],
)
def test_what_cannot_be_meant_names_the_setting(settings: CoreSettings, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        check(settings)
    assert refused.value.fields[0].path == field


def test_the_generated_certificate_is_kept_until_it_nears_its_end_or_the_names_change(tmp_path: Path) -> None:
    settings = CoreSettings(data=tmp_path, address="192.0.2.1", public_url="https://monitor.example.org")
    file = generated_certificate(settings, NOW)
    made = file.read_bytes()
    assert file.stat().st_mode & 0o777 == 0o600
    ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(file)
    assert generated_certificate(settings, NOW + timedelta(days=1)).read_bytes() == made
    moved = CoreSettings(data=tmp_path, address="192.0.2.1", public_url="https://elsewhere.example.org")
    other = generated_certificate(moved, NOW).read_bytes()
    assert other != made
    assert generated_certificate(moved, NOW + LIFE - timedelta(days=30)).read_bytes() != other
