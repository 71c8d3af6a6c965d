"""The API's and the web's house put together from settings: doors of the database, issuer, sessions, desk."""

from __future__ import annotations

import psycopg

from ops.base.clock import SystemClock
from ops.base.errors import UserError
from ops.base.settings import Settings
from ops.issuer import serving as development
from ops.issuer.people import WEB
from projections.api.caller import House
from projections.audit.log import Clerk
from projections.desk.asking import Desk
from projections.questions.readers import Readers
from projections.signin.issuer import Client, Issuer
from projections.signin.sessions import Sessions
from projections.signin.tokens import Verifier
from projections.store.doors import doors


def house(settings: Settings, address: str) -> House:
    """The house; `address` is where it listens. Raises UserError: without an issuer, or when the database is away."""
    url, client = _issuer(settings)
    try:
        through = doors(settings.require_database())
    except psycopg.OperationalError as error:
        raise UserError("the database does not answer: look at `sangam status`") from error
    clock = SystemClock()
    clerk, readers = Clerk(through.clerk, clock), Readers(through.reader)
    issuer = Issuer(url, client)
    return House(
        readers, Desk(readers, clerk, clock), Sessions(clerk), Verifier(url, settings.audience, issuer.keys),
        Verifier(url, client.id, issuer.keys), issuer,
        clock, settings.url or address,
    )  # fmt: skip


def issuer_of(settings: Settings) -> str:
    """The issuer's address. Raises UserError where there is none."""
    return _issuer(settings)[0]


def _issuer(settings: Settings) -> tuple[str, Client]:
    if settings.issuer is not None:
        return settings.issuer, Client(settings.client_id, settings.client_secret)
    noted = development.noted(settings.home)
    if noted is None:
        raise UserError(
            "who asks must be known: set SANGAM_ISSUER to your OpenID Connect issuer (docs/access.md), or start the "
            "development issuer with `sangam issuer`"
        )
    return noted.url, Client(WEB, noted.clients[WEB])
