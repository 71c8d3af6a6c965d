"""Names by their sound, in Devanagari and Latin letters: keys to look them up by, and how alike two names are. Pure."""
