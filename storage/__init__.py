"""One SQLite file: what was asked, minted, posted; who holds the access token; and the audit of it all."""
