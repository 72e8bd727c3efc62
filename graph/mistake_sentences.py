"""The sentences for what the grammar does not allow; each says what to write instead."""

from ontology.messages import N_

ENDS_EARLY = N_("Line {line}, column {column}: the query ends too early, after {before}. Complete it.")
NOT_HERE = N_(
    "Line {line}, column {column}: '{token}' can't stand here. Check it and what stands directly before it."
)
NO_DOT = N_(
    "Line {line}, column {column}: a dot is missing before {token}. End the pattern before it with a dot."
)
FOURTH = N_(
    "Line {line}, column {column}: {token} is one too many: a pattern has a subject, a property and a value. "
    "Remove it; or separate several values with commas, several properties with ';'."
)
TYPE_MARKS = N_("Line {line}, column {column}: between a text and its datatype stand two marks: ^^.")
DATE = N_(
    'Line {line}, column {column}: a day is written in quotes with its datatype: "2024-03-04"^^xsd:date.'
)
UNDEF = N_(
    "Line {line}, column {column}: UNDEF stands in VALUES only. For a value that may be missing use OPTIONAL."
)
A_PLACE = N_(
    "Line {line}, column {column}: 'a' means 'is of the class' and stands between the thing and "
    "its class only: "
    "?s a schema:City."
)
COMMA_END = N_(
    "Line {line}, column {column}: after a comma a further value is expected. Add it or remove the comma."
)
TWO_PARTS = N_(
    "Line {line}, column {column}: after {before} the value is missing: a pattern has a subject, "
    "a property and "
    "a value. For a class write {subject} a {before}."
)
NO_VALUE = N_("Line {line}, column {column}: after {before} its value is missing. Add it.")
ONE_PART = N_(
    "Line {line}, column {column}: after {before} property and value are missing: a pattern has a subject, "
    "a property and a value."
)
BAD_VERB = N_(
    "Line {line}, column {column}: {token} can't be a property. The property is an address, a "
    "name with a prefix, "
    "'a' or a variable."
)
UNION = N_(
    "Line {line}, column {column}: UNION stands between two groups in braces. Write {{ … }} UNION {{ … }}."
)
INSIDE = N_(
    "Line {line}, column {column}: {token} stands behind the closing brace of the query. Move it "
    "behind the last }}."
)
SUBQUERY = N_(
    "Line {line}, column {column}: a query within a query needs braces of its own. Write {{ SELECT … }}."
)
FUNCTION_ALONE = N_(
    "Line {line}, column {column}: {token}(…) is an expression. Use it in FILTER(…), BIND(… AS "
    "?x) or after SELECT."
)
FROM_INSIDE = N_(
    "Line {line}, column {column}: FROM stands before the first brace. To name a graph here, use GRAPH."
)
BRACE = N_("Line {line}, column {column}: {word} needs a group in braces. Write {word} {{ … }}.")
COMMAS = N_(
    "Line {line}, column {column}: the variables of SELECT are separated by spaces. Remove the comma."
)
UNNAMED = N_(
    "Line {line}, column {column}: a column that is computed needs parentheses and a name. "
    "Write ({word}(…) AS ?name)."
)
DISTINCT = N_("Line {line}, column {column}: {token} stands directly behind SELECT. Write SELECT {token} ?x.")
STAR = N_("Line {line}, column {column}: SELECT takes either * or a list of variables, not both.")
PREFIX_DOT = N_("Line {line}, column {column}: no dot stands after a PREFIX line. Remove it.")
EXTRA_DOT = N_("Line {line}, column {column}: one dot too many. Remove it.")
NO_GROUP = N_(
    "Line {line}, column {column}: the query ends before its group in braces. "
    "Write WHERE {{ … }} with the patterns that are to be found."
)
WHERE = N_(
    "Line {line}, column {column}: a group in braces is expected before '{token}'. "
    "Write WHERE {{ … }} with the patterns that are to be found."
)
NO_COLUMNS = N_(
    "Line {line}, column {column}: SELECT doesn't say what to show. Name variables, as in SELECT "
    "?s, or write SELECT *."
)
EQUALS = N_("Line {line}, column {column}: equality is a single '='.")
UNEQUAL = N_("Line {line}, column {column}: 'not equal' is written !=.")
EXISTS_SELECT = N_(
    "Line {line}, column {column}: an expression holds no query. Write EXISTS {{ … }}, or a "
    "query within braces."
)
EMPTY_CALL = N_("Line {line}, column {column}: a value is missing between '{before}' and '{token}'. Add it.")
HALF = N_("Line {line}, column {column}: after '{before}' a value is missing. Complete the expression.")
DECIMAL_COMMA = N_("Line {line}, column {column}: decimals are written with a dot: {whole}.{part}.")
SINGLE_BAR = N_("Line {line}, column {column}: in an expression 'or' is written ||.")
ARGUMENTS = N_(
    "Line {line}, column {column}: the arguments of {word} are separated by commas. Put one before {token}."
)
OPERATOR = N_(
    "Line {line}, column {column}: between {before} and {token} a sign such as =, < or && is missing, "
    "or a parenthesis is not closed before it."
)
DIRECTION = N_(
    "Line {line}, column {column}: the direction stands before what is sorted. Write {token}({variable})."
)
SEMICOLON = N_("Line {line}, column {column}: a query does not end with ';'. Remove it.")
SECOND = N_(
    "Line {line}, column {column}: the query is complete before '{token}'. Remove what follows, "
    "or ask one query at a time."
)
PREFIX_FIRST = N_("Line {line}, column {column}: prefixes stand before the query. Move this line to the top.")
OUTSIDE = N_("Line {line}, column {column}: {token} stands behind the last brace. Move it inside.")
CALL = N_(
    "Line {line}, column {column}: after {word} its arguments are expected in parentheses. Write {word}(…)."
)
WIDTH = N_(
    "Line {line}, column {column}: this row of VALUES has {count} values for {width} variables. "
    "Write as many as there are variables; UNDEF where there is none."
)
DATA_COMMA = N_("Line {line}, column {column}: values in VALUES are separated by spaces. Remove the comma.")
DATA = N_(
    "Line {line}, column {column}: '{token}' is no value. VALUES holds addresses, names with a prefix, "
    "texts in quotes, numbers and UNDEF."
)
#: What was expected, by the word that the reader of the grammar uses for it.
PLAIN = {
    "brace": BRACE,
    "star": STAR,
    "filter": N_(
        "Line {line}, column {column}: FILTER takes its condition in parentheses. Write FILTER(?x > 3)."
    ),
    "having": N_(
        "Line {line}, column {column}: HAVING takes its condition in parentheses. Write "
        "HAVING(COUNT(?x) > 3)."
    ),
    "bind": N_("Line {line}, column {column}: BIND takes parentheses. Write BIND(expression AS ?x)."),
    "as": N_(
        "Line {line}, column {column}: a computed value needs a name: '{before}' is followed by AS and a new "
        "variable, inside the parentheses. Write (expression AS ?name)."
    ),
    "by": N_("Line {line}, column {column}: after {word} stands BY. Write {word} BY."),
    "conditions": N_("Line {line}, column {column}: {word} BY needs something to go by. Name a variable."),
    "direction": N_(
        "Line {line}, column {column}: {word} takes what is sorted in parentheses. Write {word}(?x)."
    ),
    "in": N_("Line {line}, column {column}: IN takes a list in parentheses. Write ?x IN (1, 2)."),
    "exists": N_(
        "Line {line}, column {column}: NOT stands before EXISTS and IN only. "
        "To turn a condition round, write ! before it: !BOUND(?x)."
    ),
    "number": N_("Line {line}, column {column}: {word} takes a whole number. Write {word} 10."),
    "order": N_(
        "Line {line}, column {column}: {token} stands too late. "
        "The order is GROUP BY, HAVING, ORDER BY, LIMIT, OFFSET, each once."
    ),
    "prefix": N_(
        "Line {line}, column {column}: PREFIX is followed by a name with a colon. Write PREFIX ex: <address>."
    ),
    "address": N_(
        "Line {line}, column {column}: an address between < and > is expected instead of '{token}'."
    ),
    "datatype": N_("Line {line}, column {column}: after ^^ stands a datatype, such as xsd:date."),
    "arity": N_(
        "Line {line}, column {column}: {word} has too few or too many arguments. Look up what it takes."
    ),
    "variable": N_("Line {line}, column {column}: a variable is expected instead of '{token}'. Write ?name."),
    "graph": N_("Line {line}, column {column}: the name of a graph is expected instead of '{token}'."),
    "resource": N_(
        "Line {line}, column {column}: DESCRIBE is followed by what is to be described: an address "
        "or a variable."
    ),
    "template": N_(
        "Line {line}, column {column}: CONSTRUCT is followed by a template in braces. Write "
        "CONSTRUCT {{ ?s ?p ?o }} WHERE {{ … }}."
    ),
    "row": N_(
        "Line {line}, column {column}: each row of VALUES (…) stands in parentheses. Write (value value)."
    ),
    "separator": N_("Line {line}, column {column}: after ';' stands SEPARATOR=\", \"."),
}
