"""Serves an N-Triples file with rdflib-endpoint; started by bench_sparql.py with the peers' own Python.

    rdflib_peer.py FILE PORT

Reads lines from its standard input: at "start" it forks a server, at "stop" it kills it, so that a
query that never ends costs a fork and not a new load. Says "ready" after loading and after each.
"""

import gc
import os
import signal
import sys
import warnings
from pathlib import Path


def serve(graph: "object", port: int) -> None:
    """Answer until killed."""
    import uvicorn
    from rdflib_endpoint import SparqlEndpoint

    devnull = os.open(os.devnull, os.O_RDWR)
    os.dup2(devnull, 0)
    uvicorn.run(SparqlEndpoint(graph=graph), host="127.0.0.1", port=port, log_level="critical")


def main() -> None:
    """Load the file, then obey."""
    import rdflib

    warnings.simplefilter("ignore")
    graph = rdflib.Graph()
    graph.parse(Path(sys.argv[1]), format="nt")
    gc.freeze()
    child = 0
    print("ready", flush=True)
    for line in sys.stdin:
        if child:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            child = 0
        if line.strip() == "start" and (child := os.fork()) == 0:
            serve(graph, int(sys.argv[2]))
            os._exit(0)
        print("ready", flush=True)
    if child:
        os.kill(child, signal.SIGKILL)


if __name__ == "__main__":
    main()
