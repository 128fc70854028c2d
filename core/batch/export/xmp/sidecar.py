"""XMP sidecars beside photos, with the faces as regions.

What a sidecar holds already stays, and so do the names that it, the photo's other sidecar or the
picture itself know: a face that someone named keeps its name and gets age and gender besides.
The picture is never written.
"""

import logging
from collections.abc import Iterable, Mapping
from pathlib import Path

from core.batch.export.change_check import check_unchanged
from core.batch.export.report import ExportReport
from core.batch.export.whole_file import whole_file
from core.batch.export.xmp.face_region import make_face_region
from core.batch.export.xmp.merge import Picture, merge_faces
from core.batch.export.xmp.packet import MAX_BYTES, RDF, VISAGE, Packet, read_packet, tag
from core.batch.export.xmp.picture_head import read_head
from core.batch.export.xmp.rdf import text
from core.batch.export.xmp.sidecar_name import SidecarName, full_path, namesakes, short_path
from core.batch.record import LabelledPhoto, PhotoState
from core.errors import ExportError, PhotoError
from core.sources.file_check import display_name, is_there, open_file

_SIDECAR_FOR = tag("http://ns.adobe.com/photoshop/1.0/", "SidecarForExtension")

_log = logging.getLogger(__name__)


def write_xmp_sidecars(
    photos: Iterable[LabelledPhoto],
    report: ExportReport | None = None,
    name: SidecarName = SidecarName.AUTO,
) -> ExportReport:
    """Write or complete the sidecars of every photo with faces.

    Where a photo has none any more, its sidecars say no longer what an export said of them. Videos
    get none: a region has a place, but no time.

    A photo that is gone or was changed since, a folder that may not be written or a sidecar that
    cannot be understood is reported, and the others follow.

    Args:
        photos: whole ones; see `labelled_photos`.
        report: filled on the way, for whoever wants to know after an error too.
    """
    report = report or ExportReport()
    for photo in photos:
        if photo.facts.state is not PhotoState.DONE or photo.facts.is_video:
            continue
        try:
            for path, content in _completed(photo, name).items():
                with whole_file(path) as stream:
                    stream.write(content)
                report.written_count += 1
        except (ExportError, PhotoError) as error:
            report.failures.append((photo.path, str(error)))
        except OSError as error:  # of a name to which no ending can be added, or of a bad disk
            sentence = f"Its sidecar could not be written ({error.strerror})."
            report.failures.append((photo.path, sentence))
        except Exception:  # one odd file is one row
            _log.exception("The sidecar of %s", display_name(photo.path))
            sentence = "Its sidecar could not be written; the log says why."
            report.failures.append((photo.path, sentence))
    return report


def _completed(photo: LabelledPhoto, name: SidecarName) -> dict[Path, bytes]:
    """What the sidecars of a photo will hold; of one without faces, those that name some."""
    known = _known_sidecars(photo.path)
    outdated = [path for path, content in known.items() if VISAGE.encode() in content]
    facts = photo.facts
    regions = [
        make_face_region(face, facts.width_px, facts.height_px, photo.labelled_by)
        for face in photo.faces
    ]
    faces = [region for region in regions if region is not None]
    if not faces and not outdated:
        return {}
    head = read_head(photo.path)
    check_unchanged(facts)
    paths = _paths_to_write(photo.path, name, known) if faces else outdated
    picture = Picture((facts.width_px, facts.height_px), head.orientation)
    completed = {}
    for path in paths:
        if path.is_symlink() and path not in known:
            raise ExportError(
                f"{display_name(path)} is a link that leads to no sidecar; nothing was written."
            )
        others = [_packet(other, known) for other in known if other != path]
        packet = _packet(path, known)
        merge_faces(packet, (*others, *head.packets), faces, picture)
        completed[path] = packet.to_bytes()
    return completed


def _known_sidecars(photo: Path) -> dict[Path, bytes]:
    """What the sidecars hold that are there, the fuller name first."""
    known = {}
    for path in dict.fromkeys((full_path(photo), short_path(photo))):
        content = None if path == photo else _content(path)
        if content is not None and (path == full_path(photo) or _is_for(photo, path, content)):
            known[path] = content
    return known


def _content(path: Path) -> bytes | None:
    """What a sidecar holds; None if there is none, or nothing in it."""
    if not is_there(path) or (path.is_file() and not path.stat().st_size):
        return None
    with open_file(path, PhotoError) as file:
        return file.read(MAX_BYTES + 1)


def _is_for(photo: Path, short: Path, content: bytes) -> bool:
    """Whether `photo.xmp` is about this photo, and not about one of the same name."""
    packet = read_packet(content, display_name(short))
    for description in packet.rdf.findall(tag(RDF, "Description")):
        ending = text(description, _SIDECAR_FOR)
        if ending is not None:
            return ending.lower() == photo.suffix.lower().lstrip(".")
    return next(namesakes(photo), None) is None


def _paths_to_write(photo: Path, name: SidecarName, known: Iterable[Path]) -> list[Path]:
    """The sidecars that are asked for.

    Raises:
        ExportError: if one of them may be about another picture, or is the photo itself.
    """
    full, short = full_path(photo), short_path(photo)
    asked = {
        SidecarName.AUTO: list(known) or [full],
        SidecarName.FULL: [full],
        SidecarName.SHORT: [short],
        SidecarName.BOTH: [full, short],
    }[name]
    if short in asked and short not in known:
        if short == photo:
            raise ExportError(f"{display_name(photo)} has the name that its sidecar would have.")
        if is_there(short):
            raise ExportError(f"{display_name(short)} is about another picture of that name.")
        other = next(namesakes(photo), None)
        if other is not None:
            raise ExportError(
                f"{display_name(short)} could be about {display_name(other)} as well; "
                f"{display_name(full)} would be clear."
            )
    return list(dict.fromkeys(asked))


def _packet(path: Path, known: Mapping[Path, bytes]) -> Packet:
    """What the sidecar will be: what it is by now, else a copy of the photo's other one."""
    source = path if path in known else next(iter(known), path)
    return read_packet(known.get(source, b""), display_name(source))
