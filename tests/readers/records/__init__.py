"""Tables of every format, small and made up, with their traps."""
