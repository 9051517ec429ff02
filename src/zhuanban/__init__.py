"""Zhuanban (专班): the system on which a task force runs its months."""
