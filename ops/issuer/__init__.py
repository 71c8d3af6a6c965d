"""The development issuer: an OpenID Connect provider on this machine where anybody may be anybody.

For `make demo` and tests. It asks for no password, says so on its page, and refuses to start off loopback.
"""
