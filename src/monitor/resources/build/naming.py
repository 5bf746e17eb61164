"""Naming: what a version's image is called, here and in registries, and which names are refused. Pure."""

import re
from collections.abc import Mapping
from datetime import datetime

from msgspec import structs

from monitor.abilities.build import tags
from monitor.kernel.errors import Conflict, Invalid
from monitor.resources.build.config import BuildConfig

# The grammar of a reference without tag or digest, github.com/distribution/reference.
_HOST = r"(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*(?::[0-9]+)?/)?"
_PART = r"[a-z0-9]+(?:(?:[._]|__|[-]+)[a-z0-9]+)*"
_IMAGE = re.compile(rf"{_HOST}{_PART}(?:/{_PART})*")
_OF_ONE = frozenset({"version", "commit", "short_commit", "time"})
"""Placeholders that make a tag one version's own; every other tag moves on to the newest."""


def check_names(config: BuildConfig) -> None:
    """Invalid, naming the field, where Docker or a registry would refuse what it makes."""
    if config.image and _IMAGE.fullmatch(config.image) is None:
        raise Invalid.field("config.image", "no valid image name; use lower case, without a tag: `team/web`")
    images = [to.image for to in config.push_to]
    for index, image in enumerate(images):
        field = f"config.push_to[{index}].image"
        if _IMAGE.fullmatch(image) is None:
            raise Invalid.field(field, "no valid image name; write it in lower case, without a tag: `ghcr.io/team/web`")
        if image in images[:index]:
            raise Invalid.field(field, f"{image} is given twice")
    if not config.image_tags:
        raise Invalid.field("config.image_tags", "give at least one, for example `{version}`")
    for index, template in enumerate(config.image_tags):
        _check_template(config, template, f"config.image_tags[{index}]")


def _check_template(config: BuildConfig, template: str, field: str) -> None:
    used, source = tags.placeholders(template), config.source
    if wrong := tags.wrong_with(template, source.branch if source else ""):
        raise Invalid.field(field, f"`{template}`: {wrong}")
    if "branch" in used and (source is None or not source.branch or source.tag or source.commit):
        raise Invalid.field(
            field, f"`{template}`: {{branch}} needs the source to name its branch, and no tag or commit"
        )
    if source is None and {"commit", "short_commit"} & set(used):
        raise Invalid.field(field, f"`{template}`: a Dockerfile written here has no commit")


def image_name(config: BuildConfig, name: str) -> str:
    """The image's name without tag."""
    return config.image or name


def own_tags_of(config: BuildConfig, version: str, at: datetime, *, branch: str, commit: str = "") -> tuple[str, ...]:
    """Those of its tags that have the whole number in them: they are made once."""
    numbered = tuple(one for one in config.image_tags if "version" in tags.placeholders(one))
    return tags_of(structs.replace(config, image_tags=numbered), version, at, branch=branch, commit=commit)


def tags_of(
    config: BuildConfig, version: str, at: datetime, *, branch: str, commit: str = "", newest: bool = True
) -> tuple[str, ...]:
    """Its tags in a registry; without the commit its placeholders are left. Of an older version only those that are
    its own: `latest` must not go back to it.
    """
    values: Mapping[str, str] = {**tags.of_version(version, branch, at), **tags.of_commit(commit)}
    made: list[str] = []
    for template in config.image_tags:
        if not newest and not _OF_ONE & set(tags.placeholders(template)):
            continue
        tag = tags.fill(template, values)
        if not tags.is_tag(tags.fill(tag, tags.of_commit("0" * 40))):
            raise Conflict(
                f"the tag template `{template}` makes {tag[:200]!r}, which is no tag",
                hint="Tags have 128 characters at most: change image_tags, or the branch's name.",
            )
        made.append(tag)
    return tuple(dict.fromkeys(made))
