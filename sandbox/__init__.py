"""All that enters the box. Imports nothing of the judge; the judge imports only the protocol from here."""
