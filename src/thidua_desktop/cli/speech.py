"""The library's own words in Vietnamese: the frame of a help text, what is wrong with a command."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Annotated, Any, TypeVar
from uuid import UUID

import typer
from typer.core import TyperCommand, TyperGroup

# The library has no translations: what it writes is told by its shape.
_WORDS: tuple[tuple[str, str], ...] = (
    (r"^Usage:", "Cách dùng:"),
    (r"^Arguments:", "Đối số:"),
    (r"^Options:", "Lựa chọn:"),
    (r"^Commands:", "Lệnh:"),
    (r"\[OPTIONS\]", "[LỰA CHỌN]"),
    (r"COMMAND \[ARGS\]\.\.\.", "LỆNH [ĐỐI SỐ]..."),
    (r"Show this message and exit\.", "Hiện hướng dẫn này."),
    (r"\[required\]", "[bắt buộc]"),
    (r"; required\]", "; bắt buộc]"),
    (r"\[default: ", "[mặc định: "),
    (r"^Missing argument '(.+?)'\.", r"thiếu đối số “\1”."),
    (r"^Missing option '(.+?)'\.", r"thiếu lựa chọn “\1”."),
    (r"^Missing (?:argument|option|parameter)\.?", "thiếu một đối số."),
    (r"^Missing command\.", "thiếu tên lệnh."),
    (r"^No such command '(.*?)'\.", r"không có lệnh “\1”."),
    (r"^No such option: (\S+?)(?=$|\s)", r"không có lựa chọn “\1”."),
    (r"Did you mean (.+?)\?", r"Có phải là \1?"),
    (r"\(Possible options: (.+?)\)", r"Có phải là \1?"),
    (r"^Option '(.+?)' requires an argument\.", r"lựa chọn “\1” cần một giá trị."),
    (r"^Option '(.+?)' requires (\d+) arguments\.", r"lựa chọn “\1” cần \2 giá trị."),
    (r"^Option '(.+?)' does not take a value\.", r"lựa chọn “\1” không nhận giá trị."),
    (r"^Got unexpected extra arguments? ?(?:\(s\) )?\((.*)\)", r"thừa đối số “\1”."),
    (r"^Got unexpected extra argument\(s\) \((.*)\)", r"thừa đối số “\1”."),
    (r"^Invalid value for '(.+?)': ", r"“\1” không dùng được: "),
    (r"^Invalid value: ", ""),
    (r"Value error, ", ""),
    (r"'(.*?)' is not one of (.+?)\.", r"“\1” không phải một trong các giá trị \2."),
    (r"(?<=[ ,])'([^']+)'(?=[,.?])", r"“\1”"),
    (r"Input should be a valid integer.*", "cần một số nguyên."),
    (r"Input should be greater than or equal to (\S+)", r"cần từ \1 trở lên."),
    (r"Input should be less than or equal to (\S+)", r"cần từ \1 trở xuống."),
)
# What a command is given, by the name of the parameter.
_ARGUMENTS = {
    "attachment": "MÃ",
    "cell": "Ô",
    "file": "TỆP",
    "files": "TỆP",
    "form": "MẪU",
    "kind": "LOẠI",
    "name": "TÊN",
    "records": "MÃ",
    "replica": "MÁY",
    "unit": "ĐƠN_VỊ",
    "words": "CÂU",
}
# Of what sort a value is: "<str>", "<list[UUID]>"; not longer, for the columns of a help stand.
_SORTS = {
    "UUID": "MÃ",
    "path": "NƠI",
    "Path": "NƠI",
    "str": "CHỮ",
    "int": "SỐ",
    "float": "SỐ",
    "%Y-%m-%d": "NGÀY",
}
_SORT = re.compile(r"<(?:list\[)?([\w%-]+)(?: range)?\]?>")
# The name of an argument says of what sort it is.
_NAMED = re.compile(r"^(  [^\s<-]\S*)( <[^>\n]+>)", re.MULTILINE)

F = TypeVar("F", bound=Callable[..., Any])
_USAGE = "Cách dùng:"


class _Command(TyperCommand):
    def __init__(self, *named: Any, **more: Any) -> None:  # noqa: ANN401 - passed on as they come
        super().__init__(*named, **more)
        for given in self.params:
            if given.param_type_name == "argument" and given.metavar is None:
                given.metavar = _ARGUMENTS.get(given.name or "")

    def get_help(self, ctx: Any) -> str:  # noqa: ANN401 - the library keeps its type to itself
        """Return the help text."""
        return in_vietnamese(super().get_help(ctx))


class _Group(TyperGroup):
    def get_help(self, ctx: Any) -> str:  # noqa: ANN401 - the library keeps its type to itself
        """Return the help text."""
        return in_vietnamese(super().get_help(ctx))


class Commands(typer.Typer):
    """Commands whose help is Vietnamese from the first word to the last."""

    def __init__(self, **named: Any) -> None:  # noqa: ANN401 - passed on as they come
        super().__init__(cls=_Group, no_args_is_help=True, **named)

    def command(self, name: str | None = None, **named: Any) -> Callable[[F], F]:  # noqa: ANN401
        """Add a command."""
        return super().command(name, cls=_Command, **named)


def in_vietnamese(said: str) -> str:
    """Return what the library says, in Vietnamese where it is the library that says it."""
    for english, vietnamese in _WORDS:
        said = re.sub(english, vietnamese, said, flags=re.MULTILINE)
    said = _NAMED.sub(lambda found: found[1] + " " * len(found[2]), said)
    return _SORT.sub(_sort, said)


def _sort(found: re.Match[str]) -> str:
    return _SORTS.get(found[1], found[1]).ljust(len(found[0]))


def wrong_usage(said: str) -> str:
    """Return why the words of a command are wrong; a group without a command shows its help."""
    words = in_vietnamese(said)
    return words if words.startswith(_USAGE) else f"Sai cách dùng: {words}"


def record_id(text: str) -> UUID:
    """Return the id that a person gave, to parse arguments and options. Raises BadParameter."""
    try:
        return UUID(text)
    except ValueError as error:
        raise typer.BadParameter(f"“{text}” không phải mã bản ghi.") from error


RecordId = Annotated[UUID, typer.Argument(parser=record_id, metavar="MÃ")]
