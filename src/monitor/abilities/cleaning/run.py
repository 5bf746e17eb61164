"""The agent's way of cleaning up: kind after kind, what needs no room of its own first."""

from functools import partial

from msgspec.structs import replace

from monitor.abilities.agent.contract import CallHandler, JobHandler, Run
from monitor.abilities.cleaning.calls import (
    Cleaned,
    CleanUp,
    GoingImage,
    Kind,
    ListBuildCache,
    ListMirrors,
    LookIntoImages,
    MeasureContainers,
    MeasureDisk,
)
from monitor.abilities.cleaning.going import freed_by, named, take_away
from monitor.abilities.cleaning.look import (
    list_build_cache,
    list_mirrors,
    look_into_images,
    measure_containers,
    measure_disk,
)
from monitor.abilities.cleaning.pruning import Pruning
from monitor.abilities.container.failures import as_host_error
from monitor.abilities.container.lookup import find
from monitor.abilities.docker.images import Images
from monitor.abilities.docker.networks import Networks
from monitor.abilities.unmanaged.calls import Unmanaged
from monitor.abilities.unmanaged.judging import judge
from monitor.kernel.errors import Conflict, MonitorError, NotFound


async def clean_up(run: Run, job: CleanUp) -> Cleaned:
    """Mirrors are plain files, and what containers wrote needs none: on a full disk they make room for the rest."""
    kinds: list[Kind] = []
    try:
        if job.mirrors:
            mirrors = run.agent.mirrors
            going = [(one.key, partial(mirrors.forget, one.key, one.used.timestamp())) for one in job.mirrors]
            kinds.append(await take_away(run, "git_mirrors", going))
        if job.containers:
            going = [(one.name, partial(_remove_container, run, one)) for one in job.containers]
            kinds.append(await take_away(run, "containers", going))
        kinds += await _make_room(run, job)
        if job.networks:
            networks = Networks(run.agent.docker)
            going = [(one.name, partial(_remove_network, networks, one.id)) for one in job.networks]
            kinds.append(await take_away(run, "networks", going))
    except MonitorError as failure:
        raise as_host_error(failure) from failure
    return Cleaned(kinds=tuple(kinds))


async def _make_room(run: Run, job: CleanUp) -> list[Kind]:
    """The build cache first, and again for what only images that are gone had shared with it."""
    pruning = Pruning(run, job.cache) if job.cache is not None else None
    if pruning is not None:
        await pruning.once()
    images = await _remove_images(run, job.images) if job.images else None
    if pruning is not None and images is not None and images.removed:
        await pruning.once()
    return [kind for kind in (pruning and pruning.kind, images) if kind is not None]


async def _remove_container(run: Run, meant: Unmanaged) -> int:
    """Judged by its whole id and labels just before; one that runs by now is refused by the daemon."""
    docker = run.agent.docker
    seen = await find(docker, meant.id)
    judge(meant, seen.id, seen.labels)
    wrote = await docker.written(seen.id)
    await docker.remove(seen.id)
    return wrote


async def _remove_images(run: Run, going: tuple[GoingImage, ...]) -> Kind:
    images, gone = Images(run.agent.docker), list[GoingImage]()

    async def remove(image: GoingImage) -> int:
        await _remove_image(run, images, image)
        gone.append(image)
        return 0

    done = await take_away(run, "images", [(named(image), partial(remove, image)) for image in going])
    return replace(done, freed=freed_by(gone, [image for image in going if image not in gone]))


async def _remove_image(run: Run, images: Images, image: GoingImage) -> None:
    """What got another name since, or is needed by a job under way, stays."""
    held = run.agent.held
    async with held.removing():
        now = await images.inspect(image.id)
        names = {*(now.get("RepoTags") or ()), *(now.get("RepoDigests") or ())}
        if names - set(image.tags):
            raise Conflict("it has got another name since it was looked at")
        if not image.tags and held.building:
            raise Conflict("a build is under way, which may go on from it")
        for name in held.names:
            if await _means(images, name, image.id):
                raise Conflict(f"a deploy or pull of {name} is under way")
        for name in image.tags or (image.id,):
            await _take_name(images, name, image.id)


async def _take_name(images: Images, name: str, id: str) -> None:
    try:
        # With its last tag a digest of the same repository goes, too; a name may have moved to another image.
        if (await images.inspect(name))["Id"] == id:
            await images.remove(name, parents=False)
    except NotFound:
        pass


async def _means(images: Images, name: str, id: str) -> bool:
    try:
        return (await images.inspect(name))["Id"] == id
    except NotFound:
        return False


async def _remove_network(networks: Networks, id: str) -> int:
    if (await networks.inspect(id)).get("Containers"):
        raise Conflict("a container is on it by now")
    await networks.remove(id)
    return 0


CALLS: tuple[CallHandler, ...] = (
    CallHandler(LookIntoImages, look_into_images),
    CallHandler(MeasureContainers, measure_containers),
    CallHandler(ListBuildCache, list_build_cache),
    CallHandler(ListMirrors, list_mirrors),
    CallHandler(MeasureDisk, measure_disk),
)
JOBS: tuple[JobHandler, ...] = (JobHandler(CleanUp, clean_up),)
