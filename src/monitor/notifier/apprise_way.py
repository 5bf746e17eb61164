"""Apprise's way: the one service the task names is loaded, and no other; no redirects, no files, no configuration."""

import importlib
import logging
import re
from typing import Any

from monitor.notifier.answers import Answers
from monitor.notifier.service import Service
from monitor.notifier.services import SERVICES, check_form
from monitor.notifier.task import Outcome, Task

_MOST = 20
_WRAPPED = re.compile(r"""^Socket Exception: .*\(Caused by \w+\(["']?(?:\w+\([^()]*\): )?(?P<why>.*?)["']?\)\)$""")
"""What went wrong inside what the HTTP library says of it: `Failed to resolve 'ntfy.example.org' (…)`."""
_CODE = re.compile(r"\.?, error=(?P<code>\d+)")
"""`Server error., error=500.`"""
_KINDS = {"": "success", "warning": "warning", "critical": "failure"}


class _Said(logging.Handler):
    """What Apprise says of a failure."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        wanted = record.levelno >= logging.WARNING or "xception" in record.getMessage()
        if wanted and len(self.lines) < _MOST:
            self.lines.append(record.getMessage())


def send(task: Task) -> Outcome:
    """As text; what the service reads in it, Apprise escapes where it does not do so itself."""
    service = SERVICES[task.service]
    check_form(task.service, task.url)
    said = _Said()
    logger = logging.getLogger("apprise")
    logger.addHandler(said)
    logger.setLevel(logging.DEBUG)
    target = _target(service, task.url)
    if target is None:
        return Outcome(delivered=False, error=" ".join(said.lines) or f"the URL is not complete; write {service.form}")
    apprise = importlib.import_module("apprise")
    answers = Answers()
    answers.listen()
    sender: Any = apprise.Apprise(asset=target.asset)
    sender.add(target)
    delivered = sender.notify(
        title=task.subject, body=task.text, notify_type=_KINDS[task.severity], body_format=apprise.NotifyFormat.TEXT
    )
    if delivered:
        return Outcome(delivered=True)
    return Outcome(delivered=False, error=_why(said.lines), refused=answers.refused)


def _target(service: Service, url: str) -> Any:
    """Apprise's own object; None where it cannot read the URL."""
    apprise = importlib.import_module("apprise")
    module, _, name = service.plugin.partition(":")
    made = getattr(importlib.import_module(f"apprise.plugins.{module}"), name)
    pasted = service.pasted and url.startswith(service.pasted)
    # A channel is written `#name`, which `urlsplit` and Apprise both take for one.
    read: dict[str, Any] | None = made.parse_native_url(url) if pasted else made.parse_url(url)
    if not read:
        return None
    asset = apprise.AppriseAsset(
        app_id="Monitor",
        app_desc="Monitor",
        app_url="",
        image_url_logo=None,
        image_url_mask=None,
        image_path_mask=None,
        plugin_paths=[],
        http_redirects=False,
        secure_logging=False,
        storage_mode="memory",
        async_mode=False,
    )
    try:
        return made(**{**read, "asset": asset})
    except TypeError as wrong:
        logging.getLogger("apprise").warning(str(wrong))
        return None


def _why(lines: list[str]) -> str:
    """In one line, what was said last first."""
    plain = [_CODE.sub(r", error \g<code>", _WRAPPED.sub(r"\g<why>.", line)) for line in lines]
    return " ".join(reversed(plain)).strip() or "the service did not take it, and nothing was said"
