"""What an agent can do: the explicit tuples of every ability's run.py."""

from monitor.abilities.adoption import run as adoption
from monitor.abilities.agent import run as agent
from monitor.abilities.agent.contract import Abilities
from monitor.abilities.build import run as build
from monitor.abilities.cleaning import run as cleaning
from monitor.abilities.container import run as container
from monitor.abilities.drift import run as drift
from monitor.abilities.git import look as git
from monitor.abilities.image import run as image
from monitor.abilities.inside import run as inside
from monitor.abilities.network import run as network
from monitor.abilities.pull import run as pull
from monitor.abilities.push import run as push
from monitor.abilities.registry import run as registry
from monitor.abilities.stats import run as stats
from monitor.abilities.terminal import run as terminal
from monitor.abilities.unmanaged import run as unmanaged
from monitor.abilities.volume import run as volume
from monitor.abilities.watch import run as watch

ABILITIES = Abilities(
    calls=(
        *(*git.CALLS, *image.CALLS, *network.CALLS, *volume.CALLS, *cleaning.CALLS),
        *(*adoption.CALLS, *agent.CALLS, *build.CALLS, *container.CALLS, *drift.CALLS, *inside.CALLS),
        *(*registry.CALLS, *stats.CALLS, *terminal.CALLS, *unmanaged.CALLS, *watch.CALLS),
    ),
    feeds=(
        *(*image.FEEDS, *network.FEEDS, *volume.FEEDS),
        *(*agent.FEEDS, *build.FEEDS, *container.FEEDS, *inside.FEEDS),
        *(*registry.FEEDS, *stats.FEEDS, *unmanaged.FEEDS, *watch.FEEDS),
    ),
    jobs=(
        *(*image.JOBS, *network.JOBS, *volume.JOBS, *cleaning.JOBS),
        *(*agent.JOBS, *build.JOBS, *container.JOBS, *inside.JOBS, *pull.JOBS, *push.JOBS),
        *(*registry.JOBS, *stats.JOBS, *terminal.JOBS, *unmanaged.JOBS, *watch.JOBS),
    ),
    sessions=terminal.SESSIONS,
)
