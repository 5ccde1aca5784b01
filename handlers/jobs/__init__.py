"""One job each: what the clock starts."""
