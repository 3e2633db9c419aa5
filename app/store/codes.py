"""The byte that says what is known of one measure of one company, in a packed column."""

from ..profiles.figure import State

FOREIGN = "foreign"
"""The state of a figure in another currency: it is known, but not comparable."""
STATES = (State.UNKNOWN.value, State.NONE.value, FOREIGN, State.STATED.value, State.DERIVED.value)
"""What the lowest three bits of the byte say; from FIRST_KNOWN on there is a number."""
FIRST_KNOWN = 3
STATE, LOW_OPEN, HIGH_OPEN, LACKING, LOW_ENDLESS, HIGH_ENDLESS = 7, 8, 16, 32, 64, 128
"""The bits of the byte. Lacking is who has no number at all, not even beside the headline."""
CODES = {name: code for code, name in enumerate(STATES)}
"""The number of each state."""
NOTHING = CODES[State.UNKNOWN.value] | LACKING
"""The byte of who says nothing of a measure."""
