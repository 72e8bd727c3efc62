"""The words of SPARQL: of queries (1.1, 1.2 and what the engine adds) and of updates."""

__all__ = ["FORMS", "FUNCTIONS", "QUERY_WORDS", "UPDATE_WORDS"]

#: The words that a query begins with.
FORMS = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})

#: The words that occur in updates only; none of them has a meaning in a query.
UPDATE_WORDS = frozenset({
    "INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH", "USING", "INTO",
})  # fmt: skip

_CLAUSES = """
    BASE PREFIX VERSION SELECT ASK CONSTRUCT DESCRIBE DISTINCT REDUCED AS FROM NAMED WHERE GROUP BY HAVING
    ORDER ASC DESC LIMIT OFFSET VALUES BINDINGS UNDEF OPTIONAL GRAPH SERVICE SILENT BIND MINUS UNION FILTER
    LATERAL EXISTS NOT IN SEPARATOR A TRUE FALSE
"""

#: Fewest and most arguments, then the functions that take them; 99: any number.
_BY_ARITY: dict[tuple[int, int], str] = {
    (0, 0): "NOW RAND UUID STRUUID",
    (0, 1): "BNODE",
    (0, 99): "CONCAT COALESCE",
    (1, 1): """
        COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT STR LANG LANGDIR DATATYPE BOUND IRI URI ABS CEIL FLOOR ROUND
        STRLEN UCASE LCASE ENCODE_FOR_URI YEAR MONTH DAY HOURS MINUTES SECONDS TIMEZONE TZ MD5 SHA1 SHA256
        SHA384 SHA512 ISIRI ISURI ISBLANK ISLITERAL ISNUMERIC ISTRIPLE HASLANG HASLANGDIR SUBJECT PREDICATE
        OBJECT
    """,
    (1, 2): "ADJUST",
    (2, 2): """
        LANGMATCHES CONTAINS STRSTARTS STRENDS STRBEFORE STRAFTER STRLANG STRDT SAMETERM SAMEVALUE
    """,
    (2, 3): "REGEX SUBSTR",
    (3, 3): "IF TRIPLE STRLANGDIR",
    (3, 4): "REPLACE",
}

#: Each function with its fewest and most arguments.
FUNCTIONS = {name: arity for arity, names in _BY_ARITY.items() for name in names.split()}

#: All words that may stand in a query, in capitals.
QUERY_WORDS = frozenset(_CLAUSES.split()) | frozenset(FUNCTIONS)
