"""The way of the data: declare, fetch, read, identify, check, store, derive, publish.

One run publishes one revision or nothing. This module knows the order of the steps;
what a source says is known by its reader alone (IRIs are minted there, from raw ids).
"""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path

from rdflib import Graph

from graph.draft import Draft
from graph.publishing import OnStep
from graph.revision import RevisionInfo
from graph.state import Run
from graph.store import GraphStore, ignore_step
from ingest.batch import Batch, Context, Fetched, Notice
from ingest.bundle import copy_bundled_records
from ingest.declaration import (
    Declaration,
    find_fetcher,
    get_declaration,
    get_reader,
    list_declarations,
)
from ingest.fetching import fetch_location
from ingest.judging import judge
from ingest.kept import find_kept
from ingest.provenance import Execution, make_provenance
from ingest.raw import keep_raw_files
from ingest.report import IngestReport, SourceInfo, count_difference
from ingest.scratch import run_folder, sweep
from ingest.unchanged import find_same, has_new_decisions, make_fingerprint, remember
from ingest.workbook.swapping import recover
from ontology.errors import InvalidBatch, KopruError, SourceError, StoreError
from ontology.messages import N_, Language
from ontology.text import slugify

__all__ = ["fill", "ingest", "list_sources"]

_AS_BEFORE = Notice(
    N_("These are the files that were read before, and nothing that they depend on has changed.")
)
_VANISHED = N_(
    "'{name}' no longer has {count} things that it had (first: {places}). They stay, marked as missing since "
    "today. Did they end? Then record the end; 'kopru ingest {source} … --drop-missing' takes them out."
)


def ingest(  # noqa: PLR0913 (the options of a run)
    store: GraphStore,
    source: str,
    *,
    records: Path,
    location: str | None = None,
    city: str = "antalya",
    dry_run: bool = False,
    drop_missing: bool = False,
    on_step: OnStep = ignore_step,
) -> IngestReport:
    """Run one source, and those that depend on it; publish one revision or nothing.

    An import of a workbook that was broken off is finished or undone first. The records of an empty
    store begin with a copy of the bundled ones, where the user has none yet.

    Parameters
    ----------
    store
        The store to publish to.
    source
        Name of a declared source.
    records
        The user's records folder.
    location
        A file, folder or address to read instead of the source's own.
    city
        Slug of the city whose relations are read.
    dry_run
        Report the difference, publish nothing.
    drop_missing
        Take out what a list had and no longer has, instead of keeping it with the day it was missed.
    on_step
        Called with the name of each step as it begins.

    Raises
    ------
    KopruError
        The input is wrong, or the store can't be written to; nothing was published.
    """
    declaration = get_declaration(source)
    if source == "records" and location is None:
        recover(records, store)
        if store.is_empty():
            copy_bundled_records(records)
    run = _Run(store, records, city, on_step, datetime.now(UTC), drop_missing=drop_missing)
    return run.run(declaration, location, dry_run=dry_run)


def fill(
    store: GraphStore, *, records: Path, city: str = "antalya", on_step: OnStep = ignore_step
) -> IngestReport:
    """Fill a store from the records and what depends on them, in one revision.

    The bundled records are copied to ``records`` first when that folder is absent or empty;
    a user's file is never overwritten.

    Raises
    ------
    KopruError
        The records are wrong, or the store can't be written to; nothing was published.
    """
    return ingest(store, "records", records=records, city=city, on_step=on_step)


def list_sources(store: GraphStore) -> list[SourceInfo]:
    """Return all declared sources with what the published revision has of them."""
    entries = {} if store.is_empty() else store.current().info.sources
    listed = []
    for declaration in list_declarations():
        name = declaration.name
        parts = [e for key, e in sorted(entries.items()) if key == name or key.startswith(f"{name}-")]
        listed += [SourceInfo(declaration, e.statements, e.retrieved_at, e.digest, e.title) for e in parts]
        listed += [] if parts else [SourceInfo(declaration)]
    return listed


@dataclass(frozen=True)
class _Reading:
    """One source, read."""

    declaration: Declaration
    fetched: Fetched
    batch: Batch
    execution: Execution

    @property
    def graph_name(self) -> str:
        """Name of the graph that this reading replaces."""
        part = self.batch.part
        return f"{self.declaration.name}-{slugify(part)}" if part else self.declaration.name

    @property
    def title(self) -> dict[Language, str]:
        """Title of the source, and of its part, in both languages."""
        title = self.declaration.title
        return {"tr": f"{title.tr} {self.batch.part}".strip(), "en": f"{title.en} {self.batch.part}".strip()}


@dataclass
class _Run:
    """One run: its parameters, and the steps in their order."""

    store: GraphStore
    records: Path
    city: str
    on_step: OnStep
    started: datetime
    drop_missing: bool = False
    large: dict[str, tuple[int, int]] = field(default_factory=dict)
    fingerprint: str = ""
    fetched: Fetched | None = None
    ending: ExitStack = field(default_factory=ExitStack)

    def run(self, declaration: Declaration, location: str | None, *, dry_run: bool) -> IngestReport:
        """Execute the steps and remember how it ended."""
        sweep(self._scratch)
        try:
            with self.ending:
                report = self._execute(declaration, location, dry_run=dry_run)
        except StoreError:
            raise  # a store that can't be used can't remember either
        except KopruError as error:
            self._note(declaration, "failed", {"error": error.sentence("en")})
            raise
        if not dry_run:
            outcome = "published" if report.published else "unchanged"
            self._note(
                declaration, outcome, {"added": report.added, "removed": report.removed, **report.counts}
            )
        return report

    def _execute(self, declaration: Declaration, location: str | None, *, dry_run: bool) -> IngestReport:
        """Read, stage, check and publish."""
        self.store.check_idle()
        if (known := self._find_unchanged(declaration, location)) is not None:
            return known
        # A source that needs no other is read before the store is touched or locked.
        first = None if declaration.depends_on else self._read(declaration, location, None)
        with self.store.writer(self.on_step) as draft:
            readings = [first or self._read(declaration, location, draft)]
            changed = {declaration.name} if self._stage(draft, readings[0]) else set()
            for dependent in list_declarations():
                if changed & set(dependent.depends_on):
                    for reading in self._read_again(dependent, draft):
                        readings.append(reading)
                        if self._stage(draft, reading):
                            changed.add(dependent.name)
            if changed or has_new_decisions(draft, self.records):
                judge(draft, self.records)
            added, removed = self._compare(draft, readings)
            published = self._conclude(draft, readings, dry_run=dry_run)
        return _make_report(declaration.name, readings, published, (added, removed), dry_run=dry_run)

    def _find_unchanged(self, declaration: Declaration, location: str | None) -> IngestReport | None:
        """Return the report of a run that would read what it has read before, without reading it.

        Only of sources that need no other one: for them what was fetched, the records and the program
        decide what comes out.
        """
        self.fingerprint = ""
        base = None if self.store.is_empty() else self.store.current()
        if declaration.depends_on or self.drop_missing or (base is None and declaration.needs_location):
            return None
        self.fetched = _fetch(declaration, location, self._context(declaration, None))
        if base and declaration.name == "records" and has_new_decisions(base, self.records):
            return None
        info = base.info if base else None
        self.fingerprint = make_fingerprint(self.fetched, info, declaration.name, self.city)
        if base is None or (same := find_same(self.store, self.fingerprint)) is None:
            return None
        return IngestReport(declaration.name, None, same.statements, 0, 0, notes=[_AS_BEFORE])

    def _read_again(self, dependent: Declaration, draft: Draft) -> Iterator[_Reading]:
        """Read what depends on a source that changed; files that a user named, as they were kept."""
        if not dependent.needs_location:
            yield self._read(dependent, None, draft)
            return
        names = [] if self.store.is_empty() else sorted(self.store.current().info.sources)
        for name in names:
            if name.startswith(f"{dependent.name}-"):
                rdf = draft.named_graph(self.store.iris.graph(name))
                if kept := find_kept(self.store.path, rdf):
                    reading = self._read(dependent, None, draft, kept)
                    # What it holds was reported when the user named it.
                    yield replace(reading, batch=replace(reading.batch, counts={}, unread=[], notes=[]))

    def _read(
        self, declaration: Declaration, location: str | None, draft: Draft | None, kept: Fetched | None = None
    ) -> _Reading:
        """Fetch and read one source; sources that it depends on are read from the draft."""
        context = self._context(declaration, draft)
        self.on_step(f"fetch {declaration.name}")
        started = datetime.now(UTC)
        fetched = kept or self.fetched or _fetch(declaration, location, context)
        self.fetched = None
        self.on_step(f"read {declaration.name}")
        batch = get_reader(declaration.name)(fetched, context)
        _check_counts(declaration, batch)
        return _Reading(declaration, fetched, batch, Execution(started, datetime.now(UTC)))

    def _context(self, declaration: Declaration, draft: Draft | None) -> Context:
        graph_of = cache(partial(self._graph_of, declaration, draft))
        return Context(
            self.store.iris, self.records, self.city, graph_of, self._scratch,
            lambda: self.ending.enter_context(run_folder(self._scratch)), self.on_step,
        )  # fmt: skip

    @property
    def _scratch(self) -> Path:
        return self.store.path / ".fetching"

    def _graph_of(self, declaration: Declaration, draft: Draft | None, needed: str) -> Graph:
        """Return the statements of another source: as staged, else as published, else none."""
        iri = self.store.iris.graph(needed)
        revision = draft or (None if self.store.is_empty() else self.store.current())
        rdf = revision.named_graph(iri) if revision else Graph()
        if not rdf and needed in declaration.depends_on:
            raise SourceError(
                N_("The source '{name}' needs '{needed}' first. Run 'kopru ingest {needed}'."),
                name=declaration.name, needed=needed,
            )  # fmt: skip
        return rdf

    def _stage(self, draft: Draft, reading: _Reading) -> bool:
        """Put a source's statements and its PROV record into the draft; return whether they differ."""
        name, batch, fetched = reading.graph_name, reading.batch, reading.fetched
        keep = reading.declaration.keeps_vanished and not self.drop_missing
        prov = make_provenance(
            reading.declaration, name, fetched, batch.rdf, reading.execution, self.store.iris
        )
        if batch.file is not None:
            self.large[name] = draft.replace_source_with_file(
                name, batch.file.path, prov, retrieved_at=fetched.retrieved_at, title=reading.title,
                keep_vanished=keep,
            )  # fmt: skip
            return self.large[name] != (0, 0)
        return draft.replace_source(
            name, batch.rdf + prov, retrieved_at=fetched.retrieved_at, title=reading.title, keep_vanished=keep
        )

    def _compare(self, draft: Draft, readings: list[_Reading]) -> tuple[int, int]:
        base = None if self.store.is_empty() else self.store.current()
        added = removed = 0
        for reading in readings:
            self._question(reading, draft.vanished.get(reading.graph_name, []))
            if (large := self.large.get(reading.graph_name)) is not None:
                added, removed = added + large[0], removed + large[1]
                continue
            iri = self.store.iris.graph(reading.graph_name)
            before = base.named_graph(iri) if base else Graph()
            after = draft.named_graph(iri)
            more, fewer = count_difference(before, after, iri)
            added, removed = added + more, removed + fewer
        return added, removed

    def _question(self, reading: _Reading, vanished: list[str]) -> None:
        """Ask about what a list no longer has."""
        if vanished:
            names = [self.store.iris.parse(iri).slug for iri in vanished[:5] if "/id/" in iri]
            facts: dict[str, object] = {
                "name": reading.graph_name, "count": len(vanished), "places": ", ".join(names),
                "source": reading.declaration.name,
            }  # fmt: skip
            reading.batch.notes.append(Notice(_VANISHED, facts))

    def _conclude(self, draft: Draft, readings: list[_Reading], *, dry_run: bool) -> RevisionInfo | None:
        """Derive, check and publish; in a dry run all but the last."""
        if not draft.is_as_published:
            self.on_step("derive")
            draft.derive()
            self.on_step("check")
            report = draft.check()
            if not report.conforms:
                raise InvalidBatch(report.violations)
        if dry_run:
            return None
        for reading in readings:
            keep_raw_files(self.store.path, reading.fetched.files)
        self.on_step("publish")
        info = None if draft.is_as_published else draft.publish()
        if info is not None or not self.store.is_empty():
            now = info or self.store.current().info
            remember(self.store, readings[0].graph_name, self.fingerprint, now)
        return info

    def _note(self, declaration: Declaration, outcome: str, report: dict[str, object]) -> None:
        """Remember the run beside the store, where there is one."""
        if self.store.path.is_dir():
            run = Run(declaration.name, self.started, datetime.now(UTC), outcome, report)
            self.store.state.add_run(run)


def _fetch(declaration: Declaration, location: str | None, context: Context) -> Fetched:
    if fetch := find_fetcher(declaration.name):
        return fetch(location, context)
    if location is None:
        raise SourceError(
            N_("The source '{name}' needs a file or an address: 'kopru ingest {name} FILE'."),
            name=declaration.name,
        )
    return fetch_location(location)


def _check_counts(declaration: Declaration, batch: Batch) -> None:
    for kind, expected in declaration.expected.items():
        count = batch.counts.get(kind, 0)
        if not expected.allows(count):
            raise SourceError(
                N_(
                    "The source '{name}' gave {count} of '{kind}', but {expected} are expected, "
                    "so nothing was published. Has the source changed, or is it the wrong file?"
                ),
                name=declaration.name, count=count, kind=kind, expected=expected,
            )  # fmt: skip


def _count(batch: Batch) -> int:
    return batch.file.lines if batch.file else len(batch.rdf)


def _make_report(
    source: str,
    readings: list[_Reading],
    published: RevisionInfo | None,
    difference: tuple[int, int],
    *,
    dry_run: bool,
) -> IngestReport:
    counts: dict[str, int] = {}
    for reading in reversed(readings):  # where two sources count the same kind, the first one's count stays
        counts |= reading.batch.counts
    return IngestReport(
        source=source,
        published=published,
        statements=sum(_count(reading.batch) for reading in readings),
        added=difference[0],
        removed=difference[1],
        unread=[notice for reading in readings for notice in reading.batch.unread],
        notes=[notice for reading in readings for notice in reading.batch.notes],
        counts={kind: count for kind, count in counts.items() if count},
        sources=tuple(reading.declaration.name for reading in readings),
        dry_run=dry_run,
    )
