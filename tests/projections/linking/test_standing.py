"""What the decisions on one link come to."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import permutations
from uuid import UUID

from projections.linking.standing import ASSERTED, UNDONE, Decision, verdict


def asserted(number: int, in_place_of: str | None, undoes: UUID | None = None) -> Decision:
    kind = ASSERTED if undoes is None else UNDONE
    return Decision(kind, UUID(int=number), datetime(2025, 1, number, tzinfo=UTC), True, in_place_of, undoes)


def test_every_number_that_was_misnamed_for_a_case_is_read_as_it_in_any_order() -> None:
    decisions = [asserted(1, "FIR:BR-X-2025-4003"), asserted(2, "FIR:BR-Y-2025-0005"), asserted(3, None)]
    found = {verdict(order, {}).in_place_of for order in permutations(decisions)}
    assert found == {("FIR:BR-X-2025-4003", "FIR:BR-Y-2025-0005")}


def test_a_reading_that_was_undone_is_none() -> None:
    decisions = [asserted(1, "FIR:BR-X-2025-4003"), asserted(2, "FIR:BR-Y-2025-0005")]
    assert verdict([*decisions, asserted(3, None, UUID(int=2))], {}).in_place_of == ("FIR:BR-X-2025-4003",)
