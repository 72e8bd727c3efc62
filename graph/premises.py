"""What the rules work on: a copy of the merge without what was derived before.

Each rule sees the results of those before it and none those of an earlier publish, so that what no
longer follows is not kept by what followed from it.
"""

from collections.abc import Iterable
from pathlib import Path
from shutil import copyfileobj

import pyoxigraph as ox

from graph.bulk import load_statements
from graph.merge import Canonical, GraphName, merge_of, read_canonical

__all__ = ["Premises"]

_FORMAT = ox.RdfFormat.N_TRIPLES
_MERGE = ox.DefaultGraph()


class Premises:
    """The copy, and what was concluded from it so far.

    Parameters
    ----------
    database
        The staged database.
    conclusions
        The named graph of what is derived: here it holds what is concluded, in the staged database what
        was before.
    others
        Further graphs that are left out.
    scratch
        An empty folder for files.
    on_disk
        Keep the copy in ``scratch``. In memory (350 bytes a statement) a small one is made three
        times as fast.
    """

    def __init__(
        self, database: ox.Store, conclusions: ox.NamedNode, others: Iterable[ox.NamedNode],
        scratch: Path, *, on_disk: bool,
    ) -> None:  # fmt: skip
        self.store = ox.Store(str(scratch / "premises")) if on_disk else ox.Store()
        self.on_disk = on_disk
        #: N-Triples with all conclusions, some of them twice.
        self.conclusions = scratch / "conclusions.nt"
        self._graph_name = conclusions
        self._file = scratch / "statements.nt"
        canonical = read_canonical(database)
        names = [name for name in database.named_graphs() if name not in {conclusions, *others}]
        for name in names:
            if name not in canonical.exempt:
                self._copy(database, name)
        self._put_canonical(canonical)
        for name in names:
            if name in canonical.exempt:
                self._copy(database, name)

    def conclude(self, rule: str, base: str) -> None:
        """Add what one rule gives.

        Raises
        ------
        TypeError
            The rule is no CONSTRUCT query.
        """
        triples = self.store.query(rule, base_iri=base)
        if not isinstance(triples, ox.QueryTriples):
            raise TypeError("a rule must be a CONSTRUCT query")
        triples.serialize(str(self._file), _FORMAT)
        self._load()

    def add(self, triples: Iterable[ox.Triple]) -> None:
        """Add conclusions that no rule makes; the same one may come twice."""
        with self._file.open("w", encoding="utf-8") as file:
            file.writelines(f"{triple} .\n" for triple in triples)
        self._load()

    def _load(self) -> None:
        for target in (_MERGE, self._graph_name):
            load_statements(self.store, self._file, target)
        with self._file.open("rb") as new, self.conclusions.open("ab") as conclusions:
            copyfileobj(new, conclusions)

    def _copy(self, database: ox.Store, name: GraphName) -> None:
        database.dump(str(self._file), format=_FORMAT, from_graph=name)
        load_statements(self.store, self._file, _MERGE)

    def _put_canonical(self, canonical: Canonical) -> None:
        """Put the canonical IRIs where the merge has them."""
        strays = {
            quad
            for alias in canonical.images
            if isinstance(alias, ox.NamedNode)
            for pattern in ((alias, None, None, _MERGE), (None, None, alias, _MERGE))
            for quad in self.store.quads_for_pattern(*pattern)
        }
        for quad in strays:
            self.store.remove(quad)
        self.store.extend(merge_of(strays, canonical))
