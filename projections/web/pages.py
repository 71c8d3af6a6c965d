"""How a page is made: template, language, who is signed in; and what every page says to the browser.

The browser is told to run no script, load nothing from elsewhere, show the page in no frame and keep no copy.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote, urlsplit

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment, PackageLoader, StrictUndefined

from projections.access.roles import ROLES
from projections.api.caller import House, Unknown, by_session, limited
from projections.boards import DECLARED
from projections.shown.words import identifier
from projections.signin.sessions import Session
from projections.web.words import LANGUAGES, Language, Speech, language_of, translations

_POLICY: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none';"
    " frame-ancestors 'none'"
)
HEADERS: Final = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class SignInNeeded(Exception):
    """The page is for somebody who is signed in."""


class Forged(Exception):
    """A form did not bring back the token that it was given."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks at a page, and in which language."""

    speech: Speech
    session: Session | None


class Pages:
    """Makes pages."""

    def __init__(self, house: House) -> None:
        self.house = house
        self._made = {language: _environment(language) for language in LANGUAGES}

    def signed(self, request: Request) -> Session:
        """The session of a request. Raises SignInNeeded, TooMany."""
        session = by_session(self.house, request)
        if session is None:
            raise SignInNeeded
        limited(self.house, session.actor)
        request.state.session = session
        return session

    def form(self, request: Request, session: Session, given: str) -> None:
        """Check that a form is one that we gave to this session. Raises Forged."""
        if not secrets.compare_digest(given.encode(), session.csrf.encode()):
            raise Forged

    def show(self, request: Request, template: str, code: int = 200, **context: Any) -> Response:
        """A page. `session` is that of the request, as `signed` found it."""
        language = language_of(request)
        session: Session | None = getattr(request.state, "session", None)
        made = self._made[language].get_template(template)
        text = made.render(
            speech=Speech.of(language),
            language=language,
            session=session,
            here=_here(request),
            today=self.house.clock.today(),
            menu=_menu(session),
            development=self.house.issuer.url.startswith("http://"),
            **context,
        )
        return HTMLResponse(text, code, headers={**HEADERS, **self._secure()})

    def go(self, where: str) -> Response:
        """Send the browser to another page of ours."""
        return RedirectResponse(where, 303, headers={**HEADERS, **self._secure()})

    def _secure(self) -> dict[str, str]:
        return {"Strict-Transport-Security": "max-age=31536000"} if self.house.secure else {}


def back_of(text: str) -> str:
    """An address of ours to go back to: a path, and nothing that a browser could take for another host."""
    parts = urlsplit(text)
    if (
        parts.scheme
        or parts.netloc
        or not text.startswith("/")
        or text.startswith(("//", "/\\"))
        or "\n" in text
    ):
        return "/"
    return text


def unknown(error: Unknown) -> bool:
    """Whether somebody is to be sent to sign in, and not told off."""
    return error.reason in ("NO_TOKEN", "SESSION")


def _here(request: Request) -> str:
    query = f"?{request.url.query}" if request.url.query else ""
    return request.url.path + query


def _menu(session: Session | None) -> list[str]:
    """The questions that the role may ask, for the links at the top."""
    return [] if session is None else sorted(session.actor.role.questions)


def _environment(language: Language) -> Environment:
    environment = Environment(
        loader=PackageLoader("projections.web"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_translations(translations(language), newstyle=True)  # type: ignore[attr-defined]
    environment.filters["urlpart"] = lambda text: quote(str(text), safe="")
    environment.filters["ident"] = identifier
    place = LANGUAGES.index(language)
    environment.globals["title_of"] = lambda title: title[1 - place]
    environment.globals["role_title"] = lambda code: ROLES[code].title[1 - place]
    environment.globals["listings"] = DECLARED
    return environment
