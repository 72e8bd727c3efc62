"""Changing single fields in a YAML text: all that is not changed keeps its spelling, comments and order.

ruamel.yaml says where in the text a value begins and ends; the text between is replaced. Its own
round trip would wrap lines, move comments and lose alignment in what nobody touched.
"""

from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from ingest.workbook.yaml_text import to_block, to_flow, to_item, to_scalar

__all__ = ["Path", "append_items", "compose", "delete", "find", "put", "span"]

#: Names of fields and places in lists that lead to a value.
Path = tuple[str | int, ...]


def compose(text: str) -> Node | None:
    """Return the tree of a text, each node with its place in it."""
    node: Node | None = YAML(typ="safe", pure=True).compose(text)
    return node


def find(text: str, path: Path) -> Node | None:
    """Return the node at a path; ``None`` when there is none."""
    node: Any = compose(text)
    for step in path:
        if isinstance(step, int):
            node = node.value[step]
        else:
            pair = _pair(node, step)
            if pair is None:
                return None
            node = pair[1]
    found: Node | None = node
    return found


def _pair(node: Any, key: str) -> tuple[Any, Any] | None:
    pairs = node.value if isinstance(node, MappingNode) else ()
    return next((pair for pair in pairs if pair[0].value == key), None)


def span(node: Any, text: str) -> tuple[int, int]:
    """Return where a node begins and ends in the text, without the comments after it."""
    start = int(node.start_mark.index)
    if isinstance(node, ScalarNode):
        end = int(node.end_mark.index)
        return start, start + len(text[start:end].rstrip()) if node.style in {"|", ">"} else end
    if node.flow_style or not node.value:
        return start, int(node.end_mark.index)
    last = node.value[-1]
    return start, span(last[1] if isinstance(node, MappingNode) else last, text)[1]


def put(text: str, path: Path, value: Any, order: tuple[str, ...]) -> str:
    """Return the text with a field set; one that is new goes to its place in the order of the model.

    Parameters
    ----------
    text
        A whole YAML text.
    path
        The field; what it is in must be there.
    value
        Plain Python: text, number, truth value, ``None``, list or mapping.
    order
        The names of the fields of the record that it is in.
    """
    key = str(path[-1])
    parent: Any = find(text, path[:-1])
    pair = _pair(parent, key)
    if pair is None:
        return _insert(text, parent, key, value, order)
    name, old = pair
    start, end = span(old, text)
    if isinstance(old, ScalarNode) and not isinstance(value, dict | list) and old.style not in {"|", ">"}:
        if start < end:
            return text[:start] + to_scalar(value, quoted=old.style is not None) + text[end:]
    elif not isinstance(old, ScalarNode) and old.flow_style:
        return text[:start] + to_flow(value, key) + text[end:]
    colon = text.index(":", span(name, text)[1])
    new = f" {to_flow(value, key)}" if parent.flow_style else to_block(value, _column(parent), key)
    return text[: colon + 1] + new + text[max(end, colon + 1) :]


def _column(node: Any) -> int:
    return int(node.start_mark.column)


def _line_end(text: str, position: int) -> int:
    found = text.find("\n", position)
    return len(text) if found < 0 else found


def _line_start(text: str, position: int) -> int:
    return text.rfind("\n", 0, position) + 1


def _insert(text: str, parent: Any, key: str, value: Any, order: tuple[str, ...]) -> str:
    """Return the text with a new field after the last one that comes before it in the model."""
    earlier = set(order[: order.index(key)])
    before = [pair for pair in parent.value if pair[0].value in earlier]
    if parent.flow_style:
        field = f"{key}: {to_flow(value, key)}"
        if before:
            at = span(before[-1][1], text)[1]
            return f"{text[:at]}, {field}{text[at:]}"
        at = int(parent.start_mark.index) + 1
        return f"{text[:at]}{field}{', ' if parent.value else ''}{text[at:]}"
    indent = _column(parent)
    field = f"{key}:{to_block(value, indent, key)}"
    if before:
        at = _line_end(text, span(before[-1][1], text)[1])
        return f"{text[:at]}\n{' ' * indent}{field}{text[at:]}"
    at = int(parent.start_mark.index)
    return f"{text[:at]}{field}\n{' ' * indent}{text[at:]}"


def delete(text: str, path: Path, *, keep_list: bool = False) -> str:
    """Return the text without a field, or an item of a list; an empty list goes too, unless it is kept."""
    step = path[-1]
    parent: Any = find(text, path[:-1])
    if isinstance(step, int) and len(parent.value) == 1 and not keep_list:
        return delete(text, path[:-1])
    if isinstance(parent, SequenceNode):
        places = [span(item, text) for item in parent.value]
        place = int(step)
    else:
        places = [(span(name, text)[0], span(value, text)[1]) for name, value in parent.value]
        place = next(number for number, pair in enumerate(parent.value) if pair[0].value == step)
    if len(places) == 1 and not parent.flow_style:  # the last record of a section
        colon = text.rindex(":", 0, places[0][0])
        return f"{text[: colon + 1]} []{text[places[0][1] :]}"
    cut = _cut_flow if parent.flow_style else _cut_block
    start, end = cut(text, places, place, is_list=isinstance(parent, SequenceNode))
    return text[:start] + text[end:]


def _cut_flow(_text: str, places: list[tuple[int, int]], place: int, *, is_list: bool) -> tuple[int, int]:
    del is_list
    if place + 1 < len(places):
        return places[place][0], places[place + 1][0]
    return (places[place - 1][1] if place else places[place][0]), places[place][1]


def _cut_block(text: str, places: list[tuple[int, int]], place: int, *, is_list: bool) -> tuple[int, int]:
    """Return what goes: the lines of the field; at the first field of a record, up to the next one."""
    start, end = places[place]
    if not is_list and place == 0:
        return start, places[1][0]
    if is_list:
        start = text.rindex("-", places[place - 1][1] if place else 0, start)
    line = _line_start(text, start)
    is_blank = text[_line_start(text, line - 1) : line].strip() == "" if line else False
    after = _line_end(text, end)
    next_blank = text[after + 1 : _line_end(text, after + 1)].strip() == ""
    begin = _line_start(text, line - 1) if is_blank and next_blank and is_list else line
    return (begin, after + 1) if after < len(text) else (max(begin - 1, 0), after)


def append_items(text: str, path: Path, values: list[dict[str, Any]]) -> str:
    """Return the text with records at the end of a list that is there."""
    node: Any = find(text, path)
    if isinstance(node, SequenceNode) and node.value and node.flow_style:
        at = span(node.value[-1], text)[1]
        return text[:at] + "".join(f", {to_flow(value)}" for value in values) + text[at:]
    if isinstance(node, SequenceNode) and node.value:
        indent = _column(node)
        ends = [span(item, text) for item in node.value]
        at = _line_end(text, ends[-1][1])
        is_spaced = len(ends) > 1 and "\n\n" in text[ends[-2][1] : ends[-1][0]]
        gap = ("\n\n" if is_spaced else "\n") + " " * indent + "- "
        return text[:at] + "".join(gap + to_item(value, indent + 2) for value in values) + text[at:]
    parent: Any = find(text, path[:-1])
    name, _ = _pair(parent, str(path[-1])) or (None, None)
    colon = text.index(":", span(name, text)[1])
    end = max(span(node, text)[1], colon + 1) if node is not None else colon + 1
    new = f" {to_flow(values)}" if parent.flow_style else to_block(values, _column(parent))
    return text[: colon + 1] + new + text[end:]
