"""Fashion-MNIST on a worker's machine: a folder that all its runs read, checked once."""

import hashlib
import json
import os
import tempfile
from pathlib import Path

from .plan import ROOT

#: The published files, their sizes and MD5 sums (see data/README.md).
FILES = {
    "train-images-idx3-ubyte.gz": (26421880, "8d4fb7e6c68d591d4c3dfef9ec88bf0d"),
    "train-labels-idx1-ubyte.gz": (29515, "25c81989df183df01b3e8a0aad5dffbe"),
    "t10k-images-idx3-ubyte.gz": (4422102, "bef4ecab320f06d8554ea6380940ec79"),
    "t10k-labels-idx1-ubyte.gz": (5148, "bb300cfdad3c16e7a12a480ee83cd310"),
}


class DataError(Exception):
    """The data is not there or not what was published."""


def folder_of(asked: str | None) -> Path:
    """Where the four files are: the folder asked for, FASHION_MNIST_DIR, or data/ of the project."""
    named = asked or os.environ.get("FASHION_MNIST_DIR")
    return Path(named) if named else ROOT / "data" / "FashionMNIST" / "raw"


def check_once(folder: Path) -> Path:
    """Checks the four files, unless the same ones were checked on this machine before.

    The folder is only read. Raises DataError that names the file, what was expected and what is there.
    """
    state = [[name, *stat(folder / name)] for name in FILES]
    name = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:16]
    note = notes() / f"data-{name}.json"
    try:
        if json.loads(note.read_text(encoding="utf-8")) == state:
            return folder
    except (OSError, ValueError):
        pass
    for file, (_, expected) in FILES.items():
        found = hashlib.md5((folder / file).read_bytes()).hexdigest()
        if found != expected:
            raise DataError(f"{folder / file}: MD5 {expected} expected, {found} found")
    half = note.with_name(f"{note.name}.{os.getpid()}.tmp")
    half.write_text(json.dumps(state), encoding="utf-8")
    os.replace(half, note)
    return folder


def stat(file: Path) -> tuple[int, int]:
    """Size and time of a file. Raises DataError when it is missing or has another size."""
    expected = FILES[file.name][0]
    try:
        found = file.stat()
    except OSError:
        raise DataError(f"{file} is missing; `npm run data` fetches it, --data names another folder") from None
    if found.st_size != expected:
        raise DataError(f"{file}: {expected:,} bytes expected, {found.st_size:,} found")
    return found.st_size, found.st_mtime_ns


def notes() -> Path:
    """A folder of this user on this machine, even where the project lies on a shared disk."""
    user = getattr(os, "getuid", lambda: "user")()
    folder = Path(tempfile.gettempdir()) / f"lab-runs-{user}"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder
