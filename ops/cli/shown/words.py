"""The words that the web and the terminal share."""

from projections.shown.words import Words as Words
