"""What a run leaves in the Engine: the app's container and its images, found by name and label and removed."""

from parts.engine import answers, docker

from tour.place import Place


def remove(place: Place) -> None:
    """Remove the run's container, any half-replaced one beside it, and the images the same core built."""
    if not answers():
        return
    for container in _ids("ps", "--all", "--filter", f"name=^/{place.container}"):
        core = _label(container, "monitor.core")
        docker("rm", "--force", container)
        if core:
            for image in _ids("image", "ls", "--filter", f"label=monitor.core={core}"):
                docker("image", "rm", "--force", image)


def _ids(*arguments: str) -> list[str]:
    return list(dict.fromkeys(docker(*arguments, "--quiet", "--no-trunc").stdout.split()))


def _label(container: str, label: str) -> str:
    asked = docker("inspect", "--format", f'{{{{index .Config.Labels "{label}"}}}}', container)
    return asked.stdout.strip() if asked.returncode == 0 else ""
