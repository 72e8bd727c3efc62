"""What offices decided, kept among the records: ``decisions.yml``, appended to and never rewritten.

It lies beside the folders of the cities, belongs to no revision, and so outlives going back to one. Each
entry has the office, the day and the reason; never the name of a person. Decisions on sameness stand in
``judgements.yml`` (``ingest.judging``); older ones have a copy here, which is read but no longer written.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Literal, get_args

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from ingest.appending import append_text
from ingest.workbook.swapping import records_lock
from ingest.workbook.yaml_text import to_scalar
from ontology.errors import RecordError
from ontology.messages import N_

__all__ = [
    "FILE",
    "PARTNER_VERDICTS",
    "SAMENESS_VERDICTS",
    "Decision",
    "DecisionKind",
    "SamenessVerdict",
    "append_decision",
    "read_decisions",
]

FILE = "decisions.yml"

DecisionKind = Literal["partner", "sameness", "workbook"]
PartnerVerdict = Literal["accepted", "declined", "in_talks"]
SamenessVerdict = Literal["same", "different", "withdrawn"]
PARTNER_VERDICTS: tuple[PartnerVerdict, ...] = get_args(PartnerVerdict)
SAMENESS_VERDICTS: tuple[SamenessVerdict, ...] = get_args(SamenessVerdict)

_HEAD = """\
# TR  Birimlerin kararları: aday kentler (partner), aktarılan kitaplar (workbook). Aynılık: judgements.yml.
#     Sona eklenir, yazılmış bir karar değiştirilmez; yeni karar eskisinin yerini alır. Kişi adı yazılmaz.
# EN  What offices decided: on candidate cities (partner), workbooks brought in (workbook). Sameness stands
#     in judgements.yml. Appended to; never changed, a newer one takes its place. No person is named.
decisions:
"""
_WRONG = N_("Each decision must have kind, about, verdict, office, why and on. Correct the file by hand.")


@dataclass(frozen=True)
class Decision:
    """One decision.

    Attributes
    ----------
    kind
        What it is about.
    about
        Ids of the cities, or the revision that a workbook became.
    verdict
        What was decided.
    office
        Id of the unit or authority.
    why
        The reason.
    on
        The day.
    """

    kind: DecisionKind
    about: tuple[str, ...]
    verdict: str
    office: str
    why: str
    on: date = field(default_factory=date.today)


def append_decision(records: Path, decision: Decision) -> None:
    """Append one decision; what is there stays as it is.

    Raises
    ------
    StoreInUse
        Another run is rewriting the records.
    StoreNotWritable, StoreFull
        Nothing was appended.
    """
    with records_lock(records):
        append_text(records / FILE, _to_line(asdict(decision)), _HEAD)


def _to_line(fields: Mapping[str, Any]) -> str:
    about = "[" + ", ".join(to_scalar(one, quoted=True) for one in fields["about"]) + "]"
    texts = {name: to_scalar(str(fields[name]), quoted=True) for name in ("verdict", "office", "why")}
    pairs = {"kind": fields["kind"], "about": about, **texts, "on": fields["on"].isoformat()}
    return "  - {" + ", ".join(f"{name}: {text}" for name, text in pairs.items()) + "}\n"


def read_decisions(records: Path) -> list[Decision]:
    """Return what was decided, oldest first.

    Raises
    ------
    RecordError
        The file is no list of decisions.
    """
    try:
        content = YAML(typ="safe", pure=True).load((records / FILE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return []
    except (YAMLError, UnicodeDecodeError) as error:
        raise RecordError(_WRONG, file=FILE, line=None) from error
    entries = content.get("decisions") if isinstance(content, dict) else None
    try:
        return [_read(entry) for entry in entries or []]
    except (KeyError, TypeError, ValueError) as error:
        raise RecordError(_WRONG, file=FILE, line=None) from error


def _read(entry: dict[str, Any]) -> Decision:
    if entry["kind"] not in get_args(DecisionKind):
        raise ValueError(entry["kind"])
    about = tuple(str(one) for one in entry["about"])
    verdict, office, why = (str(entry[name]) for name in ("verdict", "office", "why"))
    return Decision(entry["kind"], about, verdict, office, why, date.fromisoformat(str(entry["on"])))
