"""What training finds and ranking needs: small text files."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from importlib.resources import files
from pathlib import Path

__all__ = ["Parameters", "load_parameters", "shipped_parameters"]


@dataclass(frozen=True)
class Parameters:
    """The weights of a model, and where they are from."""

    data: str = ""
    trained_on: str = ""
    seed: int = 0
    metrics: Mapping[str, float] = field(default_factory=dict)
    coefficients: Mapping[str, float] = field(default_factory=dict)

    def save(self, path: Path) -> None:
        """Write them as JSON; the same parameters give the same bytes."""
        path.write_text(json.dumps(asdict(self), indent=1, sort_keys=True) + "\n", encoding="utf-8")


def load_parameters(path: Path) -> Parameters:
    """Return the parameters of a file."""
    return Parameters(**json.loads(path.read_text("utf-8")))


def shipped_parameters() -> Parameters:
    """Return the parameters that come with the program."""
    found = files("graph.ranking.parameters") / "world.json"
    return Parameters(**json.loads(found.read_text("utf-8"))) if found.is_file() else Parameters()
