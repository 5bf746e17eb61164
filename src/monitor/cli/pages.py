"""Pages: a list that core answers in pieces, as one."""

from typing import TYPE_CHECKING, Any, cast

import msgspec

from monitor.kernel.resource import Page

if TYPE_CHECKING:
    from monitor.client.blocking import Client

_MOST = 200
"""In one piece."""


def all_pages(client: "Client", asked: Any) -> Page[Any]:
    """Every page as one."""
    asked = msgspec.structs.replace(asked, limit=_MOST)
    page = cast("Page[Any]", client.run(asked))
    items = page.items
    while page.next:
        page = cast("Page[Any]", client.run(msgspec.structs.replace(asked, cursor=page.next)))
        items += page.items
    return Page(items=items, total=page.total)
