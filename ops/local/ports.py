"""Free ports on loopback, outside the range from which the kernel takes ports for outgoing connections.

A port from that range may be taken by any program's next connection while a part is down for a moment.
"""

import random
import socket
import time

_LOWEST, _HIGHEST = 20000, 32000


def is_free(port: int, patience: float = 0.0) -> bool:
    """Whether a server could listen on this port of 127.0.0.1 now, or so many seconds later."""
    until = time.monotonic() + patience
    while not _can_bind(port):
        if time.monotonic() >= until:
            return False
        time.sleep(0.05)
    return True


def _can_bind(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def free_port() -> int:
    """A port on which nobody listens; at random, so that two stacks that start at once hardly ever meet."""
    choice = random.SystemRandom()
    while not is_free(port := choice.randrange(_LOWEST, _HIGHEST)):
        pass
    return port


def is_open(port: int) -> bool:
    """Whether something accepts connections there."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
    except OSError:
        return False
