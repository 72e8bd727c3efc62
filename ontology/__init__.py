"""The words of Köprü: vocabulary, IRIs, dates, text keys, messages and errors.

Everything else imports from here; this package imports rdflib and the standard
library only.
"""
