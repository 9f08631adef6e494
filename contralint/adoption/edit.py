"""What is to become of one file: written, added to, or left as it is and why."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from pathlib import Path

from contralint.errors import UsageError
from contralint.files import replace


@dataclass(frozen=True)
class Edit:
    """One file of a plan.

    Attributes:
        name: The file, from the top of the repository.
        about: What the edit brings, or why the file is left as it is.
        before: What the file holds; None where there is none.
        after: What it is to hold; None where it is left as it is.
    """

    name: str
    about: str
    before: str | None = None
    after: str | None = None

    @property
    def verb(self) -> str:
        """What is done: "wrote", "added to" or "left"."""
        if self.after is None:
            return "left"
        return "wrote" if self.before is None else "added to"

    def diff(self) -> str:
        """The edit as a unified diff; empty where nothing is done."""
        if self.after is None:
            return ""
        old = "/dev/null" if self.before is None else f"a/{self.name}"
        lines = difflib.unified_diff(
            (self.before or "").splitlines(keepends=True), self.after.splitlines(keepends=True), old, f"b/{self.name}"
        )
        return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)

    def write(self, root: Path) -> None:
        """Does it.

        Raises:
            UsageError: The file cannot be written.
        """
        if self.after is None:
            return
        path = root / self.name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            replace(path, self.after.encode())
        except OSError as error:
            raise UsageError(f"{self.name}: cannot be written: {error.strerror}") from None


def content(root: Path, name: str) -> str | None:
    """What a file holds, its line ends untouched; None where there is none.

    Raises:
        UsageError: It is no file of UTF-8 text, or cannot be read.
    """
    try:
        return (root / name).read_bytes().decode()
    except FileNotFoundError:
        return None
    except UnicodeDecodeError:
        raise UsageError(f"{name}: is not UTF-8 text, so nothing can be added to it") from None
    except OSError as error:
        raise UsageError(f"{name}: cannot be read: {error.strerror}") from None


def joined(text: str, addition: str) -> str:
    """A text with more at its end, after a blank line, with the line ends that it has."""
    ends = "\r\n" if "\r\n" in text else "\n"
    gap = "" if not text.strip() else ends if text.endswith("\n") else ends * 2
    return text + gap + addition.replace("\n", ends)
