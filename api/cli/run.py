"""From the typed words to an exit code: language first, then the command, then its errors."""

from collections.abc import Sequence

from api.cli.session import Session
from api.settings import find_language, peek_language
from ontology import errors
from ontology.errors import KopruError
from ontology.messages import LANGUAGES, N_, Language

__all__ = ["run"]

FAILED, WRONG_USAGE, INTERRUPTED = 1, 2, 130


def run(words: Sequence[str]) -> int:
    """Run one command and return its exit code; no error leaves here but a bug of ours."""
    language, rest, wanted = _take_language(list(words))
    session = Session(language)
    try:
        _check_language("--lang", wanted)
        if wanted is None:
            _check_language("KOPRU_LANG", find_language())
        return _invoke(session, rest)
    except KopruError as error:
        session.fail(error.sentence(language))
        if isinstance(error, errors.QuerySyntaxError) and "caret" in error.facts:
            session.warn(str(error.facts["caret"]))
        return WRONG_USAGE if isinstance(error, errors.BadParameter) else FAILED
    except KeyboardInterrupt:
        return INTERRUPTED


def _take_language(words: list[str]) -> tuple[Language, list[str], str | None]:
    """Return the language, the words without ``--lang X`` wherever it stood, and this X."""
    rest: list[str] = []
    wanted: str | None = None
    while words:
        word = words.pop(0)
        if word == "--":
            rest += [word, *words]
            break
        if word == "--lang":
            wanted = words.pop(0) if words else ""
        elif word.startswith("--lang="):
            wanted = word.removeprefix("--lang=")
        else:
            rest.append(word)
    known = next((language for language in LANGUAGES if language == wanted), None)
    return known or peek_language(), rest, wanted


def _check_language(name: str, value: str | None) -> None:
    if value is not None and value not in LANGUAGES:
        raise errors.BadParameter(name=name, value=value, remedy=", ".join(LANGUAGES))


def _invoke(session: Session, words: list[str]) -> int:
    from typer.exceptions import TyperException

    from api.cli.commands import make_command
    from api.cli.words import to_sentence

    command = make_command(session.language)
    try:
        code = command.main(words or ["--help"], prog_name="kopru", standalone_mode=False, obj=session)
    except TyperException as error:
        session.fail(to_sentence(error, session.language))
        return error.exit_code
    if code == INTERRUPTED:
        session.note(N_("Stopped."))
    return code if isinstance(code, int) else 0
