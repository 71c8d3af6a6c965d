"""Who can be chosen at the development issuer, and what each is granted: one for each role, of a district's offices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from projections.access.roles import ROLES
from projections.audit.log import Clerk
from projections.signin.grants import grant

#: The web's own client, and one system of a department that signs in without a person.
WEB, SYSTEM = "sangam-web", "jail-system"


@dataclass(frozen=True, slots=True)
class Person:
    """One who can be chosen; no name, as none is needed."""

    subject: str
    title: tuple[str, str]
    role: str


def people() -> list[Person]:
    """One for each role that signs in."""
    return [
        Person(code.lower().replace("_", "-"), role.title, code)
        for code, role in ROLES.items()
        if code != "CITIZEN"
    ]


def grant_all(clerk: Clerk, issuer: str, offices: Mapping[str, Iterable[str]]) -> None:
    """Grant each person his role, from the offices of its kinds: kind of relation -> codes."""
    for person in people():
        about = ROLES[person.role].about
        held = [f"{kind}:{code}" for kind in sorted(about) for code in offices.get(kind, ())]
        if held or not about:
            grant(clerk, "development", issuer, person.subject, person.role, held)
    jails = [f"JAIL:{code}" for code in offices.get("JAIL", ())]
    if jails:
        grant(clerk, "development", issuer, SYSTEM, "JAIL_SUPERINTENDENT", jails)
