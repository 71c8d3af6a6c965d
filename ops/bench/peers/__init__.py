"""What people would use instead, doing the same work on the same broker and database, in one run with the hub.

Each runs in the environment that requirements/bench.txt locks (`environment.py`), in a process of its own, as its
documentation shows it: its own state, its own way into PostgreSQL. And again as the mere carrier of our batch function.
"""
