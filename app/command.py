"""The installed command: it has all modules imported, and hands over to the command line."""

import gc


def main() -> None:
    """Run the command line.

    While modules are imported the collector of cycles rests: it would look through hundreds of
    thousands of objects over and over, a tenth of a start, and none of them is ever given up.
    """
    gc.disable()
    from .cli import main as run  # noqa: PLC0415 - what it imports is what takes long.

    gc.freeze()
    gc.enable()
    run()
