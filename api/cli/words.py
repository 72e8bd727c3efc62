"""The command line framework's own words in the reader's language.

Typer has its headings and its complaints in English only. Help texts of ours are marked
with ``N_`` where they are written and translated here, once the command is built.
"""

from typing import Any, Literal, get_args, get_origin

from pydantic import ValidationError
from typer import Context
from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException

from api.remedies import to_remedy
from ontology.errors import BadParameter
from ontology.messages import N_, Language, translate

__all__ = ["KopruCommand", "KopruGroup", "localise", "to_sentence"]

_SEE_HELP = N_("'{command} --help' says more.")


def _language(ctx: Context) -> Language:
    found: Language = ctx.find_root().obj.language
    return found


class KopruCommand(TyperCommand):
    """A command whose line of usage, and complaint about words too many, is in the reader's language."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Return the words that are left, which are none.

        Raises
        ------
        BadParameter
            There are more words than the command takes.
        """
        ctx.allow_extra_args = True
        rest = super().parse_args(ctx, args)
        if rest:
            raise BadParameter(
                N_("'{value}' is more than this command takes. Put a name with blanks into quotation marks."),
                value=" ".join(rest),
            )  # fmt: skip
        return rest

    def get_usage(self, ctx: Any) -> str:
        """Return the line of usage."""
        return translate(N_("Usage:"), _language(ctx)) + super().get_usage(ctx).removeprefix("Usage:")


class KopruGroup(TyperGroup):
    """``kopru`` itself, and a word that has commands of its own."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Return the words that are left; without any, help is what was meant."""
        return super().parse_args(ctx, args or ["--help"])

    def get_usage(self, ctx: Any) -> str:
        """Return the line of usage."""
        return translate(N_("Usage:"), _language(ctx)) + super().get_usage(ctx).removeprefix("Usage:")

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the command that was typed.

        Raises
        ------
        BadParameter
            There is no such command.
        """
        if args[0] not in self.commands and not args[0].startswith("-"):
            known = ", ".join(self.commands)
            raise BadParameter(
                N_("There is no command '{value}'. Commands: {known}."), value=args[0], known=known
            )
        return super().resolve_command(ctx, args)


def localise(command: Any, language: Language) -> None:
    """Put all help texts of a command, and of those below it, into one language."""
    from typer import rich_utils

    rich_utils.ARGUMENTS_PANEL_TITLE = translate(N_("Arguments"), language)
    rich_utils.OPTIONS_PANEL_TITLE = translate(N_("Options"), language)
    rich_utils.COMMANDS_PANEL_TITLE = translate(N_("Commands"), language)
    rich_utils.DEFAULT_STRING = translate(N_("[default: {}]"), language)
    rich_utils.REQUIRED_LONG_STRING = translate(N_("[required]"), language)
    _localise_texts(command, language)


#: A space where the framework would write the type of a flag, ``<bool>``.
_NO_TYPE = " "


def _localise_texts(command: Any, language: Language) -> None:
    command.options_metavar = translate(N_("[OPTIONS]"), language)
    command.subcommand_metavar = translate(N_("COMMAND …"), language)
    for name in ("help", "short_help", "epilog"):
        if text := getattr(command, name, None):
            setattr(command, name, translate(text, language))
    for parameter in (*command.params, command.get_help_option(Context(command))):
        is_help = "--help" in parameter.opts
        text = N_("Show this help and exit.") if is_help else getattr(parameter, "help", None)
        if text:
            parameter.help = translate(text, language)
        if getattr(parameter, "is_bool_flag", False):
            parameter.metavar = _NO_TYPE
        elif parameter.metavar:
            parameter.metavar = translate(parameter.metavar, language)
    for below in getattr(command, "commands", {}).values():
        _localise_texts(below, language)


def to_sentence(error: TyperException, language: Language) -> str:
    """Return what is wrong with the typed words, and where to read more."""
    facts = {
        "option": getattr(error, "option_name", ""),
        "name": _name_of(getattr(error, "param", None)),
        "reason": _reason_of(error, language),
    }
    template = {
        "NoSuchOption": N_("There is no option {option}."),
        "BadOptionUsage": N_("The option {option} is not used rightly: {reason}"),
        "MissingParameter": N_("{name} is missing."),
        "BadParameter": N_("{name} can't be used as it stands: {reason}."),
    }.get(type(error).__name__, N_("The command can't be understood: {reason}"))
    context = getattr(error, "ctx", None)
    hint = translate(_SEE_HELP, language, command=context.command_path if context else "kopru")
    return f"{translate(template, language, **facts)} {hint}"


def _name_of(parameter: Any) -> str:
    if parameter is None:
        return ""
    options = [option for option in parameter.opts if option.startswith("--")]
    return options[0] if options else str(parameter.metavar or parameter.name)


def _reason_of(error: TyperException, language: Language) -> str:
    cause = error.__cause__
    choices = _choices_of(getattr(error, "param", None))
    if choices:
        return translate(N_("choose one of {expected}"), language, expected=", ".join(choices))
    return to_remedy(cause.errors()[0], language) if isinstance(cause, ValidationError) else error.message


def _choices_of(parameter: Any) -> tuple[str, ...]:
    annotation = getattr(getattr(parameter, "type_descriptor", None), "annotation", None)
    return tuple(map(str, get_args(annotation))) if get_origin(annotation) is Literal else ()
