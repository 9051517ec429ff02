"""The command line's commands, one file per family; each has ``register(subcommands)``."""
