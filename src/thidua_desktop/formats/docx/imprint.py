"""What a document says of how it was printed.

The imprint lies in two places: Word keeps custom XML word for word, LibreOffice drops it and keeps
properties of the document.
"""

from __future__ import annotations

import base64
import json
import zlib
from typing import Any
from uuid import UUID

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from thidua_desktop.domain.returned import Asked, AskedSort, Imprint, PrintedLine, PrintedPassage
from thidua_desktop.domain.same_words import Setting
from thidua_desktop.formats.docx.tags import source_of_tag, tag_of

PROPERTY = "ThiDuaDesktop"
NAMESPACE = "urn:thidua-desktop:imprint"
_VERSION = 1
_MOST_TEXT = 16 * 1024**2  # of an imprint, inflated
_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"


def imprint_text(imprint: Imprint) -> str:
    """Return an imprint as letters that every file can hold."""
    said = {
        "v": _VERSION,
        "asked": [
            [one.sort, _hex(one.id), one.form, one.year, _hex(one.unit_id)] for one in imprint.asked
        ],
        "lines": [
            [one.known_by, list(one.passages), one.before, one.after] for one in imprint.lines
        ],
        "passages": [
            [tag_of(one.source), one.setting.value, one.known_by] for one in imprint.passages
        ],
    }
    packed = zlib.compress(json.dumps(said, separators=(",", ":")).encode(), 9)
    return base64.b64encode(packed).decode()


def imprint_from(text: str) -> Imprint:
    """Return the imprint that letters hold. Raises ValueError for anything else."""
    inflating = zlib.decompressobj()
    try:
        data = inflating.decompress(base64.b64decode(text, validate=True), _MOST_TEXT)
        if inflating.unconsumed_tail:
            raise ValueError(PROPERTY)
        said = json.loads(data)
        return _imprint(said)
    except (zlib.error, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(PROPERTY) from error


def _imprint(said: dict[str, Any]) -> Imprint:
    if said["v"] != _VERSION:
        raise ValueError(PROPERTY)
    passages = []
    for tag, setting, known_by in said["passages"]:
        source = source_of_tag(tag)
        if source is None:
            raise ValueError(PROPERTY)
        passages.append(PrintedPassage(source, Setting(setting), str(known_by)))
    lines = []
    for known_by, numbers, before, after in said["lines"]:
        if not all(0 <= one < len(passages) for one in numbers):
            raise ValueError(PROPERTY)
        lines.append(PrintedLine(str(known_by), tuple(numbers), int(before), int(after)))
    named = {number for line in lines for number in line.passages}
    if len(named) != len(passages):
        raise ValueError(PROPERTY)
    asked = tuple(
        Asked(AskedSort(sort), _id(one), str(form), None if year is None else int(year), _id(unit))
        for sort, one, form, year, unit in said["asked"]
    )
    return Imprint(asked, tuple(lines), tuple(passages))


def _hex(record_id: UUID | None) -> str:
    return record_id.hex if record_id else ""


def _id(text: str) -> UUID | None:
    return UUID(hex=text) if text else None


def stamp(part: Part, imprint: Imprint) -> None:
    """Let a document say how it was printed."""
    text = imprint_text(imprint)
    package = part.package
    own = _XML + f'<imprint xmlns="{NAMESPACE}">{text}</imprint>'
    held = Part(PackURI("/customXml/item1.xml"), CONTENT_TYPE.XML, own.encode(), package)
    part.relate_to(held, RELATIONSHIP_TYPE.CUSTOM_XML)
    properties = _XML + (
        f'<Properties xmlns="{_PROPERTIES}" xmlns:vt="{_VALUES}"><property fmtid="{_FORMAT_ID}" '
        f'pid="2" name="{PROPERTY}"><vt:lpwstr>{text}</vt:lpwstr></property></Properties>'
    )
    described = Part(
        PackURI("/docProps/custom.xml"),
        CONTENT_TYPE.OFC_CUSTOM_PROPERTIES,
        properties.encode(),
        package,
    )
    package.relate_to(described, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)
