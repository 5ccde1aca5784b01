"""One subcommand each: what it takes, does, says."""
