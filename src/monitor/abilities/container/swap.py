"""Swap: the two containers of one replace, written down in names and labels so that any later agent can read them."""

from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec import Struct

from monitor.abilities.container.calls import Label, ReplaceContainer, Terms
from monitor.abilities.container.names import aside_name, job_of, passing_name
from monitor.abilities.docker.described import Described, RestartPolicy


class Swap(Struct, kw_only=True):
    """What a replace is in the middle of. `old` is empty on a first deploy, `new` until it is created."""

    name: str
    job: str
    policy: RestartPolicy
    """The new one's, once it is up."""
    new: str = ""
    old: str = ""
    old_name: str = ""
    """Its own; another than `name` when the deployment's container name was changed."""
    old_policy: RestartPolicy = RestartPolicy()
    old_ran: bool = False
    beside: bool = False
    """The two run side by side until the new one is up."""
    terms: Terms = Terms()

    @property
    def passing(self) -> str:
        """The new one's name until it takes its place."""
        return passing_name(self.name, self.job)

    @property
    def aside(self) -> str:
        """The old one's name from then on."""
        return aside_name(self.old_name, self.job)

    @classmethod
    def begin(cls, job: ReplaceContainer, id: str, body: Mapping[str, Any], old: Described | None) -> "Swap":
        """Of a replace that is about to start."""
        given = part(part(body, "HostConfig"), "RestartPolicy")
        policy = RestartPolicy(given.get("Name") or "", given.get("MaximumRetryCount") or 0)
        if old is None:
            return cls(name=job.name, job=id, policy=policy, terms=job.terms)
        return cls(
            name=job.name,
            job=id,
            policy=policy,
            old=old.id,
            old_name=old.called,
            old_policy=old.host_config.restart_policy or RestartPolicy(),
            old_ran=old.state.running,
            terms=job.terms,
        )

    @classmethod
    def read(cls, new: Described, job: str) -> "Swap":
        """Of a replace an earlier life of the agent began, from what stands on its new container."""
        labels = new.labels
        name = job_of(new.called)[0] or new.called
        return cls(
            name=name,
            job=job,
            policy=_policy(labels.get(Label.POLICY, "")),
            new=new.id,
            old=labels.get(Label.REPLACES, ""),
            old_name=labels.get(Label.REPLACES_NAME) or name,
            old_policy=_policy(labels.get(Label.REPLACES_POLICY, "")),
            old_ran=labels.get(Label.REPLACES_RUNNING) == "yes",
            beside=labels.get(Label.BESIDE) == "yes",
            terms=_terms(labels.get(Label.TERMS, "")),
        )

    def body(self, given: Mapping[str, Any], revision: int) -> dict[str, Any]:
        """The new container's body: labelled with all that `read` needs, and without a restart policy as yet."""
        labels: dict[str, Any] = {
            **part(given, "Labels"),
            Label.ACTIVITY: self.job,
            Label.POLICY: _text(self.policy),
            # Each is set, also where it says nothing: what a body leaves out Docker takes from the image's own labels.
            Label.REVISION: str(revision) if revision else "",
            Label.REPLACES: self.old,
            Label.REPLACES_NAME: self.old_name,
            Label.REPLACES_POLICY: _text(self.old_policy) if self.old else "",
            Label.REPLACES_RUNNING: ("yes" if self.old_ran else "no") if self.old else "",
            Label.BESIDE: "yes" if self.beside else "",
            Label.TERMS: msgspec.json.encode(self.terms).decode(),
        }
        host = {**part(given, "HostConfig"), "RestartPolicy": {"Name": "no"}}
        return {**given, "Labels": {str(key): value for key, value in labels.items()}, "HostConfig": host}


def policy_of(labels: Mapping[str, str]) -> RestartPolicy:
    """The restart policy a container of Monitor's is to have while it is up."""
    return _policy(labels.get(Label.POLICY, ""))


def part(body: Mapping[str, Any], key: str) -> dict[str, Any]:
    """An object inside a body; empty if it is absent or null."""
    return body.get(key) or {}


def _text(policy: RestartPolicy) -> str:
    return f"{policy.name or 'no'}:{policy.maximum_retry_count}"


def _policy(text: str) -> RestartPolicy:
    name, _, retries = text.partition(":")
    return RestartPolicy("" if name == "no" else name, int(retries) if retries.isdecimal() else 0)


def _terms(text: str) -> Terms:
    """Those of an earlier version's container are not known."""
    try:
        return msgspec.json.decode(text, type=Terms)
    except msgspec.MsgspecError:
        return Terms()
