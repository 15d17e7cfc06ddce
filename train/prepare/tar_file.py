"""Files as a tar holds them: equal contents give equal bytes, whenever and wherever."""

from __future__ import annotations

import tarfile

_MODE = 0o644
END = bytes(2 * tarfile.BLOCKSIZE)
"""What a tar ends with."""
HEAD = tarfile.BLOCKSIZE
"""Bytes before a file's own."""


def tar_file(name: str, content: bytes) -> bytes:
    """One file with its header, filled up to whole blocks; dated 1970, and nobody's."""
    info = tarfile.TarInfo(name)
    info.size, info.mode, info.mtime = len(content), _MODE, 0
    head = info.tobuf(tarfile.USTAR_FORMAT)
    return head + content + bytes(-len(content) % tarfile.BLOCKSIZE)
