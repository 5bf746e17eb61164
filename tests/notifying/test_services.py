"""The list of services against the Apprise that is pinned, and URLs that are refused."""

import importlib
import inspect
import ipaddress
import warnings
from typing import Any

import pytest

from monitor.notifier.addresses import refused
from monitor.notifier.apprise_way import _why as why
from monitor.notifier.services import SERVICES, check_url, check_webhook, parts_of
from monitor.resources.alert_target.service_names import ServiceName

_GENERAL = {"retry", "wait", "redirect", "optional", "store", "overflow", "emojis", "format", "tz", "cto", "rto"}
_FILES_AND_TEMPLATES = {"template", "attach", "pgp", "pgppub", "pgpprv", "key_file", "keyfile", "include", "file"}
_DENIED = ("json", "xml", "form", "syslog", "rsyslog", "dbus", "gnome", "windows", "macosx", "file", "apprise", "irc")


def plugin(name: str) -> Any:
    module, _, kind = SERVICES[name].plugin.partition(":")
    with warnings.catch_warnings(action="ignore", category=DeprecationWarning):  # what it imports of Python's own
        return getattr(importlib.import_module(f"apprise.plugins.{module}"), kind)


def schemes_of(kind: Any) -> set[str]:
    found: set[str] = set()
    for one in (kind.protocol, kind.secure_protocol):
        found |= {one} if isinstance(one, str) else set(one or ())
    return found


def test_every_service_is_declared() -> None:
    names = [name.value for name in ServiceName]
    assert names == [*SERVICES, "webhook", "browser"]


@pytest.mark.parametrize("name", SERVICES)
def test_it_is_one_of_the_pinned_apprise(name: str) -> None:
    service, kind = SERVICES[name], plugin(name)
    assert set(service.schemes) <= schemes_of(kind)
    given = set(service.parameters)
    source = inspect.getsource(inspect.getmodule(kind))  # what is read of a URL, where the templates do not say it
    unknown = {one for one in given - set(kind.template_args) if f'"{one}"' not in source}
    assert unknown == set()
    assert not given & (_GENERAL | _FILES_AND_TEMPLATES)
    if isinstance(kind.body_maxlen, int):
        assert service.longest <= kind.body_maxlen


@pytest.mark.parametrize("name", SERVICES)
def test_its_own_example_is_taken(name: str) -> None:
    for written in SERVICES[name].form.split(" or "):
        check_url(name, written.split(",")[0].split("…")[0])


@pytest.mark.parametrize("scheme", _DENIED)
def test_other_schemes_are_refused_with_what_there_is(scheme: str) -> None:
    assert all(scheme not in service.schemes for service in SERVICES.values())
    with pytest.raises(ValueError, match=r"There are .*mailtos.*slack"):
        check_url("ntfy", f"{scheme}://example.org/x")


def test_the_scheme_of_another_service_is_named() -> None:
    with pytest.raises(ValueError, match="gotify:// is Gotify: choose that"):
        check_url("ntfy", "gotify://example.org/token")


@pytest.mark.parametrize(
    "url",
    [
        "slack://A/B/C?template=/etc/passwd",
        "slack://A/B/C?Template=x",
        "slack://A/B/C?%74emplate=x",
        "slack://A/B/C?image=no&template=x",
        "slack://A/B/C?image=no;template=x",
        "slack://A/B/C?redirect=yes",
        "slack://A/B/C?+X-Header=1",
        "slack://A/B/C?:token=1",
        "slack://A/B/C?format=html",
        "slack://A/B/C?retry=500",
        "slack://A/B/C\r\nX: y",
        "slack://A/B/C?store=yes",
    ],
)
def test_parameters_that_are_not_allowed_are_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r"not allowed|control characters"):
        check_url("slack", url)


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1", "127.8.9.1", "localhost", "LOCALHOST.", "x.localhost", "0.0.0.0", "[::1]", "[::]"),
        *("169.254.169.254", "[fe80::1]", "224.0.0.1", "255.255.255.255", "[ff02::1]", "[::ffff:127.0.0.1]"),
        *("[::ffff:169.254.169.254]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[fd00:ec2::254]", "168.63.129.16"),
        *("[64:ff9b:1::a9fe:a9fe]", "[::ffff:0:127.0.0.1]", "[2001:db8::5efe:169.254.169.254]", "[fd00:ec2::23]"),
        *("[fd20:ce::254]", "[fd00:c1::a9fe:a9fe]", "[fd00:42::42]", "[fd00::200:5efe:7f00:1]"),
    ],
)
def test_what_can_be_seen_to_be_no_place_to_send_to_is_refused_when_it_is_written(host: str) -> None:
    with pytest.raises(ValueError, match="nothing is sent there"):
        check_webhook(f"http://{host}/hook")
    with pytest.raises(ValueError, match="nothing is sent there"):
        check_url("ntfy", f"ntfy://{host}/topic")


@pytest.mark.parametrize("address", ["10.0.0.1", "192.168.1.7", "172.16.3.4", "fd00::7", "93.184.215.14", "100.64.0.9"])
def test_networks_of_one_s_own_are_normal(address: str) -> None:
    assert refused(ipaddress.ip_address(address)) == ""


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://x/y", "https://", "https://x/#part", "gopher://x", "http:/x"]
)
def test_a_webhook_is_http(url: str) -> None:
    with pytest.raises(ValueError, match=r"write https|never sent"):
        check_webhook(url)


def test_what_is_secret_in_a_url_is_known() -> None:
    assert {"tk_secret", "a-topic-x"} <= set(parts_of("ntfys://tk_secret@ntfy.example.org/a-topic-x?auth=token"))
    assert "123456:bot-token" in set(parts_of("tgram://123456:bot-token/-100123456"))
    assert "pass word" in set(parts_of("mailto://me:pass%20word@example.org"))
    assert "ntfy.example.org" not in set(parts_of("ntfys://ntfy.example.org/topic"))
    assert "T00000000" in set(parts_of("https://hooks.slack.com/services/T00000000/B000/XXXXX"))


def test_why_a_service_is_not_reached_is_said_without_what_wraps_it() -> None:
    pool = "Socket Exception: HTTPSConnectionPool(host='n.example', port=443): Max retries exceeded (Caused by "
    unknown = (
        "NameResolutionError(\"HTTPSConnection(host='n.example', port=443): Failed to resolve 'n.example' (-2)\"))"
    )
    broken = "SSLError(SSLError(1, '[SSL: WRONG_VERSION_NUMBER] wrong version number (_ssl.c:1006)')))"
    assert why(["cannot send", pool + unknown]) == "Failed to resolve 'n.example' (-2). cannot send"
    assert why([pool + broken]).startswith("SSLError(1, '[SSL: WRONG_VERSION_NUMBER] wrong version number")
    assert why(["Socket Exception: timed out"]) == "Socket Exception: timed out"
    assert why([]) == "the service did not take it, and nothing was said"
