"""The files: what the departments' events come to, one document a root.

Pure. A fold reads no clock, no database and no law; the same members in sort order give the same bytes, whatever
the order and the batches in which they arrived.
"""
