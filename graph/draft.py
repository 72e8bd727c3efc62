"""The staged revision: a private copy of the current one that a writer changes and publishes."""

from collections import deque
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph as ox
import rdflib

from graph.backend import Backend
from graph.bulk import load_again, load_first
from graph.derivation import derive, own_digests, program_digest
from graph.digest import (
    compute_digests,
    digest_of_graphs,
    digest_of_statements,
    shift_digest,
)  # fmt: skip
from graph.excerpt import cut_out
from graph.faults import storage_errors
from graph.merge import Subject, replace_graph, statements_of
from graph.publishing import OnStep
from graph.reader import Reader
from graph.rederiving import derive_change
from graph.revision import Revision, RevisionInfo, SourceEntry
from graph.sizes import count_merge
from graph.staged_checks import check_invariants
from graph.terms_ox import from_ox, make_quads, to_rdflib_graph
from graph.validation import ValidationReport, validate
from graph.vanishing import with_vanished
from ontology.iris import Iris
from ontology.messages import Language
from ontology.terms import RDF
from ontology.vocabulary import load_shapes

__all__ = ["ON_DISK_FROM", "WHOLE_UP_TO", "Draft"]

#: Up to so many quads (each statement counts in its graph and in the merge) all is validated: 10 s.
WHOLE_UP_TO = 200_000

_TYPE = ox.NamedNode(str(RDF.type))

#: From so many statements on the rules work on a copy on the disk: slower, and memory doesn't grow with it.
ON_DISK_FROM = 200_000

#: Digests of what this process found to conform: a preview and what it shows being done are checked once.
_CONFORMING: deque[str] = deque(maxlen=8)


class Draft(Reader):
    """What is going to be the next revision; made by ``GraphStore.writer``.

    Nothing of it is seen by readers before ``publish``, and nothing of it is left
    when the writer ends without publishing.

    Parameters
    ----------
    backend
        Where it is published to.
    staging
        An empty folder of the writer's own.
    base
        The current revision, ``None`` in an empty store.
    iris
        The IRIs of the store.
    on_step
        Told at each named point.
    """

    def __init__(
        self, backend: Backend, staging: Path, base: Revision | None, iris: Iris, on_step: OnStep
    ) -> None:
        database = staging / "db"
        if base is not None:
            base.checkpoint(database)
        staged = ox.Store(str(database))
        self._before = staging / "before" if base is not None else None
        if self._before is not None:
            staged.backup(str(self._before))
        super().__init__(staged, iris, backend.path)
        self._database: ox.Store = staged
        self._backend = backend
        self._on_step = on_step
        self._base = base.info if base is not None else None
        self._sources = dict(self._base.sources) if self._base else {}
        self._changed = False
        self._touched: set[Subject] = set()
        self._staging = staging
        self._is_large = False
        #: Digests of our own graphs where they are known without reading these.
        self._own = dict(self._base.own) if self._base else {}
        #: Source -> IRIs of the things that it no longer has, and that were kept.
        self.vanished: dict[str, list[str]] = {}

    def replace_source(
        self,
        name: str,
        rdf: rdflib.Graph,
        *,
        retrieved_at: datetime,
        title: dict[Language, str] | None = None,
        keep_vanished: bool = False,
    ) -> bool:
        """Let the named graph of a source hold exactly the statements of ``rdf``.

        With ``keep_vanished`` also what it said of things of which ``rdf`` says nothing, as missing
        since it was retrieved (``graph.vanishing``); ``vanished`` then names these.

        Returns
        -------
        bool
            Whether the content differs from what was there; when it is the same but for
            run times, nothing is written.

        Raises
        ------
        SourceError
            A statement is none that RDF allows.
        StoreFull, StoreNotWritable
            Nothing was published.
        """
        graph_name = self._graph_name(name)
        quads = make_quads(rdf, graph_name)
        if keep_vanished and name in self._sources:
            quads, self.vanished[name] = with_vanished(self._database, graph_name, quads, retrieved_at.date())
        entry = SourceEntry(
            name, graph_name.value, digest_of_statements(quads), len(quads), retrieved_at, title
        )
        before = self._sources.get(name)
        self._on_step("batch-before")
        changed = before is None or before.digest != entry.digest
        if changed:
            with storage_errors(self.path, writing=True):
                self._touched |= replace_graph(self._database, graph_name, quads)
            self._sources[name] = entry
            self._changed = True
        self._on_step("batch-after")
        return changed

    def replace_source_with_file(  # noqa: PLR0913 (as replace_source)
        self, name: str, file: Path, prov: rdflib.Graph, *, retrieved_at: datetime,
        title: dict[Language, str] | None = None, keep_vanished: bool = False,
    ) -> tuple[int, int]:  # fmt: skip
        """Let the named graph of a source hold exactly the statements of a file and its PROV record.

        As ``replace_source``, for what is too large for memory. What is checked afterwards is the whole
        staged graph, by questions and not by shapes.

        Returns
        -------
        added, removed : int
            Both 0 when the content is the same; then nothing is written.
        """
        graph_name, before = self._graph_name(name), self._sources.get(name)
        self._on_step("batch-before")
        more = make_quads(prov, graph_name)
        # What the database still adds while it closes goes with the staging folder.
        room = TemporaryDirectory(dir=self._staging, ignore_cleanup_errors=True)
        with storage_errors(self.path, writing=True), room as scratch:
            loaded = load_first(self._database, graph_name, file, more) if before is None else load_again(
                self._database, graph_name, file, more, before.digest, scratch=Path(scratch),
                missing_since=retrieved_at.date() if keep_vanished else None,
            )  # fmt: skip
        if loaded is None:
            return 0, 0
        self._sources[name] = SourceEntry(
            name, graph_name.value, loaded.digest, loaded.statements, retrieved_at, title
        )
        self._changed = self._is_large = True
        self._on_step("batch-after")
        self.vanished[name] = list(loaded.vanished)
        kept = before.statements - loaded.removed if before else 0
        return loaded.statements - kept, loaded.removed

    @property
    def is_as_published(self) -> bool:
        """Whether neither a source nor the program has changed since the current revision."""
        return not self._changed and self._base is not None and self._base.program_digest == program_digest()

    def derive(self) -> None:
        """Make what follows from the sources: vocabulary, rules, search and sort keys.

        Does nothing when neither a source nor the program has changed since the current revision.
        """
        if not self.is_as_published:
            with storage_errors(self.path, writing=True):
                if not self._derive_change():
                    self._derive_all()
        self._on_step("merge-after")

    @property
    def _is_new(self) -> bool:
        """Whether anything may differ from before: after a whole file or a change of the program."""
        return self._is_large or self._base is None or self._base.program_digest != program_digest()

    def _derive_all(self) -> None:
        touched = derive(self._database, self.iris, self._staging if self._is_wide() else None)
        self._touched |= touched or set()
        self._is_large |= touched is None
        self._own = {}

    def _derive_change(self) -> bool:
        """Derive what follows from the changed things alone; return whether that was enough."""
        if self._is_new or self._before is None:
            return False
        before = ox.Store.read_only(str(self._before))
        changed = derive_change(self._database, before, self._touched, self.iris)
        if changed is None:
            return False
        self._touched |= changed.touched
        derived, statistics = (self._graph_name(name).value for name in ("derived", "statistics"))
        if derived in self._own:
            self._own[derived] = shift_digest(self._own[derived], *changed)
            self._own |= compute_digests(self._database, [statistics])
        return True

    def is_about(self, kind: str) -> bool:
        """Return whether anything that changed is or was of a class.

        A whole file may be about anything, and so may what another program published.
        """
        if self._is_new or self._before is None:
            return True
        databases = (self._database, ox.Store.read_only(str(self._before)))
        return any(
            True
            for database in databases
            for thing in self._touched
            for _ in database.quads_for_pattern(thing, _TYPE, ox.NamedNode(kind), None)
        )

    def check(self, *, whole_up_to: int = WHOLE_UP_TO) -> ValidationReport:
        """Check the staged graph against the shapes; of a large one only what the changes bear on.

        When a whole file came in, the changes bear on everything: then questions take the shapes' place.
        """
        if self._is_large:
            with storage_errors(self.path, writing=False):
                found = check_invariants(self._database)
            self._on_step("check-after")
            return found
        with storage_errors(self.path, writing=False):
            whole = len(self._database) <= whole_up_to
            report = self._check_whole() if whole else self._check_changes()
        self._on_step("check-after")
        return report

    def publish(self) -> RevisionInfo | None:
        """Make this the current revision.

        Returns
        -------
        RevisionInfo or None
            ``None`` when the content is that of the current revision: nothing is published.

        Raises
        ------
        StoreFull, StoreNotWritable
            Nothing was published; readers go on with the revision before.
        """
        with storage_errors(self.path, writing=True):
            digests = self._compute_digests()
            info = self._make_info(digest_of_graphs(digests))
        if self._base is not None and info.digest == self._base.digest:
            return None
        self._backend.publish(self._database, info, digests, self._on_step)
        self._base, self._changed = info, False
        return info

    def close(self) -> None:
        """Close the staged database; the draft can't be used any more."""
        del self._database

    def _is_wide(self) -> bool:
        """Whether there are so many statements that a copy of them belongs on the disk."""
        return sum(entry.statements for entry in self._sources.values()) > ON_DISK_FROM

    def _check_whole(self) -> ValidationReport:
        digest = f"{self.iris.base} {digest_of_graphs(self._compute_digests())}"
        if digest in _CONFORMING:
            return ValidationReport(())
        rdf = to_rdflib_graph(statements_of(self._database, ox.DefaultGraph()))
        report = validate(rdf, load_shapes(self.iris.base))
        if report.conforms:
            _CONFORMING.append(digest)
        return report

    def _check_changes(self) -> ValidationReport:
        statements, things = cut_out(self._database, self._touched, self._graph_name("ontology"))
        focus = set(map(from_ox, things))
        return validate(to_rdflib_graph(statements), load_shapes(self.iris.base), focus)

    def _graph_name(self, name: str) -> ox.NamedNode:
        return ox.NamedNode(str(self.iris.graph(name)))

    def _compute_digests(self) -> dict[str, str]:
        """Return the digest of each named graph."""
        sources = {entry.graph: entry.digest for entry in self._sources.values()}
        self._own = self._own or own_digests(self._database, self.iris)
        return sources | self._own

    def _make_info(self, digest: str) -> RevisionInfo:
        return RevisionInfo(
            number=self._backend.read_pointer().highest + 1,
            created_at=datetime.now(UTC),
            parent=self._base.number if self._base else None,
            digest=digest,
            statements=count_merge(self._database),
            sources=dict(sorted(self._sources.items())),
            program_digest=program_digest(),
            own=dict(sorted(self._own.items())),
        )
