"""A simulated host's way of replacing a container: in the same steps, and undone on any failure."""

from dataclasses import dataclass

from msgspec import structs

from monitor.abilities.agent.contract import Recovered, Run
from monitor.abilities.container.calls import Label, ReplaceContainer, Replaced
from monitor.abilities.container.canonical import canonical
from monitor.abilities.container.exclusive import held
from monitor.abilities.container.names import aside_name, job_of, passing_name
from monitor.abilities.container.probes import NoProbe
from monitor.abilities.container.sim_pull import has, pull, pull_from
from monitor.abilities.container.storage import mount_of, volume_names
from monitor.abilities.container.volumes import refuse_reach
from monitor.kernel.activity import CONTAINER_LOG, State
from monitor.kernel.errors import HostError
from monitor.kernel.ownership import is_of
from monitor.testing.container import SimulatedContainer
from monitor.testing.machine import Machine


@dataclass
class _Swap:
    """The two containers of one replace and what the old one was."""

    name: str
    job: str
    new: SimulatedContainer
    old: SimulatedContainer | None
    policy: str = "no"
    running: bool = False
    beside: bool = False


async def replace_container(run: Run, job: ReplaceContainer, machine: Machine) -> Replaced:
    """Steps as on a real host, where the image is held from the beginning on."""
    async with machine.held.image(str(job.body.get("Image", "")), job.image_id):
        return await _replace(run, job, machine)


async def _replace(run: Run, job: ReplaceContainer, machine: Machine) -> Replaced:
    job = await _fetch(run, job, machine)
    swap: _Swap | None = None
    life = machine.life
    try:
        async with run.step("create"):
            await machine.perform(run, "create", str(job.body.get("Image", "")))
            _judge_volumes(machine, job)
            swap = _create(machine, run, job)
            if swap.old is None:
                machine.change(swap.new, name=swap.name)
        away = await (_run_beside if swap.beside else _run_in_turn)(run, job, machine, swap)
    except BaseException:
        if swap is not None and machine.life == life:
            run.note(_undo(machine, swap))
        raise
    if swap.old is not None:
        async with run.step("remove"):
            if swap.old.view.state == "running":
                machine.exit(swap.old)
            machine.remove(swap.old)
    return _outcome(machine, job, swap, away)


async def _fetch(run: Run, job: ReplaceContainer, machine: Machine) -> ReplaceContainer:
    """The job with the very image in its body, which is on the host by then."""
    image = str(job.body.get("Image", ""))
    if job.origin is not None and not has(machine, image, job.origin):
        async with run.step("pull"):
            await machine.perform(run, "pull", image)
            pull_from(machine, image, job.origin, job.auth)
    elif job.pull:
        async with run.step("pull"):
            await machine.perform(run, "pull", image)
            pull(machine, image, job.auth)
    if not job.image_id:
        return job
    return structs.replace(job, body={**job.body, "Image": _exactly(machine, image, job.image_id)})


def _judge_volumes(machine: Machine, job: ReplaceContainer) -> None:
    """As a real host does: one that was made as a bind mount is one by its name."""
    old = machine.named(job.name) if job.repeats else None
    own = old.view.volumes if old is not None else ()
    for name in volume_names(canonical(job.body)) if job.powers is not None else ():
        if name not in own and (volume := machine.volumes.get(name)) is not None:
            refuse_reach(name, mount_of(name, volume.driver, volume.options), job.powers or ())


def _outcome(machine: Machine, job: ReplaceContainer, swap: _Swap, away: float) -> Replaced:
    view = swap.new.view
    return Replaced(
        container=view.id,
        image=view.image,
        image_id=view.image_id,
        image_digest=next(iter(machine.origins.get(view.image_id, ())), ""),
        started=view.started or view.created,
        away=away,
        beside=swap.beside,
        revision=job.revision,
    )


async def _run_in_turn(run: Run, job: ReplaceContainer, machine: Machine, swap: _Swap) -> float:
    if swap.old is not None:
        async with run.step("park"):
            await machine.spend("park")
            _set_aside(machine, swap)
    left = machine.clock.monotonic()
    await _start(run, machine, swap)
    away = machine.clock.monotonic() - left if swap.running else 0.0
    await _verify(run, job, machine, swap)
    return away


async def _run_beside(run: Run, job: ReplaceContainer, machine: Machine, swap: _Swap) -> float:
    await _start(run, machine, swap)
    await _verify(run, job, machine, swap)
    async with run.step("rename"):
        await machine.spend("rename")
        _set_aside(machine, swap)
    return 0.0


async def _start(run: Run, machine: Machine, swap: _Swap) -> None:
    async with run.step("start"):
        await machine.perform(run, "start", swap.new.view.image)
        machine.start(swap.new)


def recover(machine: Machine, job: str) -> Recovered:
    """Undo what a killed agent left of this job: the old container comes back."""
    machine.need_docker()
    for new in list(machine.containers.values()):
        labels = dict(new.view.labels)
        if labels.get(Label.ACTIVITY) != job:
            continue
        old = machine.containers.get(labels.get(Label.REPLACES, ""))
        swap = _Swap(
            name=job_of(new.view.name)[0] or new.view.name,
            job=job,
            new=new,
            old=old,
            policy=labels.get(Label.REPLACES_POLICY, "no"),
            running=labels.get(Label.REPLACES_RUNNING) == "yes",
            beside=labels.get(Label.BESIDE) == "yes",
        )
        said = _undo(machine, swap)
        return Recovered(state=State.INTERRUPTED, error=f"the agent was restarted in the middle; {said}")
    return Recovered(state=State.INTERRUPTED, error="the agent was restarted in the middle; nothing was left to undo")


def _exactly(machine: Machine, reference: str, id: str) -> str:
    if reference in machine.images and machine.image_id(reference) == id:
        return reference
    if id in machine.untagged:
        return id
    raise HostError(f"the image {reference} was deployed from ({id}) is not on this host any more")


def _create(machine: Machine, run: Run, job: ReplaceContainer) -> _Swap:
    machine.need_docker()
    old = _find_old(machine, job)
    running = old is not None and old.view.state == "running"
    beside = running and job.beside and not held(job.body)
    given: dict[str, str] = job.body.get("Labels") or {}
    labels = {**given, Label.ACTIVITY.value: run.id}
    if old is not None:
        labels |= {
            Label.REPLACES.value: old.view.id,
            Label.REPLACES_POLICY.value: old.policy,
            Label.REPLACES_RUNNING.value: "yes" if running else "no",
            Label.BESIDE.value: "yes" if beside else "",
        }
    if running:
        why = f": two cannot both hold {', '.join(held(job.body))}" if held(job.body) else ""
        run.note("The new container starts beside the old one." if beside else f"The old container stops first{why}.")
    new = machine.create(passing_name(job.name, run.id), {**job.body, "Labels": labels})
    new.files = {file.path: file.content for file in job.files}
    policy = old.policy if old else "no"
    return _Swap(name=job.name, job=run.id, new=new, old=old, policy=policy, running=running, beside=beside)


def _find_old(machine: Machine, job: ReplaceContainer) -> SimulatedContainer | None:
    given: dict[str, str] = job.body.get("Labels") or {}
    owner = given.get(Label.DEPLOYMENT, "")
    old = machine.named(job.name)
    if old is not None:
        if not _is_own(old, job, owner):
            raise HostError(f"the name {job.name} is taken by a container that is not this deployment's")
        return old
    before = machine.containers.get(job.replaces)
    return before if before is not None and _is_own(before, job, owner) else None


def _is_own(old: SimulatedContainer, job: ReplaceContainer, owner: str) -> bool:
    labels = dict(old.view.labels)
    return is_of(owner, old.view.id, labels) or is_of(job.adopted, old.view.id, labels)


def _set_aside(machine: Machine, swap: _Swap) -> None:
    machine.need_docker()
    if swap.old is not None:
        swap.old.policy = "no"
        machine.change(swap.old, name=aside_name(swap.name, swap.job))
    machine.change(swap.new, name=swap.name)
    if swap.old is not None and swap.running and not swap.beside:
        machine.exit(swap.old)


async def _verify(run: Run, job: ReplaceContainer, machine: Machine, swap: _Swap) -> None:
    async with run.step("verify"):
        await machine.perform(run, "verify", swap.new.view.image)
        silent = not isinstance(job.probe, NoProbe) and swap.new.view.image in machine.silent
        await machine.clock.sleep(job.healthy_within if silent else job.stable_for)
        _need_up(run, swap)
        if silent:
            raise HostError(
                f"the container {swap.name} did not answer its probe within {job.healthy_within:g} s",
                hint="see whether the program listens on that port",
            )


def _need_up(run: Run, swap: _Swap) -> None:
    view = swap.new.view
    if view.state != "running":
        run.note("The last lines the container wrote, for who may read its log:")
        for line in swap.new.lines[-20:]:
            run.output(line + b"\n", CONTAINER_LOG)
        raise HostError(
            f"the container {swap.name} did not stay up: it ended with exit code {view.exit_code}",
            hint="its last log lines are in the output",
            exit_code=view.exit_code,
        )


def _undo(machine: Machine, swap: _Swap) -> str:
    """Take the new one away and put the old one back; says what was done."""
    machine.containers.pop(swap.new.view.id, None)
    machine.tell(swap.new.view.id)
    if swap.old is None:
        return "the new container was removed"
    swap.old.policy = swap.policy
    machine.change(swap.old, name=swap.name)
    if swap.beside and swap.old.view.state == "running":
        return "the old container runs on; it was never away"
    if swap.running and swap.old.view.state != "running":
        machine.change(swap.old, state="running", started=machine.clock.now())
    return "the old container was put back"
