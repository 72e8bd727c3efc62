"""The real command in an empty folder, with an environment of our own.

``run`` starts a process; ``run_here`` calls the same entry in this one, which is quicker
where only words are looked at.
"""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from api.cli.run import run as run_command

ROOT = Path(__file__).parents[2]

Run = Callable[..., subprocess.CompletedProcess[str]]


def make_environment(**settings: str) -> dict[str, str]:
    """Return the environment without our settings but those given, able to import the program."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KOPRU_")}
    return kept | {"PYTHONPATH": str(ROOT), "COLUMNS": "200", "KOPRU_LANG": "en"} | settings


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Return a function that runs ``kopru`` with words; ``stdin`` and settings by keyword."""

    def start(
        *words: str | Path, stdin: str | bytes = "", cwd: Path = tmp_path, **settings: str
    ) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", "api", *map(str, words)],
            input=stdin.encode() if isinstance(stdin, str) else stdin,
            capture_output=True,
            cwd=cwd,
            env=make_environment(**settings),
            timeout=120,
            check=False,
        )
        out, err = done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
        assert "Traceback" not in err, err
        return subprocess.CompletedProcess(done.args, done.returncode, out, err)

    return start


@pytest.fixture
def run_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function like that of ``run``, without a process of its own."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("KOPRU_")]:
        monkeypatch.delenv(name)

    def call(*words: str | Path, **settings: str) -> subprocess.CompletedProcess[str]:
        with monkeypatch.context() as patch:
            for name, value in ({"COLUMNS": "200", "KOPRU_LANG": "en"} | settings).items():
                patch.setenv(name, value)
            code = run_command([str(word) for word in words])
        captured = capsys.readouterr()
        return subprocess.CompletedProcess(words, code, captured.out, captured.err)

    return call
