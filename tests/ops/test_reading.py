"""`sangam case`, `undertrials` and `event` on a real database: what people see, and what programs get."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import orjson
import psycopg
import pytest
from typer.testing import CliRunner, Result

from ops.base.errors import UserError
from ops.cli.main import command_line
from projections.store.ports import RawRecord
from tests.projections.store.ground import Ground
from tests.projections.store.worlds import encoded, identifier, party, police_ref

Json = dict[str, Any]
Sangam = Callable[..., Result]

FIR, OTHER, THIRD = "BR-PATKOT-2025-0123", "BR-PATKOT-2025-0124", "BR-MUFAS-2025-0001"
CNR, PID = "BRPA010001232025", "BR-0123-45678"
BAIL, TWICE = "00000000-0000-0000-0000-00000000ba11", "00000000-0000-0000-0000-000000002222"
A1 = {
    "ref": police_ref(FIR, "A1"),
    "person": {
        "name": "Rakep Zumal",
        "name_native": "राकेप ज़ुमल",
        "relative_name": "Tolen Zumal",
        "relation": "FATHER",
        "gender": "M",
        "village": "Dorpatola",
    },
}
A2 = {"ref": police_ref(FIR, "A2"), "person": {"name": "Mivan Dorpal", "relative_name": "Sutel Dorpal"}}
P1 = {"ref": party(CNR, "1"), "same_as": [police_ref(FIR, "A1")]}


def _event(
    kind: str, anchor: Json, on: str, seq: int, *claims: Json, event_id: str | None = None, **body: Any
) -> RawRecord:
    department = kind.partition(".")[0]
    envelope = {
        "event_id": event_id or f"00000000-0000-0000-0000-{seq:012d}",
        "source": f"{department}.tests/1",
        "source_seq": seq,
        "source_record": f"row-{seq}",
        "occurred_at": f"{on}T00:00:00+05:30",
        "recorded_at": f"{on}T20:00:00+05:30",
        "anchor": anchor,
        "claims": list(claims),
    }
    return encoded({"type": kind, "envelope": envelope, **body}, 1_740_000_000_000 + seq * 1000)


def _records() -> list[RawRecord]:
    fir, cnr, pid = identifier("FIR", FIR), identifier("CNR", CNR), identifier("PID", PID)
    sections = [{"act": "BNS2023", "section": "303(2)"}, {"act": "BNS2023", "section": "3(5)"}]
    hold = [{"identifier": fir, "accused": police_ref(FIR, "A1")}]
    return [
        _event("police.FirRegistered", fir, "2025-01-01", 1, police_station="PATKOT", district="PAT",
               sections=sections, accused=[A1, A2]),
        _event("court.RemandOrdered", cnr, "2025-01-03", 2, fir, accused=P1, court="BRPA01-CJM",
               custody_kind="JUDICIAL", to_date="2025-01-16", next_date="2025-01-16", jail="BR-0123"),
        _event("prison.Admitted", pid, "2025-01-03", 3, jail="BR-0124", cases=hold, warrant_valid_to="2025-01-16"),
        _event("court.HearingAdjourned", cnr, "2025-01-16", 4, fir, hearing_date="2025-01-16", asked_by="PROSECUTION",
               reason="WITNESS_ABSENT", next_date="2025-02-13", court="BRPA01-CJM"),
        _event("court.BailGranted", cnr, "2025-01-24", 5, fir, event_id=BAIL, accused=P1, bail_kind="REGULAR"),
        _event("prison.NotReleasedReason", pid, "2025-01-28", 6, jail="BR-0124", cases=hold, reason="NO_SURETY"),
        _event("police.FirRegistered", identifier("FIR", OTHER), "2025-01-02", 7, police_station="PATKOT"),
        _event("prison.Admitted", identifier("PID", "BR-0123-00009"), "2025-01-05", 8, jail="BR-0123",
               cases=[{"identifier": identifier("FIR", OTHER)}]),
        _event("prison.Admitted", identifier("PID", "BR-0123-00008"), "2025-01-06", 9, jail="BR-0123",
               cases=[{"identifier": fir}, {"identifier": identifier("FIR", OTHER)}]),
        _event("court.HearingHeld", identifier("CNR", "BRPA010007772025"), "2025-02-01", 10,
               identifier("FIR", "BR-PATKOT-2025-0701"), identifier("FIR", "BR-PATKOT-2025-0702"), purpose="EVIDENCE"),
        _event("police.FirRegistered", identifier("FIR", "BR-PATKOT-2025-0701"), "2025-01-02", 11),
        _event("police.FirRegistered", identifier("FIR", "BR-PATKOT-2025-0702"), "2025-01-02", 12),
        *_interim(),
        _event("court.HearingHeld", cnr, "2025-01-10", 13, fir, event_id=TWICE, purpose="APPEARANCE"),
        _event("court.HearingHeld", cnr, "2025-01-10", 14, fir, event_id=TWICE, purpose="EVIDENCE"),
    ]  # fmt: skip


def _interim() -> list[RawRecord]:
    """One who was let out on interim bail and came back."""
    fir, cnr = identifier("FIR", THIRD), identifier("CNR", "BRPA010005552025")
    pid, one = identifier("PID", "BR-0125-00001"), police_ref(THIRD, "A1")
    party_of = {"ref": party("BRPA010005552025", "1"), "same_as": [one]}
    hold = [{"identifier": fir, "accused": one}]
    return [
        _event("police.FirRegistered", fir, "2025-01-31", 20, accused=[{"ref": one}]),
        _event("prison.Admitted", pid, "2025-02-01", 21, jail="BR-0125", cases=hold),
        _event("court.BailGranted", cnr, "2025-02-10", 22, fir, accused=party_of, bail_kind="INTERIM"),
        _event("prison.InterimReleased", pid, "2025-02-10", 23, jail="BR-0125", cases=hold, until="2025-02-20"),
        _event("prison.Returned", pid, "2025-02-20", 24, jail="BR-0125", cases=hold),
    ]  # fmt: skip


@pytest.fixture(scope="module")
def sangam(postgres: str) -> Iterator[Sangam]:
    """Runs a command of `sangam` on a database with the world above."""
    name = f"reading_{uuid4().hex[:12]}"
    with psycopg.connect(postgres, autocommit=True) as conn:
        conn.execute(f"CREATE DATABASE {name}")
        database = f"{postgres.rpartition('/')[0]}/{name}"
        Ground(database).project_deferred(_records(), 100)

        def run(*words: str, columns: int = 120) -> Result:
            env = {"SANGAM_DATABASE": database, "COLUMNS": str(columns)}
            return CliRunner().invoke(command_line(), words, env=env)

        try:
            yield run
        finally:
            conn.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _text(result: Result) -> str:
    assert result.exception is None, result.exception
    return " ".join(result.stdout.split())


def _refusal(result: Result) -> str:
    assert isinstance(result.exception, UserError)
    return str(result.exception)


pytestmark = pytest.mark.stack


def test_a_status_begins_with_one_sentence_that_says_all_that_matters(sangam: Sangam) -> None:
    found = sangam("case", FIR, "--accused", "A1", "--as-of", "30-01-2025")
    first = _text(found).partition(f" FIR {FIR}")[0]
    assert first == (
        "Rakep Zumal, son of Tolen Zumal, Dorpatola: in jail BR-0124 since 03-01-2025 (27 days); bail was granted on"
        " 24-01-2025 and the release has not followed (no surety); under investigation; the warrant ran out on"
        " 16-01-2025; next hearing 13-02-2025."
    )


@pytest.mark.parametrize("columns", [80, 120])
def test_a_status_tells_every_part_and_keeps_to_the_terminal(sangam: Sangam, columns: int) -> None:
    found = sangam("case", FIR, "--accused", "A1", "--as-of", "2025-01-30", columns=columns)
    text = _text(found)
    for told in (
        "Jail BR-0124; court says BR-0123",
        "Sections BNS 3(5), 303(2)",
        "Held under FIR BR-PATKOT-2025-0123",
        "Adjourned by prosecution 1",
        "Last adjournment 16-01-2025, prosecution, witness absent",
        "Release warrant not recorded",
        "court party 1 in CNR BRPA010001232025",
        "jail prison says BR-0124; court says BR-0123",
        "prison last event 28-01-2025",
    ):
        assert told in text
    assert max(len(line) for line in found.stdout.splitlines()) <= columns


def test_sources_name_the_event_and_what_others_said(sangam: Sangam) -> None:
    text = _text(sangam("case", FIR, "--accused", "A1", "--sources"))
    assert f"↳ court.BailGranted, court: happened 24-01-2025, recorded 24-01-2025 20:00 [{BAIL}]" in text
    assert "↳ court says BR-0123 — court.RemandOrdered, court: happened 03-01-2025" in text
    assert "↳" not in _text(sangam("case", FIR, "--accused", "A1"))


def test_several_accused_have_a_sentence_each(sangam: Sangam) -> None:
    text = _text(sangam("case", FIR))
    assert "A1 Rakep Zumal" in text
    assert "A2 Mivan Dorpal, child of Sutel Dorpal: not in custody in this case" in text


def test_a_prisoner_is_shown_in_his_cases_by_any_spelling(sangam: Sangam) -> None:
    assert "Rakep Zumal" in _text(sangam("case", PID))
    assert _text(sangam("case", f"PID:{PID}")) == _text(sangam("case", PID))
    assert "Mivan Dorpal" not in _text(sangam("case", PID))


def test_one_who_came_back_from_interim_bail_is_not_told_to_wait_for_his_release(sangam: Sangam) -> None:
    text = _text(sangam("case", THIRD))
    assert "in jail BR-0125 since 20-02-2025" in text
    assert "bail granted (interim)" in text
    assert "release has not followed" not in text
    assert "still inside" not in text


def test_hindi_names_and_labels(sangam: Sangam) -> None:
    text = _text(sangam("case", FIR, "--accused", "A1", "--lang", "hi"))
    assert text.startswith("राकेप ज़ुमल, पिता Tolen Zumal")
    assert "भारतीय न्याय संहिता 2023 की धारा 3(5), 303(2)" in text
    assert "अभिरक्षा" in text


def test_several_files_are_listed(sangam: Sangam) -> None:
    text = _text(sangam("case", "BRPA010007772025"))
    assert "sangam case FIR:BR-PATKOT-2025-0701 sangam case FIR:BR-PATKOT-2025-0702" in text


def test_as_of_a_day_before_the_grant_there_is_no_bail(sangam: Sangam) -> None:
    before = orjson.loads(sangam("case", FIR, "--as-of", "2025-01-20", "--json").stdout)
    after = orjson.loads(sangam("case", FIR, "--as-of", "2025-01-24", "--json").stdout)
    assert [answer["status"][0]["bail"]["state"] for answer in (before, after)] == ["NONE", "GRANTED"]


def test_known_at_a_moment_before_anything_came_nothing_is_known(sangam: Sangam) -> None:
    assert "nothing is known under FIR:" in _refusal(sangam("case", FIR, "--known-at", "2025-01-01"))


def test_json_of_a_case_is_the_answer_of_the_api_for_the_accused_asked_for(sangam: Sangam) -> None:
    answer = orjson.loads(sangam("case", FIR, "--accused", "A2", "--json").stdout)
    assert answer["root"] == f"FIR:{FIR}"
    assert [status["accused"] for status in answer["status"]] == [f"CCTNS_CODE:FIR:{FIR}:A2"]
    assert answer["file"]["kind"] == "CASE"


def test_the_board_pages_without_loss_and_filters(sangam: Sangam) -> None:
    whole = orjson.loads(sangam("undertrials", "--json").stdout)
    seen: list[Json] = []
    cursor: list[str] = []
    while True:
        page = orjson.loads(sangam("undertrials", "--json", "--limit", "1", *cursor).stdout)
        seen += page["undertrials"]
        if page["next"] is None:
            break
        cursor = ["--after", page["next"]]
    assert seen == whole["undertrials"]
    assert [row["jail"] for row in seen] == ["BR-0124", "BR-0123", "BR-0123", "BR-0123", "BR-0125"]
    granted = orjson.loads(sangam("undertrials", "--json", "--bail", "granted").stdout)["undertrials"]
    # He of BR-0125 is back from interim bail: nobody waits for his release.
    assert [row["jail"] for row in granted] == ["BR-0124"]


@pytest.mark.parametrize("columns", [80, 120])
def test_the_board_shows_who_where_and_why(sangam: Sangam, columns: int) -> None:
    found = sangam("undertrials", "--jail", "BR-0124", columns=columns)
    text = _text(found)
    assert "Rakep Zumal" in text
    assert FIR in text
    assert "BR-0123 " not in text
    assert max(len(line) for line in found.stdout.splitlines()) <= columns


def test_the_cursor_is_shown_in_one_piece(sangam: Sangam) -> None:
    cursor = orjson.loads(sangam("undertrials", "--json", "--limit", "2").stdout)["next"]
    assert f"--after {cursor}\n" in sangam("undertrials", "--limit", "2", columns=80).stdout


def test_an_event_with_two_contents_shows_both_and_which_counts(sangam: Sangam) -> None:
    text = _text(sangam("event", TWICE))
    assert "Counts yes" in text
    assert "Another event with other content has this id" in text
    contents = orjson.loads(sangam("event", TWICE, "--json").stdout)["contents"]
    assert [content["effective"] for content in contents] == [True, False]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("case", "rubbish"), "for example FIR:BR-PATKOT-2025-0123"),
        (("case", "BR-PATKOT-2025-0999"), "nothing is known under FIR:BR-PATKOT-2025-0999"),
        (("case", "BR-PATKOT-2025-0125"), "is FIR:BR-PATKOT-2025-0123 or FIR:BR-PATKOT-2025-0124"),
        (("case", FIR, "--accused", "A9"), "--accused is one of A1, A2"),
        (("case", FIR, "--as-of", "yesterday"), "not a day: write 24-11-2026"),
        (("event", "27"), "not an event id"),
        (("event", str(uuid4())), "no event of the id"),
        (("undertrials", "--bail", "maybe"), "NONE, APPLIED, GRANTED"),
        (("undertrials", "--after", "here"), "take `next` of the page before"),
    ],
)
def test_what_cannot_be_answered_says_what_to_do(sangam: Sangam, words: tuple[str, ...], says: str) -> None:
    assert says in _refusal(sangam(*words))


def test_the_api_refuses_to_listen_where_others_can_reach_it(
    sangam: Sangam, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SANGAM_API_HOST", "0.0.0.0")
    assert "loopback" in _refusal(sangam("serve"))
