"""Files of offices: every row is answered for, the same file is harmless, what is wrong is set aside whole."""

from __future__ import annotations

import json
import stat
from datetime import datetime, timedelta
from pathlib import Path

import openpyxl
import pytest

from connectors.filedrop.encodings import EncodingError
from connectors.filedrop.memory import Memory
from connectors.filedrop.tables import FileError
from connectors.outbox.store import Outbox
from ops.base.clock import FixedClock
from tests.connectors.filedrop.office import FSL_ROWS, Office, csv_text, office, read_report


@pytest.fixture
def lab(tmp_path: Path) -> Office:
    return office(tmp_path, "fsl-reports.toml")


def written(folder: Path, text: str, encoding: str = "utf-8", name: str = "reports.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


BOTH = [
    ("forensics.ReportIssued", "FSL_NO:BR-FSLPAT-2025-00123"),
    ("forensics.ReportIssued", "FSL_NO:BR-FSLPAT-2025-00124"),
]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table_is_read_in_whatever_encoding_and_with_whatever_delimiter(
    lab: Office, tmp_path: Path, encoding: str, delimiter: str
) -> None:
    taken = lab.take(written(tmp_path, csv_text(FSL_ROWS, delimiter=delimiter), encoding))
    assert (taken.rows, taken.events, taken.aside, taken.encoding) == (2, 2, 0, None)
    assert lab.kept() == BOTH


def test_a_legacy_encoding_is_read_and_said_so(lab: Office, tmp_path: Path) -> None:
    row = ("BR/FSLPAT/2025/123", "R–1 “copy”", "31-01-2025", "Kotwali", "123", "2025", "Positive")
    taken = lab.take(written(tmp_path, csv_text([row]), "cp1252"))
    assert taken.events == 1
    assert taken.encoding is not None
    assert "Windows-1252" in taken.encoding.english
    assert "हिंदी" in taken.encoding.hindi


def test_bytes_of_no_encoding_are_refused_with_what_to_do(lab: Office, tmp_path: Path) -> None:
    path = tmp_path / "reports.csv"
    path.write_bytes(b"Lab No,\x81\x8d\n\xff")
    with pytest.raises(EncodingError, match="save it as"):
        lab.take(path)


def test_the_same_file_again_makes_no_event_nor_does_a_copy_of_it(lab: Office, tmp_path: Path) -> None:
    path = written(tmp_path, csv_text(FSL_ROWS))
    lab.take(path)
    lab.at += timedelta(days=3)
    again = lab.take(written(tmp_path, csv_text(FSL_ROWS), name="copy.csv"))
    assert (again.events, again.seen_before) == (0, True)
    assert [done.known for done in lab.answers] == [1, 1]
    assert len(lab.kept()) == 2
    assert [line["स्थिति / Status"] for line in read_report(tmp_path / "copy.csv")] == [
        "पहले से है / UNCHANGED"
    ] * 2


def test_an_old_file_after_a_newer_one_takes_nothing_back(lab: Office, tmp_path: Path) -> None:
    old = written(tmp_path, csv_text(FSL_ROWS), name="monday.csv")
    corrected = (*FSL_ROWS[0][:6], "Inconclusive")
    new = written(tmp_path, csv_text([corrected, FSL_ROWS[1]]), name="tuesday.csv")
    lab.take(old)
    lab.at += timedelta(days=1)
    assert lab.take(new).events == 1
    lab.at += timedelta(days=1)
    assert lab.take(old).events == 0


def test_only_the_row_that_was_corrected_is_sent_again(lab: Office, tmp_path: Path) -> None:
    wrong = (*FSL_ROWS[1][:2], "31-02-2025", *FSL_ROWS[1][3:])
    assert lab.take(written(tmp_path, csv_text([FSL_ROWS[0], wrong]))).aside == 1
    lab.at += timedelta(hours=1)
    right = lab.take(written(tmp_path, csv_text(FSL_ROWS)))
    assert (right.events, right.aside) == (1, 0)
    assert lab.kept() == BOTH


def test_a_crash_between_the_outbox_and_the_memory_doubles_nothing(
    lab: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path, csv_text(FSL_ROWS))
    with monkeypatch.context() as patch, lab.drop() as drop:
        patch.setattr(Memory, "remember", _crash)  # the process ends before it remembers
        with pytest.raises(KeyboardInterrupt):
            drop.take(path, lambda _: None)
    assert len(lab.kept()) == 2
    lab.at += timedelta(minutes=5)
    assert lab.take(path).events == 0
    assert len(lab.kept()) == 2


def _crash(*_: object) -> None:
    raise KeyboardInterrupt


def test_bad_rows_are_set_aside_whole_and_the_rest_goes_through(lab: Office, tmp_path: Path) -> None:
    rows = [
        FSL_ROWS[0],
        ("BR/FSLPAT/2025/125", "R-3", "32-01-2025", "Kotwali", "123", "2025", "Positive"),
        ("", "", "31-01-2025", "Kotwali", "123", "2025", "Positive"),
        (*FSL_ROWS[1], "one cell too many"),
        ("BR/FSLPAT/2025/126", "R-4", "31-01-2025", "Kotwali", "123", "2025", "Perhaps"),
    ]
    path = written(tmp_path, csv_text(rows))
    taken = lab.take(path)
    assert (taken.rows, taken.events, taken.aside) == (5, 1, 4)
    aside = [
        json.loads(line) for line in path.with_name("reports.csv.aside.jsonl").read_text("utf-8").splitlines()
    ]
    assert [(one["line"], one["reason"]) for one in aside] == [
        (3, "DATE_UNREADABLE"), (4, "FIELD_MISSING"), (5, "SHAPE_UNKNOWN"), (6, "CODE_UNKNOWN"),
    ]  # fmt: skip
    assert aside[0]["row"]["Lab No"] == "BR/FSLPAT/2025/125"
    assert "one cell too many" in aside[2]["row"]
    assert stat.S_IMODE(path.with_name("reports.csv.aside.jsonl").stat().st_mode) == 0o600


def test_the_report_says_in_both_languages_what_to_do(lab: Office, tmp_path: Path) -> None:
    path = written(tmp_path, csv_text([(*FSL_ROWS[0][:3], "Nowhere", *FSL_ROWS[0][4:])]))
    lab.take(path)
    (line,) = read_report(path)
    assert line["स्थिति / Status"] == "अलग रखा / SET ASIDE"
    assert "police station" in line["What to do"]
    assert "थाना" in line["क्या करें"]
    assert line["खाना / Field"] == "thana"


def test_a_cell_that_a_spreadsheet_would_run_is_written_as_text(lab: Office, tmp_path: Path) -> None:
    path = written(tmp_path, csv_text([("=HYPERLINK(1)", *FSL_ROWS[0][1:])]))
    lab.take(path)
    assert all(
        not str(cell).startswith(("=", "+", "@")) for line in read_report(path) for cell in line.values()
    )


def test_two_rows_that_call_themselves_the_same_and_differ_are_told_apart(
    lab: Office, tmp_path: Path
) -> None:
    other = (*FSL_ROWS[0][:6], "Negative")
    taken = lab.take(written(tmp_path, csv_text([FSL_ROWS[0], FSL_ROWS[0], other])))
    assert (taken.events, taken.aside) == (1, 1)
    assert lab.answers[2].aside[0].field == "row 2"


def test_a_quotation_mark_that_nobody_closed_costs_its_own_row_only(lab: Office, tmp_path: Path) -> None:
    lines = csv_text(FSL_ROWS).splitlines()
    bad = 'BR/FSLPAT/2025/130,"R-9,31-01-2025,Kotwali,123,2025,Positive'
    path = written(tmp_path, "\n".join([lines[0], bad, *lines[1:]]) + "\n")
    taken = lab.take(path)
    assert (taken.rows, taken.events, taken.aside) == (3, 2, 1)
    assert lab.answers[0].aside[0].row == bad
    assert [done.line for done in lab.answers] == [2, 3, 4]


def test_a_file_without_a_column_is_refused_by_its_name(lab: Office, tmp_path: Path) -> None:
    path = written(tmp_path, "Lab No,Report No\n1,2\n")
    with pytest.raises(FileError, match="Report Date"):
        lab.take(path)


def test_json_lines_that_are_no_json_are_set_aside_as_they_stand(lab: Office, tmp_path: Path) -> None:
    row = dict(zip(csv_text([]).strip().split(","), FSL_ROWS[0], strict=True))
    text = json.dumps(row) + "\n{half\n\n[1]\n"
    taken = lab.take(written(tmp_path, text, name="reports.jsonl"))
    assert (taken.rows, taken.events, taken.aside) == (3, 1, 2)
    assert [done.aside[0].row for done in lab.answers if done.aside] == ["{half", [1]]


def test_a_workbook_with_hindi_headings_and_real_dates_is_read(tmp_path: Path) -> None:
    jail = office(tmp_path, "jail-register.toml")
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "बंदी पंजी"
    sheet.append(["आदर्श केंद्रीय कारा"])
    headings = [
        "बंदी संख्या", "कारा", "यू.टी.पी. सं.", "नाम", "पिता का नाम", "आयु", "लिंग", "प्रवेश तिथि", "श्रेणी", "थाना", "कांड सं.",
        "वर्ष", "धारा", "अगली तिथि", "मुक्ति तिथि", "मुक्ति का आधार",
    ]  # fmt: skip
    sheet.append(headings)
    sheet.append(
        ["0123-45678", "आदर्श केंद्रीय कारा", 456, "मोहन प्याव्रो", "शिव प्याव्रो", 34.0, "पुरुष",
         datetime(2025, 2, 2), "विचाराधीन",
         "कोतवाली", 123, 2025, "धारा 103(1) भा.न्या.सं.", datetime(2025, 2, 16), None, None]
    )  # fmt: skip
    sheet.append([None] * 16)
    path = tmp_path / "inmates.xlsx"
    book.save(path)
    taken = jail.take(path)
    assert (taken.rows, taken.events, taken.aside) == (1, 1, 0)
    assert jail.kept() == [("prison.Admitted", "PID:BR-0123-45678")]


def test_a_file_that_is_no_workbook_is_refused_with_what_to_do(tmp_path: Path) -> None:
    jail = office(tmp_path, "jail-register.toml")
    with pytest.raises(FileError, match="xlsx"):
        jail.take(written(tmp_path, "no workbook", name="inmates.xlsx"))


def test_every_event_of_a_file_has_its_number_without_a_gap(lab: Office, tmp_path: Path) -> None:
    rows = [
        (f"BR/FSLPAT/2025/{n}", "R", "31-01-2025", "Kotwali", "1", "2025", "Positive") for n in range(1, 451)
    ]
    lab.take(written(tmp_path, csv_text(rows)))
    with Outbox(tmp_path / "outbox", FixedClock(lab.at)) as outbox, outbox.database.reading() as conn:
        numbers = [seq for (seq,) in conn.execute("SELECT seq FROM event ORDER BY seq")]
    assert numbers == list(range(1, 451))
