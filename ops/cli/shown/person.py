"""The words that the web and the terminal share."""

from projections.shown.person import name_of as name_of
