"""Lists of offices: people and itineraries in sheets, in tables of documents and in text of any encoding."""
