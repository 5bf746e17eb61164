"""Which images go: whatever the rules, the images and what stands on what, nothing needed does; how much that is."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from monitor.abilities.cleaning.calls import KeptImage
from monitor.abilities.image.calls import HostImage
from monitor.resources.server.cleaning import images as part_of
from monitor.resources.server.fates import GB, YOUNG, Given, decide
from monitor.resources.server.operations.things import UsedBy
from monitor.resources.server.rules import CleanUpRules
from monitor.resources.server.uses import Uses
from monitor.testing.clock import ManualClock

NOW = ManualClock().now()
USED = Uses((UsedBy(type="container", id="c", name="c"),))


def image(
    id: str,
    *,
    days: float = 30,
    parent: str = "",
    named: bool = True,
    size: int = GB,
    build: str = "",
    version: str = "",
) -> KeptImage:
    host = HostImage(
        id=id,
        tags=(f"{id}:1",) if named else (),
        size=size,
        created=NOW,
        parent=parent,
        core="core" if build else "",
        build=build,
        version=version,
    )
    return KeptImage(image=host, here=NOW - timedelta(days=days), layers=((f"{parent}/{id}", size),))


def fates(there: list[tuple[KeptImage, Uses]], too_much: int = 0, **rules: int) -> dict[str, str]:
    """Why each goes, by id, in the order they go in."""
    asked = Given(rules=CleanUpRules(**rules), now=NOW, core="core", builds={"B": "app"}, too_much=too_much)
    return {fate.image.id: fate.why for fate in decide(there, asked) if fate.goes}


def test_what_others_stand_on_goes_after_them_and_only_with_all_of_them() -> None:
    ground, step = image("ground"), image("step", parent="ground", named=False)
    one, two = image("one", parent="step"), image("two", parent="step")
    everything = [(each, Uses()) for each in (ground, step, one, two)]
    assert list(fates(everything, unused_images=7))[-2:] == ["step", "ground"]
    kept = [(ground, Uses()), (step, Uses()), (one, Uses()), (two, USED)]
    assert fates(kept, unused_images=7, images_gb=1) == {"one": "unused for 30 days"}


def test_the_same_without_a_name_is_a_rule_of_its_own() -> None:
    there = [(image("named"), Uses()), (image("lost", named=False), Uses())]
    assert set(fates(there, dangling_images=7)) == {"lost"}
    assert set(fates(there, unused_images=7)) == {"named"}
    assert not fates(there, unused_images=31, dangling_images=31)


def test_versions_are_counted_as_numbers() -> None:
    there = [(image(f"v{n}", build="B", version=f"0.0.{n}"), Uses()) for n in (9, 10, 11, 2)]
    assert set(fates(there, keep_versions=2)) == {"v2", "v9"}
    foreign = [(image("x", build="gone", version="0.0.1"), Uses())]
    assert not fates(foreign, keep_versions=1)


def test_a_limit_takes_nothing_that_frees_nothing() -> None:
    """Two names for the same layers, one of them in use: taking the other makes no room."""
    twin = image("twin", days=90)
    layers = image("used").layers
    twin = KeptImage(image=twin.image, here=twin.here, layers=layers)
    there = [(image("used"), USED), (twin, Uses()), (image("other", days=20), Uses())]
    assert set(fates(there, images_gb=1)) == {"other"}


def test_a_host_that_lies_about_what_stands_on_what_harms_nobody() -> None:
    there = [(image("a", parent="b"), Uses()), (image("b", parent="a"), Uses()), (image("c", parent="c"), Uses())]
    assert not fates(there, unused_images=1, images_gb=1)


@st.composite
def hosts(draw: st.DrawFn) -> list[tuple[KeptImage, Uses]]:
    made: list[tuple[KeptImage, Uses]] = []
    for number in range(draw(st.integers(0, 12))):
        parent = draw(st.sampled_from(["", *(kept.image.id for kept, _ in made)]))
        one = image(
            f"i{number}",
            days=draw(st.floats(0, 100)),
            parent=parent,
            named=draw(st.booleans()),
            size=draw(st.integers(0, 3)) * GB,
            build=draw(st.sampled_from(["", "B"])),
            version=f"0.0.{number}",
        )
        made.append((one, draw(st.sampled_from([Uses(), Uses(), USED, Uses((), 1)]))))
    return made


RULES = st.builds(
    CleanUpRules,
    dangling_images=st.integers(0, 50),
    unused_images=st.integers(0, 50),
    keep_versions=st.integers(0, 4),
    images_gb=st.integers(0, 10),
    disk_percent=st.just(50),
)


@settings(max_examples=300, deadline=None)
@given(hosts(), RULES, st.integers(0, 20))
def test_nothing_needed_goes_whatever_the_rules(
    there: list[tuple[KeptImage, Uses]], rules: CleanUpRules, over: int
) -> None:
    asked = Given(rules=rules, now=NOW, core="core", builds={"B": "app"}, too_much=over * GB)
    decided = decide(there, asked)
    going = [fate.image.id for fate in decided if fate.goes]
    by_id = {kept.image.id: (kept, uses) for kept, uses in there}
    stays = by_id.keys() - set(going)
    for id in stays:
        parent = by_id[id][0].image.parent
        assert parent not in going, "what stays stands on what it was made from"
    for place, id in enumerate(going):
        kept, uses = by_id[id]
        assert not uses.used
        assert NOW - kept.here >= YOUNG
        assert kept.image.parent not in going[:place], "what was made from it goes first"
    newest = sorted((k.image.id for k, _ in there if k.image.build and k.image.tags), key=lambda i: int(i[1:]))
    assert not set(newest[len(newest) - rules.keep_versions :] if rules.keep_versions else ()) & set(going)
    left = {layer for id in stays for layer, _ in by_id[id][0].layers}
    gone = {layer: size for id in going for layer, size in by_id[id][0].layers if layer not in left}
    assert part_of(decided).bytes == sum(gone.values())


def test_of_many_names_a_few_are_told_and_the_age_of_what_just_came_reads_well() -> None:
    tags = ("r.test/web:1.0.2", "r.test/web:latest", "web:1.0.2", "web:latest", "web:v1")
    kept = image("web", days=0)
    fresh = structs.replace(kept, image=structs.replace(kept.image, tags=tags))
    asked = Given(rules=CleanUpRules(unused_images=7), now=NOW, core="core", builds={}, too_much=0)
    (item, _), *_ = part_of(decide([(fresh, Uses())], asked)).staying
    assert item.name == "web:1.0.2, web:latest, web:v1 and 2 more"
    assert item.why == "here for less than an hour: at least a day is left to who brought it"
