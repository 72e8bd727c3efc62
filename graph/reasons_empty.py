"""The sentences that say why a query finds nothing; each says what to try instead."""

from ontology.messages import N_

UNKNOWN = N_(
    "Line {line}: the parts of the query find something one by one, but nothing together. "
    "Remove one after the other to see where it ends."
)
TRIPLE = N_("Line {line}: no statement fits {pattern}.")
TRIPLE_IN_GRAPH = N_(
    "Line {line}: in the graph that is asked no statement fits {pattern}. "
    "Ask without GRAPH or FROM, or look up which graph has it with GRAPH ?g."
)
PROPERTY = N_(
    "Line {line}: nothing in the graph has the property {term}. The data page lists those that there are."
)
PROPERTY_NEAR = N_("Line {line}: nothing in the graph has the property {term}. Is it {near}?")
CLASS = N_(
    "Line {line}: the graph has nothing of the class {term}. The data page lists the classes that there are."
)
CLASS_NEAR = N_("Line {line}: the graph has nothing of the class {term}. Is it {near}?")
THING = N_("Line {line}: the graph says nothing about {term}. Check how the address is written.")
THING_NEAR = N_("Line {line}: the graph says nothing about {term}. Is it {near}?")
VALUE_ELSEWHERE = N_("Line {line}: {term} is never the value in {pattern}. It is the value of: {near}.")
VALUE_NEVER = N_(
    "Line {line}: {term} is there, but never as a value. Look at it as the subject, or turn the "
    "pattern round."
)
LITERAL = N_("Line {line}: no value in {pattern} is {term} or like it.")
LITERAL_NEAR = N_("Line {line}: no value in {pattern} is {term}. The nearest is {near}.")
LITERAL_LANGUAGE = N_(
    "Line {line}: {term} is not the same as {near}: the language belongs to a text. Write {near}."
)
LITERAL_TYPE = N_(
    "Line {line}: {term} is not the same as {near}: the datatype belongs to a value. Write {near}."
)
REVERSED = N_(
    "Line {line}: {pattern} fits nothing, but the other way round it does. Swap subject and value, "
    "or write ^ before the property."
)
NOT_SAID = N_("Line {line}: {pattern} fits nothing. What is said of {term}: {near}.")
JOIN = N_(
    "Line {line}: {pattern} finds something, and so does {other} (line {other_line}), but they have no "
    "{variable} in common."
)
JOIN_ALL = N_("Line {line}: from {pattern} on nothing is left: it fits none of the rows found before it.")
OPTIONAL = N_(
    "Line {line}: OPTIONAL stands before {pattern} and has already chosen its values, which then don't fit. "
    "Move OPTIONAL to the end of the group."
)
MINUS = N_("Line {line}: MINUS takes away every row that was found before it. Remove it or make it narrower.")
VALUES = N_(
    "Line {line}: none of the values listed in VALUES occurs in what the rest finds. Check how "
    "they are written."
)
UNION = N_("Line {line}: none of the {count} branches of UNION finds anything.")
GROUP = N_("Line {line}: the group in braces that begins here finds nothing.")
GRAPH = N_(
    "Line {line}: there is no graph {part} here; nothing is fetched from elsewhere. The data "
    "page lists the graphs."
)
GRAPH_NEAR = N_(
    "Line {line}: there is no graph {part} here; nothing is fetched from elsewhere. Is it {near}?"
)
GRAPH_HAS_NOT = N_("Line {line}: the graph {name} is there, but this group finds nothing in it.")
PARAMETER = N_("There is no graph {part} here. Choose another one for default-graph-uri or named-graph-uri.")
PARAMETER_NEAR = N_("There is no graph {part} here. Is it {near}?")
FILTER = N_("Line {line}: {pattern} drops every row. Remove it or make it wider.")
FILTERS = N_(
    "Line {line}: each filter leaves something, but after {pattern} nothing is left of all of them together."
)
FILTER_VALUES = N_("Line {line}: {pattern} drops every row. Values that it sees: {values}.")
FILTER_LANGUAGE = N_(
    "Line {line}: {pattern} drops every row because the values have a language ({values}). "
    "Compare the text alone: STR({variable})."
)
FILTER_DAY = N_(
    "Line {line}: {pattern} drops every row: a day without quotes is read as a subtraction. "
    'Write "2024-03-04"^^xsd:date.'
)
FILTER_OPTIONAL = N_(
    "Line {line}: {pattern} drops every row because the OPTIONAL that gives {variable} finds nothing. "
    "Look into it, or let the filter pass without it: !BOUND({variable}) || …"
)
FILTER_UNBOUND = N_(
    "Line {line}: {pattern} drops every row because {variable} never has a value here. "
    "Check how the variable is written."
)
EXISTS = N_("Line {line}: FILTER EXISTS drops every row: what it asks for is never there.")
NOT_EXISTS = N_("Line {line}: FILTER NOT EXISTS drops every row: each has what it excludes.")
HAVING = N_("Line {line}: HAVING drops every group. Remove it to see the values that it compares.")
LIMIT_ZERO = N_("Line {line}: LIMIT 0 lets no row through. Write a larger number.")
OFFSET = N_("Line {line}: OFFSET skips more rows than there are. Write a smaller number.")
TEMPLATE = N_(
    "Line {line}: rows are found, but the template of CONSTRUCT uses a variable that they don't have."
)
RESOURCE = N_("Line {line}: nothing is said about {part}. Check how the address is written.")
RESOURCE_NEAR = N_("Line {line}: nothing is said about {part}. Is it {near}?")
