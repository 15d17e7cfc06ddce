"""What every command of the project shares: named errors and the exit codes they mean."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable


class FacecastError(Exception):
    """An error that a user can act on: one line that says what is wrong and what to do."""

    exit_code = 1


class GateError(FacecastError):
    """A gate or budget failed; the message carries the measured and the allowed value."""

    exit_code = 1


class InputError(FacecastError):
    """Bad usage or bad input; the message names the file and the reason."""

    exit_code = 2


class MachineError(FacecastError):
    """The machine stands in the way: no browser, no disk, an invalid measurement."""

    exit_code = 3


def exit_code_of(main: Callable[[], None]) -> int:
    """Run a command's body; print an error as its user should see it and say how to exit."""
    try:
        main()
    except FacecastError as error:
        print(f"error: {error}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print("interrupted; nothing was left half-written", file=sys.stderr)
        return 130
    except OSError as error:
        print(f"error: {_os_message(error)}", file=sys.stderr)
        return MachineError.exit_code
    except Exception:
        traceback.print_exc()
        print("error: this is a fault of facecast; please report the lines above", file=sys.stderr)
        return 70
    return 0


def _os_message(error: OSError) -> str:
    where = f"{error.filename}: " if error.filename else ""
    return f"{where}{error.strerror or error}"
