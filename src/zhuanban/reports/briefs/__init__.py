"""The drawer of briefs: one pure composer per kind of report, from facts to a document."""
