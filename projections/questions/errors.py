"""Why a question gets no answer. The texts are for the person who asked and repeat nothing of what is stored."""

from __future__ import annotations

from ops.base.errors import UserError


class NotUnderstood(UserError):
    """The question itself cannot be read: an identifier, a day, a cursor. Says what was expected."""


class NotFound(UserError):
    """The question is sound, and the hub knows of nothing under it."""


class Unavailable(UserError):
    """The hub cannot answer just now. Says what to do; asking again may help."""
