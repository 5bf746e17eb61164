"""A simulated host's way of giving an image to registries: to a shelf that other simulated hosts may share."""

import hashlib

from monitor.abilities.agent.contract import JobHandler, Run
from monitor.abilities.container.registry import auth_header
from monitor.abilities.push.calls import Delivered, Destination, PushImage
from monitor.abilities.push.deliver import Give, deliver
from monitor.abilities.push.taken import taken
from monitor.kernel.errors import HostError
from monitor.testing.machine import Machine


def by_machine(run: Run, machine: Machine, image_id: str) -> Give:
    """The way to give an image."""
    digest = "sha256:" + hashlib.sha256(image_id.encode()).hexdigest()

    async def give(to: Destination, tag: str) -> str:
        auth_header(to.auth, f"{to.image}:{tag}")
        await machine.perform(run, "push", to.image)
        given = (to.auth.username, to.auth.token) if to.auth else None
        if said := machine.refusals.get(to.image):
            raise HostError(said)
        if machine.private.get(to.image, given) != given:
            raise HostError("unauthorized: authentication required")
        shelf = machine.deliveries.shelf
        if tag in to.own and shelf.get(f"{to.image}:{tag}", image_id) != image_id:
            raise taken(f"{to.image}:{tag}")
        shelf[f"{to.image}:{tag}"] = shelf[f"{to.image}@{digest}"] = image_id
        return digest

    return give


async def push_image(run: Run, job: PushImage) -> Delivered:
    """One step."""
    machine = run.agent
    assert isinstance(machine, Machine)  # noqa: S101 - what a simulated host gives its jobs
    machine.need_docker()
    return await deliver(run, job.to, by_machine(run, machine, job.image_id), run.keep)


JOBS = (JobHandler(PushImage, push_image),)
