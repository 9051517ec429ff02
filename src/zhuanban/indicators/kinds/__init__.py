"""The drawer of indicator kinds: one file per kind, which names it in ``KIND``. Pure."""
