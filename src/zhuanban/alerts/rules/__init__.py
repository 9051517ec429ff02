"""The drawer of alert rules: one pure file per rule, each naming its ``RULE``."""
