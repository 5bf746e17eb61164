"""ChangesNothing: what a context answers a query that wants to change something: it has no record to do so in."""

from typing import Any, NoReturn

from monitor.kernel.collection import Collection
from monitor.kernel.resource import ResourceType


class ChangesNothing:
    """What edits and actions may, and queries may not."""

    def set_info(self, type: ResourceType[Any, Any, Any], id: str, info: Any) -> None:
        _refuse()

    def delete(self, type: ResourceType[Any, Any, Any], id: str) -> None:
        _refuse()

    def rename(self, type: ResourceType[Any, Any, Any], id: str, name: str) -> None:
        _refuse()

    def put_item(self, collection: Collection[Any], resource: str, item: Any) -> None:
        _refuse()

    def drop_item(self, collection: Collection[Any], id: str) -> None:
        _refuse()


def _refuse() -> NoReturn:
    raise TypeError("a query changes nothing")
