"""Every role, by code. A new role: a module here or a line in one, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from projections.access.role import Role
from projections.access.roles import (
    aid,
    courts,
    government,
    hub,
    laboratory,
    police,
    prison,
    probation,
    prosecution,
    services,
)

ROLES: Final[Mapping[str, Role]] = {
    role.code: role
    for module in (
        prison,
        prosecution,
        police,
        courts,
        probation,
        aid,
        laboratory,
        services,
        government,
        hub,
    )
    for role in module.ROLES
}
