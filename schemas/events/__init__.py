"""Types of the events and their records, of all departments. Generated from the `.avsc` files: do not edit.

Write it anew with `python -m schemas.generate`. A field's meaning is its `doc` in the `.avsc` file.
"""

from schemas.events.citizen import *  # noqa: F403
from schemas.events.common import *  # noqa: F403
from schemas.events.court import *  # noqa: F403
from schemas.events.cyber import *  # noqa: F403
from schemas.events.economic import *  # noqa: F403
from schemas.events.emergency import *  # noqa: F403
from schemas.events.excise import *  # noqa: F403
from schemas.events.forensics import *  # noqa: F403
from schemas.events.hub import *  # noqa: F403
from schemas.events.legalaid import *  # noqa: F403
from schemas.events.police import *  # noqa: F403
from schemas.events.prison import *  # noqa: F403
from schemas.events.probation import *  # noqa: F403
from schemas.events.prosecution import *  # noqa: F403
