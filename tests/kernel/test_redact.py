"""No spelling of a secret passes a Redactor, however its stream is cut; everything else passes as it is, at once."""

import base64
import html
import itertools
import json
import re
import shlex
import string
import time
import urllib.parse
from collections.abc import Callable, Iterable

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from monitor.kernel.redact import MASK, Redactor
from monitor.kernel.spellings import spellings

AWKWARD = "aAbZ059$%&<>\"'`\\/+ =-_~;:@?#\n\r\t\x1b\x7fäß€\u2028\U0001f600"
plain_text = st.text(st.characters(exclude_characters="*", exclude_categories=("Cs",)), min_size=4, max_size=40)
secrets = st.one_of(
    st.text(AWKWARD, min_size=4, max_size=30),
    st.text(string.ascii_letters + string.digits, min_size=4, max_size=40),
    plain_text,
)
surroundings = st.one_of(st.binary(max_size=60), st.text(AWKWARD, max_size=60).map(str.encode))
cuts = st.lists(st.integers(0, 400), max_size=8)


def pieces(data: bytes, at: Iterable[int]) -> list[bytes]:
    edges = [0, *sorted(min(cut, len(data)) for cut in at), len(data)]
    return [data[start:end] for start, end in itertools.pairwise(edges)]


def run(redactor: Redactor, parts: Iterable[bytes]) -> bytes:
    return b"".join([*map(redactor.feed, parts), redactor.flush()])


def lower_hex(text: str) -> str:
    return re.sub(r"%..", lambda found: found[0].lower(), text)


ENCODERS: dict[str, Callable[[str], str]] = {
    "plain": str,
    "json": lambda s: json.dumps(s, ensure_ascii=False)[1:-1],
    "json ascii": lambda s: json.dumps(s)[1:-1],
    "json ascii upper": lambda s: re.sub(
        r"\\u....|\\\\", lambda m: m[0].upper().replace("\\U", "\\u"), json.dumps(s)[1:-1]
    ),
    "json all": lambda s: "".join(f"\\u{unit:04x}" for unit in memoryview(s.encode("utf-16-le")).cast("H")),
    "json slash": lambda s: json.dumps(s)[1:-1].replace("/", "\\/"),
    "json in html": lambda s: (
        json.dumps(s, ensure_ascii=False)[1:-1]
        .replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("&", "\\u0026")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029")  # as Go does: never one of the two alone
    ),
    "url": lambda s: urllib.parse.quote(s, safe=""),
    "url path": urllib.parse.quote,
    "url form": urllib.parse.quote_plus,
    "url lower": lambda s: lower_hex(urllib.parse.quote(s, safe="")),
    "url form lower": lambda s: lower_hex(urllib.parse.quote_plus(s)),
    "html": html.escape,
    "html numbers": lambda s: html.escape(s).replace("&quot;", "&#34;").replace("&#x27;", "&#39;"),
    "html text": lambda s: html.escape(s, quote=False),
    "dollar twice": lambda s: s.replace("$", "$$"),
    "dollar escaped": lambda s: s.replace("$", "\\$"),
    "shell": lambda s: (
        shlex.quote(s).removeprefix("'").removesuffix("'") if "'" not in s else s.replace("'", "'\"'\"'")
    ),
    "shell backslash": lambda s: s.replace("'", "'\\''"),
    "shell double": lambda s: re.sub(r"([$`\"\\])", r"\\\1", s),
}


@pytest.mark.parametrize("encoder", ENCODERS)
@given(secret=secrets, others=st.lists(secrets, max_size=2), before=surroundings, after=surroundings, cuts=cuts)
@example(secret="p$\"\\w'rd/ä+<&\u2028\x1b%", others=[], before=b"x=", after=b"\n", cuts=[4, 7])
def test_no_spelling_passes(
    encoder: str, secret: str, others: list[str], before: bytes, after: bytes, cuts: list[int]
) -> None:
    form = ENCODERS[encoder](secret).encode()
    out = run(Redactor([*others, secret]), pieces(before + form + after, cuts))
    assert form not in out
    assert MASK in out


@given(
    secret=secrets,
    before=st.binary(max_size=20),
    after=st.binary(max_size=20),
    url_safe=st.booleans(),
    cuts=cuts,
)
def test_no_base64_passes(secret: str, before: bytes, after: bytes, url_safe: bool, cuts: list[int]) -> None:
    encode = base64.urlsafe_b64encode if url_safe else base64.b64encode
    encoded = encode(before + secret.encode() + after)
    first, last = 8 * len(before), 8 * len(before + secret.encode())
    inner = bytes(c for at, c in enumerate(encoded) if first <= 6 * at and 6 * at + 6 <= last)
    out = run(Redactor([secret]), pieces(b"Basic " + encoded + b"\n", cuts))
    assert inner not in out
    assert MASK in out


@given(secrets=st.lists(secrets, max_size=4), text=surroundings, data=st.data(), cuts=cuts)
def test_leftmost_and_longest_are_replaced_however_it_is_cut(
    secrets: list[str], text: bytes, data: st.DataObject, cuts: list[int]
) -> None:
    forms = sorted(spellings(secrets), key=len, reverse=True)
    if forms:  # pieces of forms, so that beginnings, overlaps and near misses are met
        for form in data.draw(st.lists(st.sampled_from(forms), max_size=4)):
            start, end = sorted((data.draw(st.integers(0, len(form))), data.draw(st.integers(0, len(form)))))
            text += form[start:end] if data.draw(st.booleans()) else form
    expected = re.sub(b"|".join(map(re.escape, forms)), MASK, text) if forms else text
    redactor = Redactor(secrets)
    assert run(redactor, [text]) == expected
    assert run(redactor, pieces(text, cuts)) == expected
    assert run(redactor.another(), [text[at : at + 1] for at in range(len(text))]) == expected


@given(secrets=st.lists(secrets, min_size=1, max_size=3), text=surroundings, data=st.data())
def test_only_what_may_begin_a_secret_is_held_back(secrets: list[str], text: bytes, data: st.DataObject) -> None:
    forms = sorted(spellings(secrets))
    form = data.draw(st.sampled_from(forms))
    text += form[: data.draw(st.integers(0, len(form) - 1))]
    assume(not any(form in text for form in forms))
    redactor = Redactor(secrets)
    released = redactor.feed(text)
    held = text[len(released) :]
    assert released + held == text
    longest = max(at for at in range(len(text) + 1) if any(f.startswith(text[len(text) - at :]) for f in forms))
    assert len(held) == longest
    assert redactor.flush() == held


@given(text=st.binary(max_size=300), cuts=cuts)
def test_text_without_secrets_is_unchanged(text: bytes, cuts: list[int]) -> None:
    assert run(Redactor([]), pieces(text, cuts)) == text
    assert run(Redactor([""]), pieces(text, cuts)) == text
    redactor = Redactor(["correct horse battery staple", "hunter2!"])
    assume(not any(form in text for form in spellings(["correct horse battery staple", "hunter2!"])))
    assert run(redactor, pieces(text, cuts)) == text


def test_lines_come_out_at_once() -> None:
    redactor = Redactor(["correct horse"])
    assert redactor.feed(b"Step 1/3\n") == b"Step 1/3\n"
    assert redactor.feed(b"see ") == b"see "
    assert redactor.feed(b"c") == b""
    assert redactor.feed(b"orrect") == b""
    assert redactor.feed(b"ed") == b"corrected"
    assert redactor.feed(b" cor") == b" "
    assert redactor.feed(b"rect horse.") == MASK + b"."
    assert redactor.flush() == b""


def test_the_longer_of_two_is_not_cut_short() -> None:
    redactor = Redactor(["pass", "password1"])
    assert redactor.feed(b"my pass") == b"my "
    assert redactor.feed(b"word1, pass") == MASK + b", "
    assert redactor.feed(b"age") == MASK + b"age"
    assert redactor.feed(b"password") == b""
    assert redactor.flush() == MASK + b"word"


def test_the_leftmost_of_two_that_end_together_wins() -> None:
    assert Redactor(["zwQ1", "xyzwQ1"]).redact_text("a xyzwQ1 zwQ1") == "a ******** ********"


def test_a_short_secret_is_masked_only_as_it_is() -> None:
    redactor = Redactor(['a"b', ""])
    assert redactor.redact_text('a"b a\\"b a%22b') == '******** a\\"b a%22b'


KEY = "-----BEGIN KEY-----\r\n  MIIEvQIBADANBgkqhkiG9w0\nBAQE\nFAASCBKcwggSjAgEA/+o\n-----END KEY-----\n"


def test_each_line_of_a_secret_is_one() -> None:
    redactor = Redactor([KEY])
    assert redactor.redact_text(KEY.strip()) == MASK.decode()
    assert redactor.redact_text("a MIIEvQIBADANBgkqhkiG9w0 b") == "a ******** b"
    assert redactor.redact_text("FAASCBKcwggSjAgEA\\/%2Bo FAASCBKcwggSjAgEA%2F%2Bo").endswith(" ********")
    assert redactor.redact_text("BAQE") == "BAQE"
    assert "MII" not in redactor.redact_text(json.dumps({"key": KEY}))


def test_a_last_newline_is_no_part_of_a_secret() -> None:
    assert Redactor(["abcd\n"]).redact_text("x abcd y") == "x ******** y"
    assert Redactor(["ab\n"]).redact_text("x ab y") == "x ab y"


def test_texts_and_streams_are_apart() -> None:
    redactor = Redactor(["secret"])
    assert redactor.feed(b"a sec") == b"a "
    assert redactor.redact_text("ret \ud800 secret") == "ret \ud800 ********"
    assert redactor.another().feed(b"ret") == b"ret"
    assert redactor.feed(b"ret") == MASK


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_string_is_a_secret(secret: str, text: str) -> None:
    out = Redactor([secret]).redact_text(text + secret)
    assert not secret or "*" in secret or secret not in out


def test_speed() -> None:
    """The figure is 50 MB/s with 10 secrets; here a bound ten times looser, of this process's own time."""
    line = b"2026-11-22T10:00:00Z INFO [core] pulled sha256:3f1c9a77e0b1 in 1.42 s, 12 of 30 layers\n"
    data = line * (4_000_000 // len(line))
    redactor = Redactor([f's{n}/Kq$8%{n * 7919 % 1000}"Tz&w{n * 104729 % 9999}' for n in range(10)])
    start = time.process_time()
    out = run(redactor, (data[at : at + 65536] for at in range(0, len(data), 65536)))
    assert out == data
    assert time.process_time() - start < len(data) / 5e6
