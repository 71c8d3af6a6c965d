"""Who is it that asks: tokens of an OpenID Connect issuer, sessions, grants, and limits on trying.

The issuer says who somebody is. What he may do the hub's own administrator has granted (grants.py): a role in a token
is not looked at.
"""
