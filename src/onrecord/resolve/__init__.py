"""An attribution becomes a statement: who, through whom, when, and what is done in saying it."""

VERSION = "resolve-1"  # of the rules: a document that was resolved by others is resolved anew when it is read again
