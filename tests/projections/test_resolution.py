"""Which version of an event stands: each rule, and that the order of arrival plays no part."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from projections.reasons import HubReason
from projections.resolution import Version, resolve

START = datetime(2025, 3, 1, tzinfo=UTC)


def version(
    n: int, *, digest: int | None = None, of: int | None = None, source: str = "police/1", type_: str = "a.B",
    later: int = 0, repair: bool = False,
) -> Version:  # fmt: skip
    return Version(
        UUID(int=n), (digest if digest is not None else n).to_bytes(4, "big"), type_, source,
        UUID(int=of) if of is not None else None, START + timedelta(days=later), repair,
    )  # fmt: skip


def effective(*versions: Version) -> set[int]:
    return {event_id.int for event_id, _ in resolve(versions).effective}


def test_the_last_recorded_correction_stands() -> None:
    assert effective(version(1), version(2, of=1, later=1), version(3, of=1, later=2)) == {3}


def test_a_correction_of_a_correction_stands_for_both() -> None:
    assert effective(version(1), version(2, of=1), version(3, of=2)) == {3}


def test_after_a_retraction_nothing_stands() -> None:
    assert effective(version(1), version(2, of=1, type_="common.Retracted")) == set()


def test_a_retracted_correction_is_void_and_what_it_corrected_stands_again() -> None:
    assert effective(version(1), version(2, of=1), version(3, of=2, type_="common.Retracted")) == {1}


def test_a_retracted_retraction_is_void() -> None:
    gone = version(2, of=1, type_="common.Retracted")
    assert effective(version(1), gone, version(3, of=2, type_="common.Retracted")) == {1}


def test_a_correction_whose_target_has_not_come_stands() -> None:
    assert effective(version(2, of=1)) == {2}


def test_another_source_may_not_correct_unless_a_repair_was_approved() -> None:
    foreign = version(2, of=1, source="prison/9")
    found = resolve([version(1), foreign])
    assert {e.int for e, _ in found.effective} == {1}
    assert found.refused[foreign.event_id, foreign.digest] is HubReason.SUPERSEDES_FOREIGN
    assert effective(version(1), version(2, of=1, source="prison/9", repair=True)) == {2}


def test_a_correction_of_another_type_is_refused() -> None:
    found = resolve([version(1), version(2, of=1, type_="a.C")])
    assert list(found.refused.values()) == [HubReason.SUPERSEDES_OTHER_TYPE]


def test_a_ring_of_corrections_is_refused_whole_and_a_correction_of_one_of_them_stands() -> None:
    found = resolve([version(1, of=2), version(2, of=1), version(3, of=1)])
    assert {e.int for e, _ in found.effective} == {3}
    assert set(found.refused.values()) == {HubReason.SUPERSEDES_RING}


def test_of_one_id_with_two_contents_the_smaller_digest_stands() -> None:
    found = resolve([version(1, digest=9), version(1, digest=4)])
    assert found.effective == {(UUID(int=1), (4).to_bytes(4, "big"))}
    assert found.refused == {(UUID(int=1), (9).to_bytes(4, "big")): HubReason.ID_REUSED}


def test_of_one_content_under_two_ids_the_least_id_stands_and_is_what_a_correction_of_either_corrects() -> (
    None
):
    assert effective(version(5, digest=1), version(3, digest=1)) == {3}
    assert effective(version(5, digest=1), version(3, digest=1), version(7, of=5)) == {7}


def test_a_chain_of_ten_thousand_corrections_is_followed_to_its_end() -> None:
    assert effective(version(1), *(version(n, of=n - 1) for n in range(2, 10_001))) == {10_000}


VERSIONS = st.builds(
    version,
    st.integers(1, 6),
    digest=st.integers(1, 5),
    of=st.one_of(st.none(), st.integers(1, 7)),
    source=st.sampled_from(["police/1", "prison/9"]),
    type_=st.sampled_from(["a.B", "a.B", "common.Retracted"]),
    later=st.integers(0, 2),
    repair=st.booleans(),
)


@given(st.lists(VERSIONS, max_size=12, unique_by=lambda v: (v.event_id, v.digest)), st.randoms())
def test_the_order_of_arrival_plays_no_part(versions: list[Version], random: object) -> None:
    shuffled = versions[:]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert resolve(versions) == resolve([*shuffled, *versions[:3]])


@given(st.lists(VERSIONS, max_size=12, unique_by=lambda v: (v.event_id, v.digest)))
def test_one_row_stands_of_each_id_and_of_each_content(versions: list[Version]) -> None:
    standing = resolve(versions).standing
    assert len({event_id for event_id, _ in standing}) == len(standing)
    assert len({digest for _, digest in standing}) == len(standing)
