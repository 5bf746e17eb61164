"""Secrets of alert targets on real parts: planted in every kind of place a target has for one, and looked for in all
that Monitor answers, writes, starts and prints, while sending fails and every receiver says back what it was sent.
"""

import os
import subprocess
import threading
from base64 import b64encode
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, unquote

import pytest

from tests.faults.echoes import echoing
from tests.faults.installation import MONITOR, Installation

pytestmark = pytest.mark.real
PASSWORD = "Zq7 planted+pass/word"
TOKEN = "Zq7plantedtoken"
SIGNED = "Zq7plantedsigningsecret"
GONE = "Zq7plantedformer"
"""Of a URL that was replaced."""
PLANTED = (PASSWORD, TOKEN, SIGNED, GONE)


def targets(web: str, mail: str) -> dict[str, dict[str, str]]:
    user = f"robot:{quote(PASSWORD, safe='')}"
    post = f"{user}@{mail}?from=monitor@example.org&to=ops@example.org&mode=insecure"
    return {
        "hook": {"service": "webhook", "url": f"http://{user}@{web}/{TOKEN}?key={TOKEN}", "secret": SIGNED},
        "ntfy": {"service": "ntfy", "url": f"ntfy://{user}@{web}/{TOKEN}"},
        "bearer": {"service": "ntfy", "url": f"ntfy://{TOKEN}@{web}/topic-x?auth=token"},
        "gotify": {"service": "gotify", "url": f"gotify://{web}/{TOKEN}"},
        "mattermost": {"service": "mattermost", "url": f"mmost://{web}/{TOKEN}"},
        "matrix": {"service": "matrix", "url": f"matrix://{user}@{web}/!room"},
        "teams": {"service": "teams", "url": f"workflow://{web}/{TOKEN}/{TOKEN}"},
        "mail": {"service": "mail", "url": f"mailto://{post}"},
    }


def in_clear(text: bytes) -> list[str]:
    """Of the planted ones, in the spellings that matter here."""
    found: list[str] = []
    for secret in PLANTED:
        forms = {secret, quote(secret, safe=""), quote(secret), b64encode(f"robot:{secret}".encode()).decode()}
        forms |= {b64encode(f"\0robot\0{secret}".encode()).decode()}
        found += [form for form in forms if form.encode() in text or form.encode() in unquote(text).encode()]
    return found


@contextmanager
def watched(core: int) -> Generator[set[bytes]]:
    """Arguments and environment of core and all that it starts meanwhile."""
    seen: set[bytes] = set()
    over = threading.Event()

    def look() -> None:
        while not over.wait(0.02):
            for folder in Path("/proc").glob("[0-9]*"):
                try:
                    parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
                    if core in (parent, int(folder.name)):
                        seen.add((folder / "cmdline").read_bytes() + (folder / "environ").read_bytes())
                except OSError:
                    continue  # it ended meanwhile

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield seen
    finally:
        over.set()
        thread.join()


def plain_gets(installed: Installation) -> list[str]:
    """Every path of the API that can be asked for as it is."""
    paths = installed.get("/openapi.json")["paths"]
    asked = [path.removeprefix("/api") for path, ways in paths.items() if "get" in ways and "{" not in path]
    return [path for path in asked if "download" not in path]


def command(installed: Installation, *argv: str) -> bytes:
    env = {**os.environ, "MONITOR_URL": str(installed.api.base_url).removesuffix("/api/"), "MONITOR_KEY": installed.key}
    done = subprocess.run([MONITOR, *argv], check=False, capture_output=True, timeout=60, env=env)
    assert b"Traceback" not in done.stderr, done.stderr
    return done.stdout + done.stderr


def test_secrets_of_targets_are_nowhere(installed: Installation) -> None:
    everything: dict[str, bytes] = {}
    with echoing() as (web, mail), watched(installed.processes["core"].pid) as started:
        wanted = targets(web, mail)
        for name, config in wanted.items():
            everything[f"made {name}"] = installed.api.post(
                "/alert_targets", json={"name": name, "config": config}
            ).content
        first = {"config": {"url": f"gotify://{web}/{GONE}"}}
        everything["changed"] = installed.api.patch("/alert_targets/gotify", json=first).content
        with ThreadPoolExecutor(3) as several:
            names = [*wanted, "gotify"]
            answers = several.map(lambda name: installed.api.post(f"/alert_targets/{name}/test", json={}), names)
            for name, answer in zip(names, answers, strict=True):
                assert answer.json()["delivered"] is False, answer.text
                everything[f"tested {name}"] = answer.content
        again = {"config": {"url": wanted["gotify"]["url"]}}
        everything["changed back"] = installed.api.patch("/alert_targets/gotify", json=again).content
        everything["cli test"] = command(installed, "alert-target", "test", "hook")
    assert len(started) > 1
    everything |= {f"process {at}": words for at, words in enumerate(started)}
    for path in [*plain_gets(installed), *(f"/alert_targets/{name}" for name in wanted)]:
        everything[path] = installed.api.get(path).content
    for argv in (("alert-target", "ls"), ("alert-target", "get", "hook"), ("activity", "ls"), ("-h",)):
        everything[" ".join(argv)] = command(installed, *argv)
    everything["core's log"] = installed.log("core").encode()
    everything |= {str(file): file.read_bytes() for file in (installed.folder / "core").rglob("*") if file.is_file()}
    assert b"********" in everything["/alert_targets/hook"]
    assert {where: found for where, text in everything.items() if (found := in_clear(text))} == {}
