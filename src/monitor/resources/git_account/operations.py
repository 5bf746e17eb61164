"""What can be asked of git accounts beside what every type has."""

from typing import Annotated, ClassVar

from msgspec import Meta

from monitor.kernel.marks import shown
from monitor.kernel.operation import Edit, Needs
from monitor.kernel.permission import Right
from monitor.resources.account_tests import AccountTested, TestServer


class TestGitAccount(Edit[AccountTested], frozen=True, kw_only=True, tag="git_account.test"):
    """Have a server ask for a repository as this account, and say what that answers; nothing is fetched."""

    __test__ = False  # no test of pytest's
    title: ClassVar[str] = "Test"
    needs: ClassVar[Needs] = Right.USE

    server: TestServer
    repository: Annotated[
        str,
        Meta(min_length=1, max_length=2000, pattern=r"^[^\x00-\x20]+$"),
        shown("Repository", "An address on the account's host that it is to read."),
    ]


OPERATIONS = (TestGitAccount,)
