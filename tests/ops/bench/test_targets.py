"""What the report says of its targets."""

from __future__ import annotations

from typing import Any

from ops.bench.targets import judged, ratios


def _verdicts(report: dict[str, Any]) -> dict[str, Any]:
    return {row["key"]: row["met"] for row in judged(report)}


def test_ratios_are_the_hub_over_the_others_and_memory_at_the_end_over_memory_before() -> None:
    report = {"hub_eps": 9000, "limit_eps": 30000, "stock_faust_eps": 1500, "quixstreams_eps": 4500,
              "worker_rss_mb_start": 200.0, "worker_rss_mb_end": 210.0}  # fmt: skip
    assert ratios(report) == {
        "hub_to_limit": 0.3,
        "hub_to_stock_faust": 6.0,
        "hub_to_quixstreams": 2.0,
        "worker_rss_ratio": 1.05,
    }


def test_a_ratio_to_what_was_not_measured_is_left_out() -> None:
    assert ratios({"hub_eps": 9000, "limit_eps": 30000}) == {"hub_to_limit": 0.3}


def test_a_rate_must_be_at_least_and_a_latency_at_most_its_target() -> None:
    verdicts = _verdicts({"hub_eps": 10_000, "p99_ms_at_2000": 301.0, "lookup_p99_ms": 5})
    assert verdicts["hub_eps"] is True
    assert verdicts["p99_ms_at_2000"] is False
    assert verdicts["lookup_p99_ms"] is True


def test_a_target_that_was_not_measured_is_neither_met_nor_missed() -> None:
    assert _verdicts({})["board_p99_ms"] is None
