"""The one error tree: a class writes its sentence, an instance keeps its facts.

::

    KopruError
    ├── RecordError          a place in a file that a person wrote: file, line, remedy
    ├── RecordErrors         all of them, found in one run
    ├── WorkbookError        a spreadsheet can't be read or written as a whole
    ├── SheetError           a place in a spreadsheet is wrong: sheet, row, column, remedy
    ├── SheetErrors          all of them, found in one run
    ├── BackupError          a backup can't be written, read or restored
    ├── SourceError          a source could not be read or is not known
    ├── InvalidBatch         SHACL found violations; nothing was published
    ├── StoreError
    │   ├── StoreInUse       another run is writing
    │   ├── StoreNotWritable no right to write, or a read-only medium
    │   ├── StoreFull        no room on the disk
    │   │   └── ServerFull   nor on the SPARQL server's
    │   ├── StoreBroken      the folder is no store, or damaged
    │   ├── StoreEmpty       nothing published yet
    │   ├── ServerAway       the SPARQL server that is the store can't be reached
    │   │   └── ServerSlow   it says nothing for too long
    │   ├── ServerClosed     it does not let this user in
    │   ├── ServerOdd        it answers what no SPARQL server answers
    │   ├── ServerUnable     its engine can't work out a question
    │   └── RevisionNotFound
    │       └── RevisionCollected  there was one, but it is no longer kept
    ├── QueryError
    │   ├── QuerySyntaxError line, column, what was expected
    │   ├── QueryRefused     updates, SERVICE, LOAD
    │   ├── QueryTooLong     too many characters
    │   ├── QueryOverLimit   too much for the limits; says how to narrow it
    │   │   ├── QueryTimeout
    │   │   └── QueryTooBig  memory limit
    │   ├── QueryFailed      it broke while it was evaluated: the engine's reason
    │   ├── QueryQueueFull   all processes are busy, and enough others wait
    │   ├── FormatNotOffered a table asked for as a graph, or an unknown format
    │   ├── MediaNotRead     a body in a media type that is not read
    │   └── WorkerDied
    ├── WriteError           nothing was changed over HTTP
    │   ├── WritingClosed    no token is set, so nobody may
    │   ├── WrongToken       the token is missing or wrong
    │   ├── CrossSiteRequest it comes from another site's page, or from no form of ours
    │   ├── DecidedMeanwhile somebody else was quicker
    │   └── TooManyAttempts  too many wrong tokens in a short time
    ├── NotFound             no such thing
    ├── BadParameter
    ├── RequestTooLong       more bytes than an address takes
    ├── RequestTooSlow       a sender that has stopped sending
    ├── TooManyRequests      of a kind that is counted
    ├── StillPreparing       an answer that takes long is being made; says when to ask again
    └── PortInUse

A sentence says what happened and what to do. ``api/problems.py`` has the one table
that turns a class into an HTTP status; the command line exits 1 (2 for ``BadParameter``).
"""

from ontology.errors.base import HasSentence, KopruError
from ontology.errors.queries import (
    FormatNotOffered,
    MediaNotRead,
    QueryError,
    QueryFailed,
    QueryOverLimit,
    QueryQueueFull,
    QueryRefused,
    QuerySyntaxError,
    QueryTimeout,
    QueryTooBig,
    QueryTooLong,
    WorkerDied,
)
from ontology.errors.records import (
    BackupError,
    InvalidBatch,
    RecordError,
    RecordErrors,
    SheetError,
    SheetErrors,
    SourceError,
    WorkbookError,
)
from ontology.errors.requests import (
    BadParameter,
    CrossSiteRequest,
    DecidedMeanwhile,
    NotFound,
    PortInUse,
    RequestTooLong,
    RequestTooSlow,
    StillPreparing,
    TooManyAttempts,
    TooManyRequests,
    WriteError,
    WritingClosed,
    WrongToken,
)
from ontology.errors.stores import (
    RevisionCollected,
    RevisionNotFound,
    ServerAway,
    ServerClosed,
    ServerFull,
    ServerOdd,
    ServerSlow,
    ServerUnable,
    StoreBroken,
    StoreEmpty,
    StoreError,
    StoreFull,
    StoreInUse,
    StoreNotWritable,
)

__all__ = [
    "BackupError",
    "BadParameter",
    "CrossSiteRequest",
    "DecidedMeanwhile",
    "FormatNotOffered",
    "HasSentence",
    "InvalidBatch",
    "KopruError",
    "MediaNotRead",
    "NotFound",
    "PortInUse",
    "QueryError",
    "QueryFailed",
    "QueryOverLimit",
    "QueryQueueFull",
    "QueryRefused",
    "QuerySyntaxError",
    "QueryTimeout",
    "QueryTooBig",
    "QueryTooLong",
    "RecordError",
    "RecordErrors",
    "RequestTooLong",
    "RequestTooSlow",
    "RevisionCollected",
    "RevisionNotFound",
    "ServerAway",
    "ServerClosed",
    "ServerFull",
    "ServerOdd",
    "ServerSlow",
    "ServerUnable",
    "SheetError",
    "SheetErrors",
    "SourceError",
    "StillPreparing",
    "StoreBroken",
    "StoreEmpty",
    "StoreError",
    "StoreFull",
    "StoreInUse",
    "StoreNotWritable",
    "TooManyAttempts",
    "TooManyRequests",
    "WorkbookError",
    "WorkerDied",
    "WriteError",
    "WritingClosed",
    "WrongToken",
]
