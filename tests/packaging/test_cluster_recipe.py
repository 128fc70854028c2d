"""The container recipe in docs/cluster, as far as it can be checked without a container."""

import shlex
import tomllib
from typing import Any

import yaml

import contents
import renew_pins
from core.commands.command_line import parse_arguments

RECIPE = contents.ROOT / "docs" / "cluster"


def manifest() -> Any:
    return yaml.safe_load((RECIPE / "rayjob.yaml").read_text(encoding="utf-8"))


def test_the_job_starts_a_command_that_there_is() -> None:
    program, *words = shlex.split(manifest()["spec"]["entrypoint"])
    arguments = parse_arguments(words)
    assert (program, arguments.command) == ("visage", "label")
    assert arguments.cluster.startswith("ray://")


def test_the_recipe_has_the_versions_of_the_project() -> None:
    ray = next(
        pin for pin in renew_pins.read_pins(renew_pins.PROJECT_FILE) if pin.startswith("ray==")
    )
    version = ray.partition("==")[2]
    project = tomllib.loads((contents.ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    recipe = (RECIPE / "Dockerfile").read_text(encoding="utf-8")
    assert manifest()["spec"]["rayClusterSpec"]["rayVersion"] == version
    assert f"FROM rayproject/ray:{version}-py311-cpu" in recipe
    assert f"visage-{project['project']['version']}-py3-none-any.whl" in recipe


def test_every_node_has_the_image_and_the_storage() -> None:
    cluster = manifest()["spec"]["rayClusterSpec"]
    groups = [cluster["headGroupSpec"], *cluster["workerGroupSpecs"]]
    containers = [group["template"]["spec"]["containers"][0] for group in groups]
    assert {one["image"] for one in containers} == {"visage-cluster"}
    assert all(one["envFrom"] == containers[0]["envFrom"] for one in containers)
    for one in containers:
        assert one["resources"]["requests"] == one["resources"]["limits"]
