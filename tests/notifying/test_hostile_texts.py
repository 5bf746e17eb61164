"""Names and log lines of people who mean no good, as they arrive at each service: they call nobody, mark up nothing,
begin no header and no line, and are cut to what the service takes. It is looked at where it leaves the process.
"""

import email
import json
import re
from datetime import UTC, datetime
from email.message import Message as Mail
from email.policy import default
from typing import Any
from urllib.parse import parse_qs

import pytest
import requests
from msgspec import structs

from monitor.features.notifying.texts import cut, size
from monitor.features.notifying.words import Message, Writer
from monitor.kernel.alerts import AlertEvent
from monitor.notifier import apprise_way
from monitor.notifier.service import Counted
from monitor.notifier.services import SERVICES
from monitor.notifier.task import Task
from monitor.resources.alert_target.info import Delivery, DeliveryKind
from tests.notifying.events import an_event
from tests.notifying.places import mail_place
from tests.notifying.test_child import sent

NOW = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)
EVIL = (
    "@everyone @here @channel @all @room @ops <!channel> <!here> <@U123> <@&99> <#C1> <users/all> @**all** "
    "<script>alert(1)</script> <http://evil.example|click> [click](http://evil.example) ![i](http://evil.example/i) "
    "**b** `c` ||s|| \u202ekcilc\u2066 \x1b[31m {{app_id}} :bomb:\r\nBcc: all@evil.example\n\n# head\u2028X: y \x00"
)
URLS = {
    "slack": "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/%23general",
    "discord": "discord://123456789/abcdefghijklmnopqrstuvwxyz0123456789",
    "telegram": "tgram://123456789:abcdefg_hijklmnop/-1001234",
    "teams": "workflows://flows.example.org:443/WORKFLOW/SIGNATURE",
    "matrix": "matrixs://user:password@matrix.example.org/!room:example.org",
    "mattermost": "mmosts://mattermost.example.org/abcdefghijklmnopqrstuvwxyz",
    "rocketchat": "rockets://abcdefghijklmnopqrst/abcdefghijklmnopqrstuvwxyz@chat.example.org/%23channel",
    "google_chat": "gchat://space/key/token",
    "zulip": "zulip://bot@organization/a8Ab2a2Bc2a8Ab2a2Bc2a8Ab2a2Bc2zz/stream",
    "webex": "webex://abcdefghijklmnopqrstabcdefghijklmnopqrst/Y2lzY29zcGFyazovL3VzL1JPT00v",
    "nextcloud_talk": "nctalks://user:password@cloud.example.org/room",
    "synology_chat": "synologys://nas.example.org/token",
    "signal": "signal://signal.example.org:8080/+491700000000/+491711111111",
    "line": "line://token/user",
    "ntfy": "ntfys://ntfy.example.org/topic",
    "gotify": "gotifys://gotify.example.org/token",
    "pushover": "pover://abcdefghijklmnopqrstuvwxyz1234@abcdefghijklmnopqrstuvwxyz1234",
    "home_assistant": "hassios://ha.example.org/token",
    "bark": "barks://bark.example.org/devicekey",
    "prowl": f"prowl://{'a' * 40}",
    "simplepush": "spush://ABCDEF",
    "sendgrid": "sendgrid://key:monitor@example.org/ops@example.org",
    "twilio": f"twilio://AC{'a' * 32}:{'b' * 32}@+491700000000/+491711111111",
}
READS_MARKDOWN = (
    *("discord", "teams", "mattermost", "rocketchat", "zulip", "webex", "nextcloud_talk", "home_assistant"),
    "simplepush",
)
CALLS = ("@everyone", "@here", "@channel", "@all", "@room", "@ops", "<!", "<@", "<#", "<users", "@**")
MARKS_UP = ("<script", "<http", "\r\nBcc", "\nBcc", "\nX:", "\n#", "\x1b", "\u202e", "\u2066", "\u2028", "\x00", "<b ")


def written(name: str, evil: str = EVIL) -> Message:
    """What is said to a service of an alert in which everything is of somebody who means no good."""
    event = an_event(NOW, message=evil, culprit=evil, lines=(evil,) * 10)
    about = structs.replace(event.alert.subject, name=evil, what=evil)
    alert = structs.replace(event.alert, rule_name=evil, subject=about, why_resolved=evil)
    return of_events(name, structs.replace(event, alert=alert))


def of_events(name: str, *events: AlertEvent) -> Message:
    kind = DeliveryKind.EVENT if len(events) == 1 else DeliveryKind.SUMMARY
    delivery = Delivery(id="D", kind=kind, queued=NOW, events=events)
    return Writer("", SERVICES.get(name), log_lines=True).message(delivery)


def texts_in(value: Any) -> list[str]:
    """Every text in what was sent."""
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for one in inner for text in texts_in(one)]


def arrives(monkeypatch: pytest.MonkeyPatch, name: str, message: Message) -> list[str]:
    """The texts of the requests that would leave."""
    found: list[str] = []

    def taken(self: Any, request: Any, **how: Any) -> requests.Response:
        body = request.body.decode() if isinstance(request.body, bytes) else request.body or "null"
        try:
            found.extend(texts_in(json.loads(body)))
        except ValueError:
            form = [text for values in parse_qs(body).values() for text in values]
            found.extend(text for one in form for text in (texts_in(json.loads(one)) if one[0] == "{" else [one]))
        answer = requests.Response()
        answer.status_code, answer.url, answer.request = 200, request.url, request
        answer._content = b'{"ok":true,"access_token":"x","room_id":"!x","user_id":"u","status":"success"}'
        return answer

    monkeypatch.setattr(requests.adapters.HTTPAdapter, "send", taken)
    task = Task(
        service=name, url=URLS[name], id="D", subject=message.subject, text=message.text, severity=message.severity
    )
    apprise_way.send(task)
    assert any(text in one for text in ("kcilc", "Bcc", "@\u200b") for one in found), found
    return found


@pytest.mark.parametrize("name", URLS)
def test_it_calls_nobody_and_marks_up_nothing(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    for text in arrives(monkeypatch, name, written(name)):
        assert [word for word in (*CALLS, *MARKS_UP) if word in text] == []
        if name in READS_MARKDOWN and "kcilc" in text and name not in ("zulip", "home_assistant", "simplepush"):
            assert not re.search(r"(?<!\\)\[[^\]]*(?<!\\)\]\(", text), text
            assert "**b**" not in text


@pytest.mark.parametrize("name", ["zulip", "home_assistant", "simplepush"])
def test_where_only_the_text_reads_markdown_the_subject_is_as_people_read_it(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    subject, text = [text for text in arrives(monkeypatch, name, written(name)) if "kcilc" in text or "[crit" in text]
    assert subject.startswith("[critical] @\u200beveryone")
    assert not re.search(r"(?<!\\)\[[^\]]*(?<!\\)\]\(", text), text


@pytest.mark.parametrize("name", URLS)
@pytest.mark.parametrize("letter", ["x", "语", "😀", "\\", "<"])
def test_it_is_no_longer_than_the_service_takes(monkeypatch: pytest.MonkeyPatch, name: str, letter: str) -> None:
    service, message = SERVICES[name], written(name, f"kcilc {letter * 100_000}")
    assert size(message.subject, service.counted) + size(message.text, service.counted) + 2 <= service.longest
    assert "…" in message.subject
    assert arrives(monkeypatch, name, message)


def test_a_summary_of_such_names_is_a_line_each_or_of_a_few_as_many_as_there_is_to_say() -> None:
    evil = an_event(NOW)
    evil = structs.replace(evil, alert=structs.replace(evil.alert, rule_name=EVIL))
    assert len(of_events("ntfy", *(evil,) * 6).text.splitlines()) == 6
    assert len(of_events("ntfy", evil, evil, evil).text.splitlines()) == 3 * 4


async def test_no_header_of_a_mail_is_anybody_else_s() -> None:
    message = written("mail")
    with mail_place() as post:
        url = f"mailto://127.0.0.1:{post.port}?from=monitor@example.org&to=ops@example.org&mode=insecure"
        outcome = await sent("mail", url, post.endpoint, subject=message.subject, text=message.text)
    assert outcome.delivered
    said = post.asked[0].body
    assert said.count(b"rcpt TO:") == 1
    mail: Mail = email.message_from_bytes(said.partition(b"data\r\n")[2], policy=default)
    assert mail["bcc"] is None
    assert mail["x"] is None
    assert mail["to"] == "ops@example.org"
    assert str(mail["subject"]).startswith("[critical] @\u200beveryone")
    html = [part.get_content() for part in mail.walk() if part.get_content_type() == "text/html"]
    assert all("<script" not in one and "<http" not in one for one in html)


@pytest.mark.parametrize("counted", list(Counted))
def test_a_cut_keeps_the_link_and_breaks_no_character(counted: Counted) -> None:
    text = "语😀" * 500 + "\nhttps://monitor.example.org/servers/a"
    for longest in range(90, 130):
        short = cut(text, longest, counted)
        assert longest - 8 < size(short, counted) <= longest
        assert short.endswith("…\nhttps://monitor.example.org/servers/a")
