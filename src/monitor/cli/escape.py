"""Escape: `~.` at the beginning of a line, the way out of a terminal that does not answer any more."""

_LINE_ENDS = b"\r\n"


class Escape:
    """Looks at all that is typed."""

    def __init__(self) -> None:
        self._at_start = True
        self._tilde = False

    def take(self, data: bytes) -> tuple[bytes, bool]:
        """What is to be sent of it, and whether the way out was asked for."""
        sent = bytearray()
        for key in data:
            if self._tilde:
                self._tilde = False
                if key == ord("."):
                    return bytes(sent), True
                sent += b"~" if key == ord("~") else bytes([ord("~"), key])
                self._at_start = key in _LINE_ENDS
            elif self._at_start and key == ord("~"):
                self._tilde = True
            else:
                sent.append(key)
                self._at_start = key in _LINE_ENDS
        return bytes(sent), False
