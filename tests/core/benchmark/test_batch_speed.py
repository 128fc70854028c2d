import json
import shutil
from pathlib import Path

import pytest

from core.benchmark import batch_speed
from core.benchmark.bare_parts import measure_photo_costs
from core.benchmark.batch_speed import measure_batch_speed
from core.benchmark.memory import peak_resident_mb, resident_mb
from core.benchmark.overhead import BareCalls
from core.commands import benchmark
from core.errors import PhotoError
from core.paths import sample_photo
from core.settings import EngineChoice, Settings


@pytest.fixture
def album(tmp_path: Path) -> Path:
    """Three photos of two faces each, and a broken one."""
    folder = tmp_path / "album"
    folder.mkdir()
    for number in range(3):
        copy = shutil.copy(sample_photo(), folder / f"{number}.jpg")
        with Path(copy).open("ab") as file:
            file.write(bytes([number]))
    (folder / "broken.jpg").touch()
    return folder


def test_a_folder_is_measured_photo_by_photo(album: Path, model_folder: Path) -> None:
    speed = measure_batch_speed(album, None, EngineChoice.ONNX)
    assert (speed.photo_count, speed.face_count) == (3, 6)
    assert speed.photos_per_s > 0
    assert 0 < speed.efficiency < 3
    assert list(speed.bare_ms) == ["decode", "detect", "predict"]
    assert list(speed.stages_cpu_ms) == ["hash", "decode", "detect", "crop", "predict"]
    assert all(ms > 0 for ms in [*speed.bare_ms.values(), *speed.stages_cpu_ms.values()])


def test_efficiency_is_the_speed_over_what_the_bare_parts_allow(
    album: Path, model_folder: Path
) -> None:
    speed = measure_batch_speed(album, None, EngineChoice.ONNX)
    allowed_per_s = 1000 / sum(speed.bare_ms.values())
    assert speed.efficiency == pytest.approx(speed.photos_per_s / allowed_per_s)


def test_the_growth_of_memory_counts_from_the_photo_at_which_it_is_warm(
    album: Path, model_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = iter([100.0, 103.5])
    monkeypatch.setattr(batch_speed, "resident_mb", lambda: next(held))
    monkeypatch.setattr(batch_speed, "WARM_UP_PHOTOS", 2)
    assert measure_batch_speed(album, None, EngineChoice.ONNX).rss_growth_mb == 3.5
    monkeypatch.setattr(batch_speed, "resident_mb", lambda: 100.0)
    monkeypatch.setattr(batch_speed, "WARM_UP_PHOTOS", 4)
    assert measure_batch_speed(album, None, EngineChoice.ONNX).rss_growth_mb is None


def test_the_bare_parts_leave_out_what_visage_adds(
    model_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repeated: list[int] = []

    def count_calls(calls: BareCalls) -> None:
        repeated.append(len(calls._calls))

    monkeypatch.setattr(BareCalls, "repeat", count_calls)
    settings = Settings(engine=EngineChoice.ONNX)
    measure_photo_costs([sample_photo()] * 3, None, settings, thread_count=2)
    one_photo, two_photos = sorted(repeated[:2])
    assert one_photo >= 5, "YuNet, and two looks at each face"
    assert two_photos == 2 * one_photo, "each thread has photos of its own"
    assert repeated[2:] == [2, 2], "one batch and its mirror image"


def test_the_command_prints_the_figures_of_the_issue(
    album: Path, model_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert benchmark.run_batch(album, None, EngineChoice.ONNX, as_json=True) == 0
    report = json.loads(capsys.readouterr().out)
    assert {"photos_per_s", "efficiency", "peak_rss_mb", "rss_growth_mb"} <= set(report)


def test_a_folder_without_photos_is_a_sentence(tmp_path: Path, model_folder: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(PhotoError, match="holds no photo"):
        measure_batch_speed(tmp_path / "empty", None, EngineChoice.ONNX)


def test_the_peak_of_memory_is_no_less_than_what_is_held_now() -> None:
    now, peak = resident_mb(), peak_resident_mb()
    if now is None or peak is None:
        pytest.skip("the system has no /proc")
    assert peak >= 0.95 * now > 0
