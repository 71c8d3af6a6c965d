"""The read-only HTTP API: questions asked by address, answers in JSON, errors as problems (RFC 9457).

It listens on loopback alone: who may read what is not decided here yet, so nobody but this machine's users may ask.
"""
