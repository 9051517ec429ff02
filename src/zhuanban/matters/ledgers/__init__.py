"""The drawer of ledgers: one file per kind of matter. Pure: no Django, no disk, no clock."""
