"""The styles of a Word file: what a paragraph or letters look like, each style over another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import qn


@dataclass(frozen=True)
class Look:
    """How letters look: what is not said is None."""

    size: float | None = None
    font: str | None = None
    bold: bool | None = None
    italic: bool | None = None
    colour: str | None = None

    def over(self, below: Look) -> Look:
        """Return this look where it says something, else the one below."""
        return Look(
            *(
                mine if mine is not None else theirs
                for mine, theirs in zip(_values(self), _values(below), strict=True)
            )
        )


class WordStyles:
    """The styles of one file: each is looked up once."""

    def __init__(self, document: Any) -> None:  # noqa: ANN401 - untyped
        self._element = document.styles.element
        self._styles = {one.get(qn("w:styleId")): one for one in self._element.iter(qn("w:style"))}
        self._theme = _theme_fonts(document)
        self.plain = self._defaults()

    def property_of(self, element: Any, path: str) -> Any:  # noqa: ANN401 - untyped
        """Return what a paragraph, or the style it has, says of itself."""
        steps = "/".join(qn(f"w:{name}") for name in path.split("/"))
        for one in self._levels(element):
            found = one.find(f"{qn('w:pPr')}/{steps}")
            if found is not None:
                return found
        return None

    def _levels(self, element: Any) -> Iterator[Any]:  # noqa: ANN401 - untyped
        yield element
        style = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        yield from self.chain(style.get(qn("w:val")) if style is not None else self._normal())
        defaults = self._element.find(f"{qn('w:docDefaults')}/{qn('w:pPrDefault')}")
        if defaults is not None:
            yield defaults

    def _normal(self) -> str | None:
        for name, style in self._styles.items():
            if style.get(qn("w:type")) == "paragraph" and style.get(qn("w:default")) == "1":
                return str(name)
        return None

    def chain(self, name: str | None) -> Iterator[Any]:
        """Yield a style and those it is based on."""
        seen: set[str] = set()
        while name and name in self._styles and name not in seen:
            seen.add(name)
            style = self._styles[name]
            yield style
            based = style.find(qn("w:basedOn"))
            name = based.get(qn("w:val")) if based is not None else None

    def look_of(self, run: Any, paragraph: Any) -> Look:  # noqa: ANN401 - untyped
        """Return how the letters of a run look."""
        look = self._look(run.find(qn("w:rPr")))
        named = run.find(f"{qn('w:rPr')}/{qn('w:rStyle')}")
        for style in self.chain(named.get(qn("w:val")) if named is not None else None):
            look = look.over(self._look(style.find(qn("w:rPr"))))
        for level in self._levels(paragraph):
            if level is not paragraph:
                look = look.over(self._look(level.find(qn("w:rPr"))))
        return look.over(self.plain)

    def _defaults(self) -> Look:
        said = self._element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
        return self._look(said).over(Look(10.0, "Times New Roman", bold=False, italic=False))

    def _look(self, said: Any) -> Look:  # noqa: ANN401 - untyped
        if said is None:
            return Look()
        size, fonts = said.find(qn("w:sz")), said.find(qn("w:rFonts"))
        colour = said.find(qn("w:color"))
        font = None
        if fonts is not None:
            theme = fonts.get(qn("w:asciiTheme"))
            font = self._theme.get(theme) if theme else fonts.get(qn("w:ascii"))
        return Look(
            size=int(size.get(qn("w:val"))) / 2 if size is not None else None,
            font=font,
            bold=_toggle(said.find(qn("w:b"))),
            italic=_toggle(said.find(qn("w:i"))),
            colour=colour.get(qn("w:val")) if colour is not None else None,
        )

    def spacing(self, element: Any) -> tuple[float, float]:  # noqa: ANN401 - untyped
        """Return how far a paragraph is from what is before it and after it, in points."""
        before = after = None
        for one in self._levels(element):
            said = one.find(f"{qn('w:pPr')}/{qn('w:spacing')}") if one is not None else None
            if said is None:
                continue
            before = said.get(qn("w:before")) if before is None else before
            after = said.get(qn("w:after")) if after is None else after
        return int(before or 0) / 20, int(after or 0) / 20

    def exact_line(self, element: Any) -> float | None:  # noqa: ANN401 - untyped
        """Return how high each line of a paragraph is in points, where that is said."""
        for one in self._levels(element):
            said = one.find(f"{qn('w:pPr')}/{qn('w:spacing')}")
            if said is not None and said.get(qn("w:line")) is not None:
                is_exact = said.get(qn("w:lineRule")) == "exact"
                return int(said.get(qn("w:line"))) / 20 if is_exact else None
        return None


def _values(look: Look) -> tuple[Any, ...]:
    return look.size, look.font, look.bold, look.italic, look.colour


def _toggle(said: Any) -> bool | None:  # noqa: ANN401 - untyped
    return None if said is None else said.get(qn("w:val")) not in {"0", "false", "off"}


def _theme_fonts(document: Any) -> Mapping[str, str]:  # noqa: ANN401 - untyped
    """Return the fonts that styles name by their place in the theme."""
    for relation in document.part.rels.values():
        if relation.reltype.endswith("/theme"):
            theme = parse_xml(relation.target_part.blob)
            return {
                f"{kind}{name}": str(latin.get("typeface", ""))
                for kind in ("major", "minor")
                for latin in theme.iterfind(f".//{qn(f'a:{kind}Font')}/{qn('a:latin')}")
                for name in ("HAnsi", "Ascii")
            }
    return {}
