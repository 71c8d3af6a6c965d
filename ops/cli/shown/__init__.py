"""Answers as people read them in a terminal: words, sheets of labelled lines, boards. Pure: values in, Rich out."""
