"""Pages drawn once: whole answers kept ready for the wire until a new generation is current."""
