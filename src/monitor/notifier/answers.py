"""Answers: what services said to one message, by status: whether it is this message that one does not take, so that
others may go there meanwhile.
"""

import smtplib
from typing import Any

_LATER = frozenset({408, 421, 425, 429, 450, 451, 452})
"""Not now; the message is not at fault."""
_ABSENT = frozenset({502, 503, 504})
"""What stands before a service says that it is not there."""


def refused(status: int) -> bool:
    """Whether an HTTP status is of a service that is there and does not take this message."""
    return status >= 400 and status not in _LATER and status not in _ABSENT


class Answers:
    """Of one process, which sends one message."""

    def __init__(self) -> None:
        self._all: list[bool] = []
        """Of each that was no success, whether the message was refused."""
        self._any = False

    def listen(self) -> None:
        """From now on; Apprise says only whether it went well."""
        from requests.adapters import HTTPAdapter  # noqa: PLC0415 - a webhook needs none of it

        asks: Any = HTTPAdapter.send
        mails: Any = smtplib.SMTP.sendmail

        def asked(*args: Any, **more: Any) -> Any:
            self._all.append(False)  # until there is an answer
            answer = asks(*args, **more)
            self._all.pop()
            self._note(answer.status_code)
            return answer

        def mailed(*args: Any, **more: Any) -> Any:
            try:
                return mails(*args, **more)
            except smtplib.SMTPException as failure:
                self._any = True
                self._all.append(_is_for_good(failure))
                raise

        HTTPAdapter.send = asked
        smtplib.SMTP.sendmail = mailed

    @property
    def refused(self) -> bool:
        """Whether all that went wrong did so for good; a success that Apprise reads a refusal in is one too."""
        return self._any and all(self._all)

    def _note(self, status: int) -> None:
        self._any = True
        if status >= 400:
            self._all.append(refused(status))


def _is_for_good(failure: smtplib.SMTPException) -> bool:
    """5xx of SMTP, of every recipient; 4xx is said of greylists and full disks."""
    if isinstance(failure, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in failure.recipients.values())
    return isinstance(failure, smtplib.SMTPResponseException) and failure.smtp_code >= 500
