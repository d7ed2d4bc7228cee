"""Photographs as they are kept: upright, no larger than a screen shows, and saying nothing of where
they were taken.
"""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass

from PIL import Image, ImageOps

from thidua_desktop.domain.attachments import JPEG, PNG, Unfit

LONGEST_SIDE = 2_000
MOST_PIXELS = 100_000_000
_QUALITY = 85
_GREY = frozenset({"1", "L"})


@dataclass(frozen=True, slots=True)
class Shrunk:
    """A photograph as it is kept."""

    mime: str
    content: bytes


def shrink(content: bytes) -> Shrunk | Unfit:
    """Make a photograph anew from its pixels; a PNG stays one when it is smaller so.

    Nothing but the pixels is taken over: no EXIF, no place, nothing behind the end of the picture.
    """
    try:
        with warnings.catch_warnings():
            # Pillow warns from half of what it refuses; the limit here is our own.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    return Unfit.SIZE
                is_png = picture.format == "PNG"
                return _smaller(_plain(picture), is_png=is_png)
    except Image.DecompressionBombError:
        return Unfit.SIZE
    except (OSError, ValueError, SyntaxError, EOFError):  # what Pillow raises on a broken file
        return Unfit.DAMAGED


def _plain(picture: Image.Image) -> Image.Image:
    picture.draft(None, (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG is read no larger than needed
    upright = ImageOps.exif_transpose(picture)
    if upright.mode in _GREY:
        flat = upright.convert("L")
    elif upright.has_transparency_data:
        clear = upright.convert("RGBA")
        flat = Image.new("RGB", clear.size, "white")
        flat.paste(clear, mask=clear.getchannel("A"))
    else:
        flat = upright.convert("RGB")
    flat.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    bare = Image.new(flat.mode, flat.size)
    bare.paste(flat)
    return bare


def _smaller(picture: Image.Image, *, is_png: bool) -> Shrunk:
    jpeg = _saved(picture, "JPEG", quality=_QUALITY, optimize=True)
    if is_png:
        png = _saved(picture, "PNG", optimize=True)
        if len(png) <= len(jpeg):
            return Shrunk(PNG, png)
    return Shrunk(JPEG, jpeg)


def _saved(picture: Image.Image, kind: str, **how: int | bool) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **how)
    return out.getvalue()
