"""Who may read what, about whom, and why. Pure: no database, no web, no clock; a lawyer can review `roles/`.

A read is allowed to an actor in a role, for a purpose of a closed list, about records to which the actor's office
stands in a relation that the events themselves tell (`relations.py`). What is then shown is cut to the role
(`redact.py`). The second wall, in the database, is store/ddl/000_access.sql and who_may_read.sql.
"""
