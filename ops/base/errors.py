"""The errors that are told to a person as they are."""


class UserError(Exception):
    """Its text says what happened and what to do, in words for the person who typed the command.

    The command line prints it without a traceback and exits with 1. It carries no personal data.
    """
