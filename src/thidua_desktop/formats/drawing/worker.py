"""The drawing process: opens, draws and finds, one request after another."""

from __future__ import annotations

import sys
from collections import OrderedDict
from pathlib import Path

from thidua_desktop.aside import Answering
from thidua_desktop.domain.drawings import Unshowable
from thidua_desktop.formats.drawing.documents import Document, UnshowableContent, open_document
from thidua_desktop.formats.drawing.messages import (
    Answer,
    Close,
    Closed,
    Cut,
    Draw,
    Find,
    Found,
    Made,
    Measure,
    Measured,
    OfDocument,
    Open,
    Opened,
    Refused,
    Request,
    Unknown,
    encode,
)

_MOST_OPEN = 8
_MOST_MEMORY = 2 * 1024**3


def begin() -> Answering[Request]:
    """Return what draws, and holds open what was opened."""
    _bound_memory()
    documents: OrderedDict[int, Document] = OrderedDict()
    return lambda request, tell: tell(encode(_answer(documents, request)))


def _answer(documents: OrderedDict[int, Document], request: Request) -> Answer:
    try:
        if isinstance(request, Measure):
            return _measured(request)
        return _done(documents, request)
    except UnshowableContent as error:
        return Refused(error.why)
    except MemoryError:
        return Refused(Unshowable.SIZE)
    except Exception:  # noqa: BLE001 - whatever a hostile file makes a library raise
        return Refused(Unshowable.DAMAGED)


def _done(documents: OrderedDict[int, Document], request: OfDocument) -> Answer:
    document = documents.get(request.number)
    if isinstance(request, Open):
        return _opened(documents, request)
    if isinstance(request, Close):
        if document is not None:
            documents.pop(request.number).close()
        return Closed()
    if document is None:
        return Unknown()
    documents.move_to_end(request.number)
    match request:
        case Draw():
            return document.draw(request.page, request.scale)
        case Find():
            return Found(document.find(request.page, request.words))
        case Cut():
            return Made(document.cut(request.pages))


def _opened(documents: OrderedDict[int, Document], request: Open) -> Answer:
    while len(documents) >= _MOST_OPEN:
        documents.popitem(last=False)[1].close()
    document = documents[request.number] = open_document(request.content, request.mime)
    return Opened(document.sizes)


def _measured(request: Measure) -> Measured:
    from thidua_desktop.formats.measuring.papers import PaperMeasures  # noqa: PLC0415 - who asks

    return Measured(PaperMeasures(Path(request.fonts)).measure_content("", request.content))


def _bound_memory() -> None:
    """Let a file that wants all memory fail here, and nowhere else."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - not everywhere

        _, most = resource.getrlimit(resource.RLIMIT_AS)
        wanted = _MOST_MEMORY if most == resource.RLIM_INFINITY else min(_MOST_MEMORY, most)
        resource.setrlimit(resource.RLIMIT_AS, (wanted, most))
