"""The files for running as a service or in a container say what the program understands."""

import re
from configparser import ConfigParser
from pathlib import Path

from ruamel.yaml import YAML

from api.settings import PREFIX, Settings

DEPLOY = Path(__file__).parents[2] / "deploy"
INSTRUCTIONS = {"FROM", "RUN", "WORKDIR", "COPY", "USER", "ENV", "VOLUME", "EXPOSE", "HEALTHCHECK", "CMD"}
KNOWN = {f"{PREFIX}{name}".upper() for name in Settings.model_fields}


def read_container() -> list[tuple[str, str]]:
    """Return the instructions of the container file."""
    text = re.sub(r"\\\n", " ", (DEPLOY / "Containerfile").read_text(encoding="utf-8"))
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [(word, rest) for word, _, rest in (line.partition(" ") for line in lines)]


def test_every_setting_that_is_named_exists() -> None:
    named = {
        name: set(re.findall(r"\bKOPRU_[A-Z_]+", path.read_text(encoding="utf-8")))
        for path in (*DEPLOY.iterdir(), DEPLOY.parent / "docs" / "operations.md")
        for name in [path.name]
    }
    assert set(named) == {
        "kopru.service", "Containerfile", "compose.yml", "compose-virtuoso.yml", "operations.md",
    }  # fmt: skip
    assert named["operations.md"] == KNOWN
    for names in named.values():
        assert names <= KNOWN


def test_the_unit_is_one_and_starts_the_command() -> None:
    unit = ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read(DEPLOY / "kopru.service", encoding="utf-8")
    assert unit.sections() == ["Unit", "Service", "Install"]
    assert unit["Service"]["ExecStart"].endswith("/kopru serve")
    assert unit["Service"]["DynamicUser"] == "yes"


def test_the_container_file_has_known_instructions_and_runs_as_nobody_special() -> None:
    instructions = read_container()
    assert {word for word, _ in instructions} <= INSTRUCTIONS
    assert instructions[0][0] == "FROM"
    words = [word for word, _ in instructions]
    assert words.index("USER") < words.index("CMD")
    assert ("USER", "kopru") in instructions


def test_the_compose_file_builds_it_and_keeps_what_it_writes() -> None:
    compose = YAML(typ="safe").load(DEPLOY / "compose.yml")
    service = compose["services"]["kopru"]
    beside = YAML(typ="safe").load(DEPLOY / "compose-virtuoso.yml")
    assert set(beside["volumes"]) == set(beside["services"]) == {"kopru", "virtuoso"}
    assert beside["services"]["kopru"]["build"] == service["build"]
    assert (DEPLOY / service["build"]["context"] / service["build"]["dockerfile"]).resolve().is_file()
    assert service["volumes"] == ["kopru:/var/lib/kopru"]
    assert set(compose["volumes"]) == {"kopru"}
    assert all(port.startswith("127.0.0.1:") for port in service["ports"])
