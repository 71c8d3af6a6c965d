"""The record of reads: who asked what, why, and what was shown.

A chain of hashes, appended to before an answer leaves.
"""
