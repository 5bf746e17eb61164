"""Answers: what the daemon's words about a registry come to. Pure.

Nothing of what the registry itself wrote is handed on: it may be anything that listens where a reference points.
"""

import re

from monitor.abilities.registry.calls import WITHIN, Latest, Trouble
from monitor.kernel.errors import Invalid, MonitorError, NotFound, Unavailable

_QUOTED = re.compile(r'"[^"]*"')
"""The address that was asked, whose words mean nothing."""
_SAID: tuple[tuple[tuple[str, ...], Trouble, str], ...] = (
    (
        ("no such host", "server misbehaving"),
        Trouble.LATER,
        "the host does not find the registry's address",
    ),
    (
        ("timeout", "deadline exceeded", "timed out", "awaiting headers"),
        Trouble.LATER,
        "the registry does not answer in time",
    ),
    (
        ("connection refused", "unreachable", "connection reset", "unexpected eof", ": eof", "broken pipe", "dial tcp"),
        Trouble.LATER,
        "the host does not reach the registry",
    ),
    (
        ("toomanyrequests", "too many requests", "status: 429", "rate limit"),
        Trouble.LIMITED,
        "the registry limits how often it is asked, and the limit is reached",
    ),
    (
        ("x509", "certificate", "tls:"),
        Trouble.LASTING,
        "the host does not trust the registry's certificate: give Docker its CA, /etc/docker/certs.d/REGISTRY/ca.crt",
    ),
    (
        ("gave http response to https",),
        Trouble.LASTING,
        "the registry speaks plain http, which the host's Docker takes only from those in its insecure-registries",
    ),
    (
        ("unauthorized", "authentication required", "no basic auth", "denied", "status: 401", "status: 403"),
        Trouble.LASTING,
        "the registry does not tell this to whoever asks: choose a registry account that may read the image",
    ),
    (
        ("manifest unknown", "name unknown", "not found", "repository name not known", "status: 404", "no such image"),
        Trouble.LASTING,
        "the registry has no such image, or no longer",
    ),
    (
        ("invalid reference format", "must be lowercase", "full image id"),
        Trouble.LASTING,
        "the host's Docker takes this for no image of a registry",
    ),
    (
        ("schema v1", "schema 1", "schema1", "unmarshal", "invalid character", "unsupported", "manifest type"),
        Trouble.LASTING,
        "the registry's answer is none the host's Docker can read",
    ),
    (
        ("status: 5", "internal server error", "bad gateway", "service unavailable", "unknown: "),
        Trouble.LATER,
        "the registry fails by itself",
    ),
)


MADE_HERE = Latest(
    trouble=Trouble.LASTING, reason="what runs was made or loaded on the host: it has no digest to compare"
)


def from_failure(failure: MonitorError) -> Latest:
    """Why nothing is known."""
    if isinstance(failure, Unavailable):
        return unknown(Trouble.LATER, f"the registry did not answer within {WITHIN:g} s")
    if isinstance(failure, Invalid):
        return unknown(Trouble.LASTING, "the host's Docker takes this for no image of a registry")
    said = _QUOTED.sub("", failure.message.casefold())
    for words, trouble, reason in _SAID:
        if any(word in said for word in words):
            return unknown(trouble, reason)
    if isinstance(failure, NotFound):
        return unknown(Trouble.LASTING, "the registry has no such image, or no longer")
    return unknown(Trouble.LATER, "the registry did not tell, and the host's Docker does not say why")


def unknown(trouble: Trouble, reason: str) -> Latest:
    """No answer."""
    return Latest(trouble=trouble, reason=reason)
