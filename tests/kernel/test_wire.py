"""Wire: what people send is taken strictly and each wrong field named; what peers send is taken leniently."""

from typing import Annotated, Any

import pytest
from msgspec import UNSET, Meta, Struct, UnsetType

from monitor.kernel.errors import Invalid
from monitor.kernel.wire import decode, from_user, pack, unpack


class Cat(Struct, frozen=True, kw_only=True, tag_field="kind", tag="cat"):
    name: Annotated[str, Meta(pattern=r"^[a-z]+$")]
    lives: int = 9


class Dog(Struct, frozen=True, kw_only=True, tag_field="kind", tag="dog"):
    tricks: tuple[Annotated[str, Meta(max_length=5)], ...] = ()


class House(Struct, frozen=True, kw_only=True):
    pet: Cat | Dog
    more: tuple[Cat | Dog, ...] = ()
    words: dict[str, str] = {}
    floor: int | UnsetType = UNSET
    code: Annotated[str, Meta(pattern=r"^[0-9]+$")] | None = None


CAT = {"kind": "cat", "name": "tom"}


@pytest.mark.parametrize(
    ("data", "path"),
    [
        ({}, "pet"),
        ({"pet": CAT, "colour": 1}, "colour"),
        ({"pet": {**CAT, "colour": 1}}, "pet.colour"),
        ({"pet": {"kind": "dog", "lives": 1}}, "pet.lives"),
        ({"pet": {"kind": "cow"}}, "pet.kind"),
        ({"pet": {"name": "tom"}}, "pet.kind"),
        ({"pet": "cat"}, "pet"),
        ({"pet": {"kind": "cat"}}, "pet.name"),
        ({"pet": {**CAT, "name": "Tom"}}, "pet.name"),
        ({"pet": {**CAT, "name": "tom\n"}}, "pet.name"),
        ({"pet": {**CAT, "lives": "9"}}, "pet.lives"),
        ({"pet": {**CAT, "lives": 9.5}}, "pet.lives"),
        ({"pet": {**CAT, "lives": True}}, "pet.lives"),
        ({"pet": {**CAT, "lives": None}}, "pet.lives"),
        ({"pet": CAT, "more": [CAT, {**CAT, "tail": 1}]}, "more[1].tail"),
        ({"pet": CAT, "more": [CAT, {"kind": "dog", "tricks": ["roll over"]}]}, "more[1].tricks[0]"),
        ({"pet": CAT, "more": {"0": CAT}}, "more"),
        ({"pet": CAT, "words": {"a": 1}}, "words[...]"),
        ({"pet": CAT, "floor": None}, "floor"),
        ({"pet": CAT, "code": "1\n"}, "code"),
        ([], "body"),
        (None, "body"),
    ],
)
def test_each_wrong_field_is_named(data: Any, path: str) -> None:
    with pytest.raises(Invalid) as wrong:
        from_user(data, House)
    assert [f.path for f in wrong.value.fields] == [path]
    assert wrong.value.status == 422


def test_all_unknown_keys_are_named_at_once() -> None:
    with pytest.raises(Invalid) as wrong:
        from_user({"pet": {**CAT, "a": 1}, "b": 2, "more": [{**CAT, "c": 3}]}, House)
    assert {f.path for f in wrong.value.fields} == {"pet.a", "b", "more[0].c"}


def test_maps_take_any_key() -> None:
    house = from_user({"pet": CAT, "words": {"colour": "red", "pet": "x"}}, House)
    assert house.words == {"colour": "red", "pet": "x"}


def test_absent_is_not_null() -> None:
    assert from_user({"pet": CAT}, House).floor is UNSET
    assert from_user({"pet": CAT, "floor": 3}, House).floor == 3


def test_a_query_string_says_numbers_as_text() -> None:
    assert from_user({"pet": {**CAT, "lives": "7"}}, House, loose=True).pet == Cat(name="tom", lives=7)
    with pytest.raises(Invalid):
        from_user({"pet": {**CAT, "lives": "many"}}, House, loose=True)


def test_an_endless_key_is_not_repeated_in_full() -> None:
    with pytest.raises(Invalid) as wrong:
        from_user({"pet": CAT, "x" * 100_000: 1}, House)
    assert len(wrong.value.message) < 1000


def test_peers_and_older_records_may_say_more() -> None:
    assert decode(b'{"pet": {"kind": "cat", "name": "tom", "tail": 1}, "new": 2}', House).pet == Cat(name="tom")
    assert unpack(pack({"pet": {**CAT, "tail": 1}, "new": 2}), House).pet == Cat(name="tom")
