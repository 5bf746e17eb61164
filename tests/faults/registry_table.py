"""The table: references × kinds of registry, and what is true of each."""

from dataclasses import dataclass

from tests.faults.registries import Kind, Registries, Repository
from tests.faults.registry_images import LIST, MANIFEST, OCI_INDEX, OCI_MANIFEST

ANYBODY, BEARER, PRIVATE, BASIC = Kind(), Kind(auth="bearer"), Kind(auth="private"), Kind(auth="basic")
_PLACES: dict[str, tuple[str, Kind, str]] = {
    # reference without a tag → (where it is, how that registry behaves, the form of what was pulled)
    "nginx": ("here/library/nginx", ANYBODY, LIST),
    "library/redis": ("here/library/redis", Kind(limits=True), OCI_INDEX),
    "docker.io/library/postgres": ("here/library/postgres", ANYBODY, MANIFEST),
    "index.docker.io/library/busybox": ("here/library/busybox", ANYBODY, OCI_MANIFEST),
    "docker.io/grafana/grafana": ("here/grafana/grafana", ANYBODY, LIST),
    "team/some.odd__na-me": ("here/team/some.odd__na-me", Kind(names_digest=False), OCI_INDEX),
    "ghcr.io/team/app": ("ghcr.io/team/app", BEARER, OCI_INDEX),
    "GHCR.io/team/upper": ("GHCR.io/team/upper", BEARER, LIST),
    "quay.io/team/app": ("quay.io/team/app", BEARER, LIST),
    "registry.gitlab.com/group/sub/project/image": ("registry.gitlab.com/group/sub/project/image", PRIVATE, MANIFEST),
    "123456789012.dkr.ecr.eu-central-1.amazonaws.com/app": (
        "123456789012.dkr.ecr.eu-central-1.amazonaws.com/app",
        BASIC,
        MANIFEST,
    ),
    "europe-docker.pkg.dev/project/repo/app": ("europe-docker.pkg.dev/project/repo/app", PRIVATE, OCI_MANIFEST),
    "registry.example.com:5000/app": ("registry.example.com:5000/app", BASIC, LIST),
    "nohead.example.com/app": ("nohead.example.com/app", Kind(head=False), LIST),
    "nodigest.example.com/app": ("nodigest.example.com/app", Kind(names_digest=False), MANIFEST),
    "neither.example.com/app": ("neither.example.com/app", Kind(head=False, names_digest=False), OCI_INDEX),
    "redirects.example.com/app": ("redirects.example.com/app", Kind(redirects=True), LIST),
    "{here}/app": ("here/app", ANYBODY, OCI_INDEX),
    "localhost:{port}/deep/er/app": ("here/deep/er/app", Kind(head=False), MANIFEST),
}
DOMAINS = (
    *("ghcr.io", "GHCR.io", "quay.io", "registry.gitlab.com", "123456789012.dkr.ecr.eu-central-1.amazonaws.com"),
    *("europe-docker.pkg.dev", "registry.example.com:5000", "nohead.example.com", "nodigest.example.com"),
    *("neither.example.com", "redirects.example.com"),
)
"""Those Docker is told to take without TLS."""
TAGS = {
    "": "none",
    "same": "none",
    "1.27-alpine_3.20": "available",
    "single": "available",
    "index": "available",
    "elsewhere": "none",
    "gone": "unknown",
    "forbidden": "unknown",
    "limited": "unknown",
    "broken": "unknown",
}
"""Tag → what is true; of `elsewhere` because what is newer is for machines of another kind only."""


@dataclass(frozen=True)
class Row:
    """One question: what runs was pulled as `pulled`."""

    pulled: str
    reference: str
    truth: str
    private: bool = False


def fill(registries: Registries) -> list[Row]:
    """Put everything into the registries; the rows to ask, whose `pulled` is to be pulled first."""
    rows: list[Row] = []
    for pattern, (place, kind, form) in _PLACES.items():
        name = pattern.format(here=registries.here, port=registries.port)
        rows += _rows_of(registries, name, place, kind, form)
    return rows + _odd(registries)


def _rows_of(registries: Registries, name: str, place: str, kind: Kind, form: str) -> list[Row]:
    shelf = registries.shelf
    make = shelf.index if form in (LIST, OCI_INDEX) else shelf.image
    old = make(f"old {name}", form)
    other = shelf.index(f"new index {name}", LIST)
    registries.repositories[place] = Repository(
        kind,
        {
            "latest": old,
            "same": old,
            "1.27-alpine_3.20": make(f"new {name}", form),
            "single": shelf.image(f"single {name}", MANIFEST),
            "index": other,
            "elsewhere": shelf.index(f"arm {name}", LIST, ("arm64",)),
            "forbidden": 403,
            "limited": 429,
            "broken": 503,
        },
    )
    private = kind.auth in ("private", "basic")
    rows = [Row(f"{name}:same", f"{name}:{tag}" if tag else name, truth, private) for tag, truth in TAGS.items()]
    pinned = Row(f"{name}:same", f"{name}@{old}", "none", private)
    return [*rows, pinned, Row(f"{name}:same", f"{name}:1.27-alpine_3.20@{old}", "none", private)][: len(rows) + 1]


def _odd(registries: Registries) -> list[Row]:
    """What fits in no column."""
    here, shelf = registries.here, registries.shelf
    base = f"{here}/odd"
    old = shelf.image("old odd")
    registries.repositories["here/odd"] = Repository(
        ANYBODY,
        {"same": old, "old-form": shelf.schema1(), "nonsense": "sha256:" + "0" * 64, "silent": 60.0, "unsure": 401},
    )
    same = f"{base}:same"
    return [
        Row(same, f"{base}:same@{old}", "none"),
        Row(same, f"{base}@sha256:{'1' * 64}", "none"),
        Row(same, f"{base}:old-form", "unknown"),
        Row(same, f"{base}:nonsense", "unknown"),
        Row(same, f"{base}:silent", "unknown"),
        Row(same, f"{base}:unsure", "unknown"),
        Row(same, "distrusted.example/app:1", "unknown"),
        Row(same, "nowhere.invalid/app:1", "unknown"),
        Row(same, "127.0.0.1:1/app:1", "unknown"),
        Row(same, f"[::1]:{registries.port}/odd:same", "unknown"),
        Row(same, f"{here}/Upper/Case:1", "unknown"),
        Row(same, "a" * 64, "unknown"),
        Row(same, f"{base}@sha256:{'1' * 63}", "unknown"),
    ]
