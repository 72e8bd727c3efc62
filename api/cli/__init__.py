"""The command line: ``kopru``.

``main`` finds the language first, so that help and errors are in it; it is the one place
where an error becomes a sentence on stderr and an exit code: 0 done, 1 the work failed,
2 wrong usage, 130 stopped with Ctrl-C.
"""

import sys
from io import TextIOWrapper

__all__ = ["main"]


def main() -> None:
    """Run the command that was typed and exit."""
    from api.cli.run import run

    for stream in (sys.stdout, sys.stderr):
        # A screen that has no ş shows a question mark rather than a trace.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    sys.exit(run(sys.argv[1:]))
