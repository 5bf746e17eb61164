"""The web app as `--check` sees it: its page, the policy it comes with, and a script it names."""

import re
import urllib.error
import urllib.request
from http.client import HTTPResponse

from parts.say import GiveUp, say


def expect(core: str) -> None:
    """The page is there, lets only core's own scripts run, and its script can be kept for good; GiveUp otherwise."""
    page = _get(f"{core}/")
    text = page.read().decode()
    policy = page.headers.get("content-security-policy", "")
    nonce = re.search(r"style-src 'self' 'nonce-([^']+)'", policy)
    if "script-src 'self';" not in policy or nonce is None or nonce[1] not in text:
        raise GiveUp(f"{core}/ comes without its content policy, or without the policy's nonce: {policy!r}")
    scripts = re.findall(r'src="(/assets/[^"]+\.js)"', text)
    if not scripts:
        raise GiveUp(f"{core}/ names no script: {text[:500]}")
    script = _get(core + scripts[0])
    if "immutable" not in script.headers.get("cache-control", "") or not script.read():
        raise GiveUp(f"{core}{scripts[0]} is empty, or may not be kept: {script.headers}")
    if _get(f"{core}/deployments/hello/log").status != 200:
        raise GiveUp(f"a deep link into {core} does not answer the page")
    say(f"  ok: {core} serves the web app, under its policy")


def _get(url: str) -> HTTPResponse:
    try:
        return urllib.request.urlopen(url, timeout=5)  # noqa: S310 - our own http address
    except urllib.error.HTTPError as failure:
        raise GiveUp(f"{url} answers {failure.code}: {failure.read()[:500].decode(errors='replace')}") from None
