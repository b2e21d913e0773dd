"""One file per signal. A signal gives each requirement–clause pair a raw value of at least 0."""
