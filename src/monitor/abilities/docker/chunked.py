"""Chunked: the transfer coding of RFC 9112, section 7.1, taken apart in blocks as large as what has come."""

_LONGEST_HEAD = 1024
"""Bytes of a chunk's size with its extensions; a peer that says more babbles."""


class Chunked:
    """One body being taken apart. A daemon sends each line of a log as a chunk of its own: a hundred thousand a
    second are read here without a step of the event loop for each.
    """

    def __init__(self) -> None:
        self.ended = False
        """The last chunk has come."""
        self._held = b""

    def feed(self, data: bytes) -> bytes:
        """What the whole chunks in it carry; ValueError for what is no chunk."""
        data = self._held + data if self._held else data
        parts: list[bytes] = []
        at = 0
        while (line := data.find(b"\r\n", at)) >= 0:
            size = int(data[at:line].partition(b";")[0], 16)
            if size < 0:
                raise ValueError("a chunk has no negative size")
            if size == 0:
                self.ended = True
                break
            start, end = line + 2, line + 2 + size
            if len(data) < end + 2:
                break
            parts.append(data[start:end])
            at = end + 2
        else:
            if len(data) - at > _LONGEST_HEAD:
                raise ValueError("no chunk begins there")
        self._held = data[at:]
        return b"".join(parts)
