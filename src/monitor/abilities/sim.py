"""What a simulated host can do: the explicit tuples of every ability's sim.py."""

from monitor.abilities.adoption import sim as adoption
from monitor.abilities.agent import sim as agent
from monitor.abilities.agent.contract import Abilities
from monitor.abilities.build import sim as build
from monitor.abilities.cleaning import sim as cleaning
from monitor.abilities.container import sim as container
from monitor.abilities.drift import sim as drift
from monitor.abilities.git import sim as git
from monitor.abilities.image import sim as image
from monitor.abilities.inside import sim as inside
from monitor.abilities.network import sim as network
from monitor.abilities.pull import sim as pull
from monitor.abilities.push import sim as push
from monitor.abilities.registry import sim as registry
from monitor.abilities.stats import sim as stats
from monitor.abilities.terminal import sim as terminal
from monitor.abilities.unmanaged import sim as unmanaged
from monitor.abilities.volume import sim as volume
from monitor.abilities.watch import sim as watch

ABILITIES = Abilities(
    calls=(
        *(*git.CALLS, *image.CALLS, *network.CALLS, *volume.CALLS, *cleaning.CALLS),
        *adoption.CALLS,
        *agent.CALLS,
        *drift.CALLS,
        *inside.CALLS,
        *registry.CALLS,
        *stats.CALLS,
        *terminal.CALLS,
    ),
    feeds=(*watch.FEEDS, *stats.FEEDS, *container.FEEDS, *inside.FEEDS),
    jobs=(
        *(*image.JOBS, *network.JOBS, *volume.JOBS, *cleaning.JOBS),
        *build.JOBS,
        *container.JOBS,
        *pull.JOBS,
        *push.JOBS,
        *terminal.JOBS,
        *unmanaged.JOBS,
    ),
    sessions=terminal.SESSIONS,
)
