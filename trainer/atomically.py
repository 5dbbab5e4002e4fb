"""Files that are whole or absent: a temporary name, fsync, then rename."""

import errno
import os
from contextlib import contextmanager
from pathlib import Path

from .errors import Problem
from .recipe import reason


@contextmanager
def written_atomically(path):
    """A binary file to write; it takes the name `path` when the block ends well, and vanishes when it does not."""
    path = Path(path)
    temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(temporary, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
        _sync_folder(path.parent)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise Problem(f"No space is left on the disk for {path}; free some and run the same command again.") from error
        raise Problem(f"{path} cannot be written ({reason(error)}); choose another folder.") from error
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _sync_folder(folder):
    """Makes the rename itself last through a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
