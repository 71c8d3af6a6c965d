"""What people ask of the hub, and the answers: one place for the API, the command line and whatever comes.

Knows the store and the folds; knows nothing of HTTP or of terminals. Every question is a function of a Reader, so that
all parts of an answer come from one moment.
"""
