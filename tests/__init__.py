"""The mirror of `app`, and guards over its data and its layers."""
