"""What httpx needs for TLS, for tests that use none: to read all authorities of the world takes 40 ms a client."""

import ssl

# it trusts nobody
NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
