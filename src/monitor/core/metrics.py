"""Metrics: what /metrics tells Prometheus about core itself."""

from typing import cast

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest
from prometheus_client.openmetrics import exposition as openmetrics

from monitor.kernel.activity import Activity


class Metrics:
    """Counters of one core; labels only take values core itself declares, never people's."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        self.requests = Counter("monitor_requests", "Requests by answer", ["status"], registry=self._registry)
        self.seconds = Histogram("monitor_request_seconds", "Time to answer", registry=self._registry)
        self.activities = Counter(
            "monitor_activities", "Ended activities", ["operation", "state"], registry=self._registry
        )
        self.servers = Gauge("monitor_servers", "Servers by state", ["state"], registry=self._registry)
        self.live = Gauge("monitor_live_sockets", "Open live websockets", registry=self._registry)
        self.open = Gauge("monitor_activities_open", "Queued and running activities", registry=self._registry)

    def ended(self, activity: Activity) -> None:
        """Count an activity's end."""
        self.activities.labels(activity.operation, activity.state.value).inc()

    def text(self, *, open_metrics: bool = False) -> str:
        """In Prometheus's own text format, or as OpenMetrics."""
        if open_metrics:
            return cast("bytes", openmetrics.generate_latest(self._registry)).decode()  # pyright: ignore[reportUnknownMemberType]
        return generate_latest(self._registry).decode()
