"""What to say about a text that is not YAML: the likely slip and its cure, not the parser's words."""

from ruamel.yaml.error import MarkedYAMLError

from ontology.errors import RecordError
from ontology.messages import N_

__all__ = ["explain_broken_yaml"]

_TAB = N_("A tab stands here, but YAML is indented with spaces. Replace the tab with two spaces.")
_BRACKET = N_(
    "A bracket that opens here is not closed. Close it with ] or }}, and put commas between its parts."
)
_OPEN = N_("The file ends here, but a bracket is still open. Close it with ] or }}.")
_QUOTE = N_(
    "A quotation mark that opens here is not closed. Close it; inside such a text write the mark doubled."
)
_COLON = N_(
    "A colon stands where none may. Put a text that contains ': ' into quotation marks, "
    "and compare the indentation with the line before."
)
_NO_COLON = N_(
    "A field name here has no colon after it. Write 'name: value'; "
    "put a text of several lines into quotation marks."
)
_CHARACTER = N_("A text can't begin with this character. Put the text into quotation marks.")
_INDENTATION = N_(
    "The indentation does not fit the lines before. Fields of one record begin in the same column."
)
_OTHER = N_(
    "This line can't be read as YAML. Compare indentation, colons, brackets and quotation marks "
    "with the lines before."
)

# Part of ruamel.yaml's reason → whether its context names the better line, and the sentence.
_SLIPS = {
    "expected ',' or": (True, _BRACKET),
    "but found '<stream end>'": (False, _OPEN),
    "unexpected end of stream": (True, _QUOTE),
    "mapping values are not allowed": (False, _COLON),
    "could not find expected ':'": (True, _NO_COLON),
    "cannot start any token": (False, _CHARACTER),
    "expected <block end>": (False, _INDENTATION),
}


def explain_broken_yaml(error: MarkedYAMLError, text: str, file: str) -> RecordError:
    """Return the error with the line of the slip and what to write instead."""
    mark = error.problem_mark or error.context_mark
    line = mark.line + 1 if mark else None
    reason = str(error.problem or error.context)
    if _has_tab(text, line) or "'\\t'" in reason:
        return RecordError(_TAB, file=file, line=line)
    for part, (in_context, template) in _SLIPS.items():
        if part in reason:
            better = error.context_mark if in_context and error.context_mark else mark
            return RecordError(template, file=file, line=better.line + 1 if better else None, reason=reason)
    return RecordError(_OTHER, file=file, line=line, reason=reason)


def _has_tab(text: str, line: int | None) -> bool:
    lines = text.splitlines()
    written = lines[line - 1] if line and line <= len(lines) else ""
    return "\t" in written[: len(written) - len(written.lstrip())]
