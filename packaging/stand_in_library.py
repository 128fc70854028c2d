"""Builds small libraries in the place of large ones that others are linked to and never call.

The loader wants a library of that name with every function that is asked for. Here most of them
end the program with the reason. Some are asked on the way and answer 0, which means "none"; others
do something, in a source of ours.
"""

import subprocess
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

HEAD = """\
#include <stdio.h>
#include <stdlib.h>

#define LEFT_OUT(name)                                                            \\
    __attribute__((weak)) void name(void)                                         \\
    {                                                                             \\
        fputs("Visage was asked for " #name ", which it leaves out.\\n", stderr); \\
        abort();                                                                  \\
    }

#define NONE(name) \\
    long name(void) { return 0; }

"""


def replace(
    library: Path,
    others: Iterable[Path],
    answers_none: Sequence[str] = (),
    source: Path | None = None,
) -> None:
    """Put a stand-in where `library` is.

    Args:
        others: the libraries that ask it for functions.
        answers_none: the functions that answer 0.
        source: C code with those that do something.
    """
    defined = functions(library, "--defined-only")
    asked = {name for other in others for name in functions(other, "--undefined-only")}
    wanted = sorted(asked & defined.keys())
    lines = [f"{'NONE' if name in answers_none else 'LEFT_OUT'}({name})\n" for name in wanted]
    with TemporaryDirectory() as folder:
        code, versions = Path(folder, "stand_in.c"), Path(folder, "versions")
        code.write_text(HEAD + "".join(lines))
        versions.write_text(version_script({name: defined[name] for name in wanted}))
        command = ["gcc", "-shared", "-fPIC", "-O2", "-s", f"-Wl,-soname,{library.name}"]
        if versions.stat().st_size:
            command.append(f"-Wl,--version-script={versions}")
        sources = [code, source] if source else [code]
        subprocess.run([*command, "-o", library, *sources], check=True)


def functions(library: Path, kind: str) -> dict[str, str]:
    """What a library defines or asks for, each with its version or ""."""
    told = subprocess.run(
        ["nm", "--dynamic", kind, library], check=True, capture_output=True, text=True
    ).stdout
    names = (line.split()[-1].replace("@@", "@").partition("@") for line in told.splitlines())
    return {name: version for name, _, version in names}


def version_script(versions: Mapping[str, str]) -> str:
    """What tells the linker which function has which version; empty where none has any."""
    names: dict[str, list[str]] = defaultdict(list)
    for name, version in versions.items():
        if version:
            names[version].append(name)
    return "".join(
        f"{version} {{ global: {'; '.join(those)}; }};\n" for version, those in names.items()
    )
