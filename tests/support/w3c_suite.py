"""The W3C's SPARQL 1.0 and 1.1 tests, read from their archive as cases.

Read in memory: nothing is unpacked. Every file has the address at which the W3C publishes it,
so that what is relative in data, queries and results is resolved as it is meant.
"""

import os
import re
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urljoin

import pyoxigraph as ox

REFERENCE = Path(os.environ.get("KOPRU_REFERENCE_DATA", Path(__file__).parents[3] / "shared"))
ARCHIVE = REFERENCE / "w3c" / "sparql-tests.tar.gz"
#: Where the W3C publishes what is in the archive.
HOME = "https://w3c.github.io/rdf-tests/"

#: Folders of what is no part of the query service: inference, other servers, updates, graph store.
APART = frozenset({
    "entailment", "service", "syntax-fed", "add", "basic-update", "clear", "copy", "delete", "delete-data",
    "delete-insert", "delete-where", "drop", "move", "syntax-update-1", "syntax-update-2", "update-silent",
    "graph-store-protocol", "http-rdf-update",
})  # fmt: skip

_MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
_QT = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
_UT = "http://www.w3.org/2009/sparql/tests/test-update#"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_FROM = re.compile(r"\bFROM\s+(?:NAMED\s+)?<([^>]*)>", re.IGNORECASE)
_UPDATE = re.compile(r"/protocol#\w*update")
_BASE = re.compile(r"^\s*BASE\b", re.IGNORECASE | re.MULTILINE)
RDF_FORMATS = {"ttl": ox.RdfFormat.TURTLE, "rdf": ox.RdfFormat.RDF_XML, "nt": ox.RdfFormat.N_TRIPLES}

Term = ox.NamedNode | ox.BlankNode


@dataclass(frozen=True)
class Case:
    """One case: ``name`` is ``suite/folder#name``; addresses are those of files in the archive.

    ``default`` lists the files of the default graph; ``named`` pairs the name of a graph with
    its file; ``result`` is empty when the case is about syntax alone.
    """

    name: str
    kind: str
    query: str = ""
    result: str = ""
    default: tuple[str, ...] = ()
    named: tuple[tuple[str, str], ...] = ()
    is_lax: bool = False

    @property
    def text(self) -> str:
        """The query with a BASE where it has none: the protocol doesn't tell a server its address."""
        text = read_file(self.query).decode()
        return text if _BASE.search(text) or not self.result else f"BASE <{self.query}>\n{text}"


class Manifest:
    """One manifest as a graph that is asked for values."""

    def __init__(self, address: str) -> None:
        self._store = ox.Store()
        self._store.load(read_file(address), ox.RdfFormat.TURTLE, base_iri=address)
        self.root = ox.NamedNode(address)

    def values(self, subject: Term, predicate: str) -> list[ox.NamedNode | ox.BlankNode | ox.Literal]:
        """Return the objects of a subject and a predicate."""
        quads = self._store.quads_for_pattern(subject, ox.NamedNode(predicate), None)
        return [quad.object for quad in quads]  # type: ignore[misc]

    def items(self, head: Term) -> Iterator[Term]:
        """Yield the members of a list."""
        while head.value != f"{_RDF}nil":
            yield self.values(head, f"{_RDF}first")[0]  # type: ignore[misc]
            head = self.values(head, f"{_RDF}rest")[0]  # type: ignore[assignment]


@cache
def _files() -> dict[str, bytes]:
    if not ARCHIVE.exists():
        return {}
    with tarfile.open(ARCHIVE) as archive:
        members = [member for member in archive.getmembers() if member.isfile()]
        return {HOME + member.name: archive.extractfile(member).read() for member in members}  # type: ignore[union-attr]


def read_file(address: str) -> bytes:
    """Return a file of the archive by its address."""
    return _files()[address]


@cache
def list_cases() -> tuple[Case, ...]:
    """Return all cases of query, results, protocol and service description, in the W3C's order."""
    manifests = sorted(
        address
        for address in _files()
        if address.endswith("/manifest.ttl") and address.count("/") == HOME.count("/") + 3
    )
    return tuple(
        case
        for address in manifests
        if address.split("/")[-2] not in APART
        for case in _read_manifest(Manifest(address))
        if not _UPDATE.search(case.name)
    )


def _read_manifest(manifest: Manifest) -> Iterator[Case]:
    folder = manifest.root.value.removeprefix(f"{HOME}sparql/").removesuffix("/manifest.ttl")
    for head in manifest.values(manifest.root, f"{_MF}entries"):
        for entry in manifest.items(head):  # type: ignore[arg-type]
            name = f"{folder}#{entry.value.rpartition('#')[2]}"
            yield _read_case(manifest, entry, name)


def _read_case(manifest: Manifest, entry: Term, name: str) -> Case:
    kind = manifest.values(entry, f"{_RDF}type")[0].value.rpartition("#")[2]
    if kind in ("ProtocolTest", "ServiceDescriptionTest"):
        graphs = [_named_graph(manifest, one) for one in manifest.values(entry, f"{_UT}graphData")]  # type: ignore[arg-type]
        return Case(name, kind, named=tuple(graphs))
    action = manifest.values(entry, f"{_MF}action")[0]
    if kind not in ("QueryEvaluationTest", "CSVResultFormatTest"):
        return Case(name, kind, query=action.value)
    query = manifest.values(action, f"{_QT}query")[0].value  # type: ignore[arg-type]
    named = [_named_graph(manifest, one) for one in manifest.values(action, f"{_QT}graphData")]  # type: ignore[arg-type]
    default = tuple(one.value for one in manifest.values(action, f"{_QT}data"))  # type: ignore[arg-type]
    if not named and not default:
        # The dataset is what the query itself names.
        addresses = {urljoin(query, iri) for iri in _FROM.findall(read_file(query).decode())}
        named = [(address, address) for address in sorted(addresses)]
    return Case(
        name, kind, query, manifest.values(entry, f"{_MF}result")[0].value, default, tuple(named),
        is_lax=bool(manifest.values(entry, f"{_MF}resultCardinality")),
    )  # fmt: skip


def _named_graph(manifest: Manifest, node: Term) -> tuple[str, str]:
    """Return name and file of a graph: its address, or a label beside it."""
    files = manifest.values(node, f"{_QT}graph") or manifest.values(node, f"{_UT}graph")
    if not files:
        return node.value, node.value
    return manifest.values(node, f"{_RDFS}label")[0].value, files[0].value


def fill_store(store: ox.Store, case: Case) -> None:
    """Load the data of a case; a file's blank nodes are its own."""
    for address in case.default:
        _load(store, address, ox.DefaultGraph())
    for name, address in case.named:
        _load(store, address, ox.NamedNode(name))


def _load(store: ox.Store, address: str, graph: ox.NamedNode | ox.DefaultGraph) -> None:
    form = RDF_FORMATS[address.rpartition(".")[2]]
    store.load(read_file(address), form, base_iri=address, to_graph=graph)
