"""The drawer of cadences: one pure file per kind of filing, each naming its ``CADENCE``."""
