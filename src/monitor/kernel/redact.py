"""Redactor: takes secrets, in every spelling, out of bytes that pass by, without holding the others up."""

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Self

from monitor.kernel.spellings import spellings

MASK = b"********"

_WINDOW = 8
"""Bytes beside an anchor that the pattern looks at; the rest is compared once these fit."""
_COMMON = frozenset(b" etaoinsr0123456789")
_USUAL = frozenset(b"lhdcumfpgwybvkxjqz-_./:=,\"'()[]\n\r\t")


class Redactor:
    """One stream being redacted. What comes out does not depend on how the input was cut into pieces."""

    def __init__(self, secrets: Iterable[str]) -> None:
        self._forms = Forms(spellings(secrets))
        self._held = b""

    def another(self) -> Self:
        """A redactor of the same secrets for another stream, made at no cost."""
        new = type(self)(())
        new._forms = self._forms
        return new

    def feed(self, data: bytes) -> bytes:
        """The next bytes, redacted, except for an end that may be the beginning of a secret."""
        data = self._held + data
        clean, held_from = self._forms.mask(data, self._forms.open_end(data, 0))
        self._held = data[held_from:]
        return clean

    def flush(self) -> bytes:
        """What was held back, once the stream has ended."""
        data, self._held = self._held, b""
        return self._forms.mask(data, len(data))[0]

    def redact_text(self, text: str) -> str:
        """A text of its own, not part of the stream."""
        data = text.encode(errors="surrogatepass")
        return self._forms.mask(data, len(data))[0].decode(errors="surrogatepass")


class Forms:
    """The bytes looked for: the leftmost is found first, and of those that begin there the longest.

    Every form has an anchor: its first byte that is in a small set of bytes chosen to be rare. One pattern finds
    anchors with what stands beside them; only there forms are compared. Two forms that overlap cannot be missed: the
    later anchor of one that begins earlier would have the other's anchor before it, and so not be its first.
    """

    def __init__(self, forms: Iterable[bytes]) -> None:
        ordered = sorted(forms, key=lambda form: (-len(form), form))
        anchors = _choose_anchors(ordered)
        self._at_anchor: dict[int, list[tuple[int, bytes]]] = defaultdict(list)
        for form in ordered:
            at = next(at for at, byte in enumerate(form) if byte in anchors)
            self._at_anchor[form[at]].append((at, form))
        for candidates in self._at_anchor.values():
            candidates.sort(key=lambda candidate: -candidate[0])  # leftmost first; stable, so the longest first
        self._pattern = _anchor_pattern(self._at_anchor) if ordered else None
        self._inside = frozenset(b"".join(form[:-1] for form in ordered))
        self._beginnings = frozenset(form[:length] for form in ordered for length in range(1, min(len(form), _WINDOW)))
        self._by_head: dict[bytes, list[bytes]] = defaultdict(list)
        for form in ordered:
            if len(form) > _WINDOW:
                self._by_head[form[:_WINDOW]].append(form)

    def mask(self, data: bytes, end: int) -> tuple[bytes, int]:
        """`data` with every form replaced that begins before `end`, and where the untouched rest begins.

        `end` is `open_end(data, 0)`, or the length of the data if nothing follows.
        """
        parts: list[bytes] = []
        done = 0
        whole = end == len(data)
        while (found := self._find(data, done)) and found[0] < end:
            parts += (data[done : found[0]], MASK)
            done = found[1]
            if not whole and done > end:
                end = self.open_end(data, done)
        parts.append(data[done:end])
        return b"".join(parts), end

    def open_end(self, data: bytes, start: int) -> int:
        """Where, from `start` on, the first form begins that would go on beyond the data; its length if none does."""
        first = len(data)
        if start == first or data[-1] not in self._inside:
            return first
        for head, forms in self._by_head.items():
            at = data.find(head, max(start, len(data) - len(forms[0]) + 1))
            while at != -1 and at < first:
                rest = data[at:]
                if any(len(form) > len(rest) and form.startswith(rest) for form in forms):
                    first = at
                at = data.find(head, at + 1)
        for length in range(min(_WINDOW - 1, len(data) - start), 0, -1):
            if data[-length:] in self._beginnings:
                return min(first, len(data) - length)
        return first

    def _find(self, data: bytes, start: int) -> tuple[int, int] | None:
        if self._pattern is None:
            return None
        hint = self._pattern.search(data, start)
        while hint:
            anchor = hint.start()
            for offset, form in self._at_anchor[data[anchor]]:
                if anchor - offset >= start and data.startswith(form, anchor - offset):
                    return anchor - offset, anchor - offset + len(form)
            hint = self._pattern.search(data, anchor + 1)
        return None


def _choose_anchors(forms: Iterable[bytes]) -> frozenset[int]:
    """A few bytes, rare in ordinary output, of which every form has at least one."""
    chosen: set[int] = set()
    left = [frozenset(form) for form in forms]
    while left:
        weight: dict[int, float] = defaultdict(float)
        for form in left:
            for byte in form:
                weight[byte] += 1 / (16 if byte in _COMMON else 4 if byte in _USUAL else 1)
        best = max(weight, key=lambda byte: (weight[byte], byte))
        chosen.add(best)
        left = [form for form in left if best not in form]
    return frozenset(chosen)


def _anchor_pattern(at_anchor: dict[int, list[tuple[int, bytes]]]) -> re.Pattern[bytes]:
    """Each anchor byte with, for one of its forms, up to `_WINDOW` bytes that follow and precede it."""
    branches: list[bytes] = []
    for byte, candidates in sorted(at_anchor.items()):
        windows = {
            re.escape(form[at + 1 : at + _WINDOW])
            + b"(?<="
            + re.escape(form[max(0, at - _WINDOW) : at + _WINDOW])
            + b")"
            for at, form in candidates
        }
        branches.append(re.escape(bytes([byte])) + b"(?:" + b"|".join(sorted(windows)) + b")")
    return re.compile(b"|".join(branches))
