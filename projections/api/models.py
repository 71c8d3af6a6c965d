"""The answers' forms, for OpenAPI. projections.questions writes the bytes; tests hold the two together."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field


class _Exact(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Reach(_Exact):
    """How far one department's data reach."""

    records: int = Field(description="records stored of its topic")
    appended_at: datetime | None = Field(description="when the broker took in the newest of them")


class FileAnswer(_Exact):
    """One file, as stored, with the full status of each accused and what is said of the persons."""

    identifier: str
    root: str = Field(description="what the file is named by", examples=["FIR:BR-PATKOT-2025-0123"])
    day: date = Field(description="the day for which the statuses were worked out")
    file: dict[str, Any] = Field(description="the stored bytes as they are")
    status: list[dict[str, Any]] = Field(description="one an accused; every Fact names its event")
    descriptions: dict[str, dict[str, Any]] = Field(description="reference to an accused -> part -> Fact")
    as_of_departments: dict[str, Reach]


class ClocksOfAccused(_Exact):
    """The law's clocks of one accused, or of the case itself (`accused` empty)."""

    root: str
    accused: str
    references: list[str]
    other_cases: list[dict[str, Any]] = Field(
        description="other cases under which a jail holds the same prisoner"
    )
    clocks: list[dict[str, Any]] = Field(
        description="as docs/law.md says; with status, days left and sentences"
    )


class ClocksAnswer(_Exact):
    """The law's clocks of a case on a day."""

    identifier: str
    root: str
    day: date
    accused: list[ClocksOfAccused]
    descriptions: dict[str, dict[str, Any]] = Field(description="reference to an accused -> part -> Fact")
    as_of_departments: dict[str, Reach]


class FileOfMany(_Exact):
    """One of several files."""

    root: str
    path: str = Field(description="where to ask for it", examples=["/cases/FIR:BR-PATKOT-2025-0123"])


class SeveralAnswer(_Exact):
    """The identifier leads to several cases."""

    identifier: str
    files: list[FileOfMany]
    as_of_departments: dict[str, Reach]


class Person(_Exact):
    """What the departments say of a person; what is not said is absent."""

    name: str | None = None
    name_native: str | None = None
    relative_name: str | None = None
    relation: str | None = None
    village: str | None = None
    gender: str | None = None
    age_stated: int | None = None


class Undertrial(_Exact):
    """Who is in jail in a case that is not decided."""

    root: str
    accused: str
    fir: str | None
    cnr: str | None
    pid: str | None
    jail: str | None
    court: str | None
    police_station: str | None
    district: str | None
    since: date
    sections: list[str]
    sections_stage: str | None
    stage: str
    bail_state: str
    bail_kind: str | None
    bail_granted_on: date | None
    not_released_reason: str | None
    last_hearing: date | None
    next_hearing: date | None
    warrant_valid_to: date | None
    until_trial_ends: bool
    prosecutor: str | None
    conflicts: int
    incomplete: bool
    joined: bool
    person: Person
    days_inside: int


class UndertrialPage(_Exact):
    """One page; `next` goes into `after` for the page after it."""

    undertrials: list[Undertrial]
    next: str | None
    day: date
    as_of_departments: dict[str, Reach]


class AlarmRow(_Exact):
    """An alarm that stands: a date of the law that comes near, is there, or has passed."""

    id: UUID
    rule: str
    law: str
    stage: Literal["RAISED", "DUE_SOON", "DUE", "LAPSED"]
    lead: int | None = Field(
        description="days from its day to the due date; negative where it is repeated after it"
    )
    due_date: date
    accrues_on: date | None
    days_left: int = Field(description="to the due date, on the day of asking; negative after it")
    start_event: str
    start_date: date | None
    root: str
    files: list[str]
    accused: str | None = Field(description="his id in the file; null where the clock is the case's")
    written_as: str = Field(description="the reference by which the start event names him")
    pid: str | None
    person: Person
    sensitivity: str
    flags: list[str]
    reasons: list[str]
    missing: list[str]
    late: list[str] = Field(description="departments whose data did not reach the due moment")
    text_en: str
    text_hi: str
    inputs: dict[str, Any]
    raised_at: datetime


class AlarmRows(_Exact):
    """One page; `next` goes into `after` for the page after it."""

    alarms: list[AlarmRow]
    next: str | None
    day: date
    as_of_departments: dict[str, Reach]


class ReceiptRow(_Exact):
    """What became of one record that came under an id, or that none came."""

    event_id: str
    state: Literal["VISIBLE", "REPLACED", "REFUSED", "NOT_COME"]
    type: str
    source: str
    source_epoch: int | None
    source_seq: int | None
    source_record: str
    topic: str
    known_at: datetime | None = Field(description="when the broker took it in first")
    files: list[str] = Field(description="in which it is visible")
    alias_of: str = Field(description="the id under which the same content stands")
    reason: str | None
    detail: str | None
    meaning: str | None = Field(description="what the reason means, and what to do")


class ReceiptRows(_Exact):
    """In the order asked."""

    receipts: list[ReceiptRow]


class Titled(_Exact):
    """A title in English and in Hindi."""

    en: str
    hi: str


class BoardColumn(_Exact):
    """A column of a board; the type is the database's: text, date, timestamptz, int4, int8, bool, text[]."""

    name: str
    type: str
    title: Titled


class BoardPart(_Exact):
    """An order of a board, or what is reckoned for each row on the day of reading."""

    name: str
    title: Titled


class BoardFilter(_Exact):
    """By what a board is narrowed: IS a code; YES and PASSED take yes or no; BY takes a day."""

    name: str
    how: Literal["IS", "YES", "BY", "PASSED"]
    title: Titled


class BoardDeclared(_Exact):
    """What may be asked of a board."""

    name: str
    title: Titled
    columns: list[BoardColumn]
    reckoned: list[BoardPart]
    filters: list[BoardFilter]
    sorts: list[BoardPart]


class BoardRows(_Exact):
    """One page of a board; `next` goes into `after` for the page after it."""

    board: str
    rows: list[dict[str, Any]]
    next: str | None
    day: date
    as_of_departments: dict[str, Reach]


class WhyNot(BaseModel):
    """Why an event counts for nothing."""

    reason: str
    meaning: str
    instead: list[UUID] | None = Field(default=None, description="the events that stand in its place")


class EventContent(_Exact):
    """One content that came under the id."""

    event: dict[str, Any] = Field(
        description="the event in plain form, as `sangam publish` reads it, without salts"
    )
    digest: str
    topic: str
    known_at: datetime = Field(description="since when the hub knows it")
    effective: bool
    why_not: WhyNot | None
    files: list[str] = Field(description="roots of the files that it is in")


class AsideContent(_Exact):
    """A record that was set aside under the id."""

    reason: str
    meaning: str
    detail: str
    type: str | None
    topic: str
    known_at: datetime


class EventAnswer(_Exact):
    """Everything that came under an event's id; the content that stands comes first."""

    event_id: UUID
    contents: list[EventContent]
    set_aside: list[AsideContent]


class Health(_Exact):
    """The hub can be asked."""

    status: Literal["ok"]
    generation: str
    as_of_departments: dict[str, Reach]
