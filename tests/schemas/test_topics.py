"""The topics as they are declared."""

from __future__ import annotations

from schemas.catalogue import CATALOGUE, DEPARTMENTS
from schemas.topics import CASE_STATUS, DEPARTMENT_TOPICS, SOURCE_TOPICS, TOPICS


def test_twelve_departments_and_the_hubs_own() -> None:
    assert len(DEPARTMENT_TOPICS) == 12
    assert {topic.partition(".")[0] for topic in DEPARTMENT_TOPICS} == set(DEPARTMENTS) - {"hub"}
    hubs = {topic.name for topic in TOPICS} - set(DEPARTMENT_TOPICS)
    assert hubs == {
        "hub.identity", "hub.repairs", "hub.case-status", "hub.alarms", "hub.receipts", "hub.access",
    }  # fmt: skip


def test_all_are_kept_for_ever_under_the_brokers_own_clock() -> None:
    for topic in TOPICS:
        assert topic.partitions == 12
        assert topic.config["message.timestamp.type"] == "LogAppendTime"
        assert topic.config["retention.ms"] == "-1"
        assert topic.config["unclean.leader.election.enable"] == "false"
        assert topic.config["cleanup.policy"] == ("compact" if topic.name == CASE_STATUS else "delete")


def test_what_the_hub_projects_is_where_the_catalogue_puts_events() -> None:
    assert {name for line in CATALOGUE.values() for name in line.topics} == set(SOURCE_TOPICS)
