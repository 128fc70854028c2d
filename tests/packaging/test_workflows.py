import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import contents

WORKFLOWS = sorted((contents.ROOT / ".github" / "workflows").glob("*.yml"))
USES = re.compile(r"uses: (\S+)@(\S+)( # v[\d.]+)?$", re.MULTILINE)


def test_zizmor_finds_nothing_in_the_workflows() -> None:
    zizmor = Path(sys.executable).parent / "zizmor"
    program = str(zizmor) if zizmor.exists() else shutil.which("zizmor")
    assert program is not None
    command = [program, "--offline", "--no-progress", str(contents.ROOT / ".github")]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout + told.stderr


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_each_action_is_pinned_by_its_commit_and_says_which_version_that_is(
    workflow: Path,
) -> None:
    text = workflow.read_text(encoding="utf-8")
    used = USES.findall(text)
    assert len(used) == text.count("uses:") > 0
    for action, commit, version in used:
        assert re.fullmatch(r"[0-9a-f]{40}", commit), action
        assert version, action


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_what_a_workflow_runs_of_the_project_is_there(workflow: Path) -> None:
    text = workflow.read_text(encoding="utf-8")
    named = re.findall(r"(?:packaging|tests|\.ci)/[\w./-]*\w", text)
    assert named
    assert [name for name in named if not (contents.ROOT / name).exists()] == []
