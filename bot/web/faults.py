"""A fault in, what may be written of it into the log out: where it was raised, and never its message.

The message of a fault may hold what somebody asked.
"""

import logging
import sys
from traceback import format_tb

_LOG = logging.getLogger(__name__)


def tell_where(*_: object) -> None:
    """Write into the log where the fault that is handled was raised; called as `traceback.print_exc` is."""
    error = sys.exception()
    if error is not None:
        _LOG.error("An event failed (%s):\n%s", type(error).__name__, "".join(format_tb(error.__traceback__)))
