"""Which columns lists of things that are no resources have; paths joined by `|` show the first that is not empty."""

from typing import Any

from monitor.abilities.drift.calls import Difference
from monitor.abilities.image.calls import Layer
from monitor.abilities.volume.calls import VolumeSize
from monitor.features.activity.spec import Runs
from monitor.features.keys.spec import Key
from monitor.features.notifying.spec import Notification
from monitor.features.permissions.spec import Grant
from monitor.features.types.spec import TypeInfo
from monitor.features.users.spec import User
from monitor.kernel.activity import Activity
from monitor.kernel.alerts import Alert
from monitor.kernel.fleet import PlacedContainer, Trend
from monitor.kernel.hostview import Container, HostStats
from monitor.kernel.insides import ContainerFigures, FileChange, Process
from monitor.kernel.past import PastSeries
from monitor.kernel.resource import Column, ColumnKind
from monitor.kernel.webhooks import Delivery
from monitor.resources.alert_rule.spec import WouldFire
from monitor.resources.alert_target.info import DeliveryNote
from monitor.resources.alert_target.operations import KnownService
from monitor.resources.build.operations.versions import BuiltVersion
from monitor.resources.deployment.operations.history import Deployed
from monitor.resources.deployment.operations.updates import FoundUpdate
from monitor.resources.server.operations.clean_up import CleanUpItem, CleanUpTotal
from monitor.resources.server.operations.images import DockerImage
from monitor.resources.server.operations.networks import DockerNetwork
from monitor.resources.server.operations.volumes import DockerVolume

COLUMNS: dict[type[Any], tuple[Column, ...]] = {
    Process: (
        Column("pid", "Pid", ColumnKind.NUMBER),
        Column("parent", "Parent", ColumnKind.NUMBER),
        Column("user", "User"),
        Column("cpu", "CPU", ColumnKind.PERCENT),
        Column("memory", "Memory", ColumnKind.BYTES),
        Column("seconds", "Runs for"),
        Column("command", "Command"),
    ),
    FileChange: (Column("kind", "Kind"), Column("path", "Path")),
    Deployed: (
        Column("number", "Release"),
        Column("state", "State", ColumnKind.STATE),
        Column("running", "Now"),
        Column("began", "When", ColumnKind.TIME),
        Column("who", "Who"),
        Column("image", "Image", ColumnKind.IMAGE),
        Column("version", "Version"),
        Column("revision", "Config", ColumnKind.NUMBER),
        Column("error", "Why"),
    ),
    Difference: (Column("field", "What"), Column("wanted", "Deployed"), Column("found", "Found")),
    FoundUpdate: (
        Column("name", "Name"),
        Column("said", "Update"),
        Column("server", "Server"),
        Column("image", "Image", ColumnKind.IMAGE),
        Column("short_newest", "Newest"),
        Column("checked", "Looked for", ColumnKind.TIME),
        Column("auto|reason", "Why"),
    ),
    ContainerFigures: (
        Column("state", "State"),
        Column("usage.cpu", "CPU", ColumnKind.PERCENT),
        Column("usage.memory", "Memory", ColumnKind.BYTES),
        Column("usage.memory_limit", "Limit", ColumnKind.BYTES),
        Column("usage.receiving", "In", ColumnKind.RATE),
        Column("usage.sending", "Out", ColumnKind.RATE),
        Column("usage.reading", "Read", ColumnKind.RATE),
        Column("usage.writing", "Write", ColumnKind.RATE),
        Column("usage.pids", "Pids", ColumnKind.NUMBER),
        Column("reason", "Reason"),
    ),
    Activity: (
        Column("id", "Id"),
        Column("created", "When"),
        Column("operation", "Operation"),
        Column("what", "On"),
        Column("who", "Who"),
        Column("state", "State"),
        Column("summary|error|turn|waiting_for", "Result"),
    ),
    Alert: (
        Column("id", "Id"),
        Column("severity", "Severity", ColumnKind.STATE),
        Column("state", "State", ColumnKind.STATE),
        Column("since", "Since", ColumnKind.TIME),
        Column("resolved", "Until", ColumnKind.TIME),
        Column("subject.server_name", "Server"),
        Column("short", "What"),
    ),
    KnownService: (Column("name", "Name"), Column("title", "Title"), Column("form", "How its URL is written")),
    DeliveryNote: (
        Column("at", "When", ColumnKind.TIME),
        Column("end", "State", ColumnKind.STATE),
        Column("text", "Message"),
        Column("tries", "Tries", ColumnKind.NUMBER),
        Column("next", "Again", ColumnKind.TIME),
        Column("error", "Error"),
    ),
    Notification: (
        Column("name", "Target"),
        Column("at", "When", ColumnKind.TIME),
        Column("kind", "What"),
        Column("state", "State", ColumnKind.STATE),
        Column("next", "Next try", ColumnKind.TIME),
        Column("why", "Why"),
    ),
    WouldFire: (
        Column("name", "Name"),
        Column("what", "Of"),
        Column("severity", "Severity", ColumnKind.STATE),
        Column("opened", "Opened", ColumnKind.TIME),
        Column("resolved", "Ended", ColumnKind.TIME),
        Column("worst", "Worst", ColumnKind.NUMBER),
    ),
    Runs: (
        Column("resource", "Resource"),
        Column("last.ended", "When"),
        Column("last.operation", "Operation"),
        Column("last.who", "Who"),
        Column("last.state", "State"),
        Column("last.summary|last.error", "Result"),
    ),
    Container: (
        Column("name", "Name"),
        Column("state", "State"),
        Column("health|reason", "Health"),
        Column("image", "Image"),
        Column("ports", "Ports"),
        Column("project", "Project"),
    ),
    PlacedContainer: (
        Column("server", "Server"),
        Column("container.name", "Name"),
        Column("container.state", "State"),
        Column("container.health|container.reason", "Health"),
        Column("container.image", "Image"),
        Column("container.ports", "Ports"),
        Column("container.project", "Project"),
        Column("deployment", "Deployment"),
    ),
    CleanUpItem: (
        Column("kind", "Kind"),
        Column("name", "Name"),
        Column("bytes", "Size", ColumnKind.BYTES),
        Column("why", "Why"),
    ),
    CleanUpTotal: (
        Column("kind", "Kind"),
        Column("count", "Count", ColumnKind.NUMBER),
        Column("bytes", "Frees", ColumnKind.BYTES),
    ),
    DockerImage: (
        Column("tags|digests|id", "Image", ColumnKind.IMAGE),
        Column("size", "Size", ColumnKind.BYTES),
        Column("created", "Created"),
        Column("used_by", "Used by"),
    ),
    Layer: (Column("created", "Created"), Column("size", "Size", ColumnKind.BYTES), Column("command", "Command")),
    DockerVolume: (
        Column("name", "Name"),
        Column("driver", "Driver"),
        Column("anonymous", "Anonymous"),
        Column("bind", "Reaches the host"),
        Column("created", "Created"),
        Column("used_by", "Used by"),
        Column("project", "Project"),
    ),
    VolumeSize: (Column("name", "Name"), Column("bytes", "Size", ColumnKind.BYTES)),
    DockerNetwork: (
        Column("name", "Name"),
        Column("driver", "Driver"),
        Column("subnets", "Subnets"),
        Column("internal", "Internal"),
        Column("used_by", "Used by"),
        Column("project", "Project"),
    ),
    BuiltVersion: (
        Column("version", "Version"),
        Column("built", "Built"),
        Column("who", "Who"),
        Column("short_commit", "Commit"),
        Column("server", "Server"),
        Column("there", "There"),
        Column("registries", "Registries"),
        Column("runs_in", "Runs in"),
        Column("message", "Message"),
    ),
    PastSeries: (Column("key", "Measure"), Column("title", "Title"), Column("mean", "Mean, and the last")),
    Trend: (
        Column("server", "Server"),
        Column("cpu", "CPU", ColumnKind.PERCENT),
        Column("memory", "Memory", ColumnKind.PERCENT),
        Column("disk", "Disk", ColumnKind.PERCENT),
        Column("received", "Received", ColumnKind.RATE),
        Column("sent", "Sent", ColumnKind.RATE),
    ),
    HostStats: (
        Column("at", "At"),
        Column("cpu", "CPU", ColumnKind.PERCENT),
        Column("load", "Load"),
        Column("memory_used", "Memory used", ColumnKind.BYTES),
        Column("memory_total", "of", ColumnKind.BYTES),
        Column("uptime", "Up for"),
    ),
    Delivery: (
        Column("at", "When"),
        Column("service", "From"),
        Column("event", "Event"),
        Column("branch", "Branch"),
        Column("pusher", "By"),
        Column("outcome", "Outcome"),
        Column("reason", "Why"),
        Column("activity", "Activity"),
    ),
    User: (
        Column("name", "Name"),
        Column("admin", "Admin"),
        Column("enabled", "Enabled"),
        Column("last_seen", "Last seen"),
        Column("id", "Id"),
    ),
    Key: (
        Column("id", "Id"),
        Column("name", "Name"),
        Column("expires", "Expires"),
        Column("last_used", "Last used"),
        Column("user", "User"),
    ),
    Grant: (
        Column("user", "User"),
        Column("type", "Type"),
        Column("resource", "Resource"),
        Column("level", "Level"),
        Column("rights", "Rights"),
        Column("powers", "Powers"),
        Column("id", "Id"),
    ),
    TypeInfo: (Column("name", "Name"), Column("plural", "Plural"), Column("title", "Title")),
}
