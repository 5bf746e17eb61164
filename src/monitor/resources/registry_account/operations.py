"""What can be asked of registry accounts beside what every type has."""

from typing import ClassVar

from monitor.kernel.operation import Edit, Needs
from monitor.kernel.permission import Right
from monitor.resources.account_tests import AccountTested, TestServer


class TestRegistryAccount(Edit[AccountTested], frozen=True, kw_only=True, tag="registry_account.test"):
    """Have the Docker of a server sign in at the registry, and say what that answers; nothing is kept there."""

    __test__ = False  # no test of pytest's
    title: ClassVar[str] = "Test"
    needs: ClassVar[Needs] = Right.USE

    server: TestServer


OPERATIONS = (TestRegistryAccount,)
