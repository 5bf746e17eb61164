"""A schedule on the real thing: run by hand, and by the clock once the minute comes."""

from typing import Any

import pytest

from tests.faults.installation import Installation, until

pytestmark = pytest.mark.real
WITHIN = 70.0
"""Seconds: the next minute, and what is done then."""


def test_a_schedule_runs_by_hand_and_by_the_clock(installed: Installation) -> None:
    installed.deployment("ticking")
    assert installed.run("/deployments/ticking/deploy")["state"] == "succeeded"
    does = {"operation": "deployment.restart", "target": "ticking"}
    config = {"does": does, "when": {"cron": "* * * * *"}, "enabled": True}
    made = installed.post("/schedules", {"name": "each-minute", "config": config})
    by_hand = installed.run("/schedules/each-minute/run")
    assert (by_hand["operation"], by_hand["state"], by_hand["origin"]) == ("deployment.restart", "succeeded", "api")
    assert (by_hand["who"]["name"], by_hand["cause"]["name"]) == ("ana", "each-minute")

    def last() -> Any:
        occasions = installed.get("/schedules/each-minute")["info"]["occasions"]
        return occasions[-1] if occasions and occasions[-1]["outcome"] != "begun" else None

    one = until(last, WITHIN)
    assert one["outcome"] == "succeeded", one
    by_clock = installed.get(f"/activity/{one['activity']}")
    assert (by_clock["operation"], by_clock["origin"], by_clock["who"]["name"]) == (
        "deployment.restart",
        "schedule",
        "ana",
    )
    assert by_clock["cause"]["id"] == made["id"]
    copy = installed.post("/schedules/each-minute/copy", {"name": "once-more"})
    assert (copy["config"]["enabled"], copy["status"]["state"]) == (False, "off")
    installed.api.delete("/schedules/each-minute").raise_for_status()
