"""Words typed in fonts of before Unicode (TCVN3, VNI), in the letters of today.

In such a font a Latin letter is drawn as a Vietnamese one; in capital fonts (.VnTimeH) small codes
are drawn as capitals. Decode before cleaning: ư of TCVN3 is a soft hyphen, which cleaning drops.
"""

from __future__ import annotations

import re

_TCVN3 = str.maketrans(
    ("¡¢£¤¥¦§¨©ª«¬\xad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ"),
    ("ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"),
)
_VNI_PAIRS = """
Æ=Ỉ Ì=Ì Í=Í Î=Ỵ Ñ=Đ Ò=Ị Ó=Ĩ Ô=Ơ Ö=Ư æ=ỉ ì=ì í=í î=ỵ ñ=đ ò=ị ó=ĩ ô=ơ ö=ư AÀ=Ầ AÁ=Ấ AÂ=Â AÃ=Ẫ
AÄ=Ậ AÅ=Ẩ AÈ=Ằ AÉ=Ắ AÊ=Ă AË=Ặ AÏ=Ạ AÕ=Ã AØ=À AÙ=Á AÚ=Ẳ AÛ=Ả AÜ=Ẵ EÀ=Ề EÁ=Ế EÂ=Ê EÃ=Ễ EÄ=Ệ
EÅ=Ể EÏ=Ẹ EÕ=Ẽ EØ=È EÙ=É EÛ=Ẻ OÀ=Ồ OÁ=Ố OÂ=Ô OÃ=Ỗ OÄ=Ộ OÅ=Ổ OÏ=Ọ OÕ=Õ OØ=Ò OÙ=Ó OÛ=Ỏ UÏ=Ụ
UÕ=Ũ UØ=Ù UÙ=Ú UÛ=Ủ YÕ=Ỹ YØ=Ỳ YÙ=Ý YÛ=Ỷ aà=ầ aá=ấ aâ=â aã=ẫ aä=ậ aå=ẩ aè=ằ aé=ắ aê=ă aë=ặ
aï=ạ aõ=ã aø=à aù=á aú=ẳ aû=ả aü=ẵ eà=ề eá=ế eâ=ê eã=ễ eä=ệ eå=ể eï=ẹ eõ=ẽ eø=è eù=é eû=ẻ
oà=ồ oá=ố oâ=ô oã=ỗ oä=ộ oå=ổ oï=ọ oõ=õ oø=ò où=ó oû=ỏ uï=ụ uõ=ũ uø=ù uù=ú uû=ủ yõ=ỹ yø=ỳ
yù=ý yû=ỷ ÔÏ=Ợ ÔÕ=Ỡ ÔØ=Ờ ÔÙ=Ớ ÔÛ=Ở ÖÏ=Ự ÖÕ=Ữ ÖØ=Ừ ÖÙ=Ứ ÖÛ=Ử ôï=ợ ôõ=ỡ ôø=ờ ôù=ớ ôû=ở öï=ự
öõ=ữ öø=ừ öù=ứ öû=ử
"""
_VNI = dict(pair.split("=") for pair in _VNI_PAIRS.split())
_VNI_LETTERS = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))
_NEW_LETTER = re.compile("[\u0102-\u01b0\u1ea0-\u1ef9]")  # such letters are today's, in any font
_SYMBOLS = {0xF000 + code: code for code in range(0x20, 0x100)}  # as Word keeps symbol fonts


def is_old_font(font: str) -> bool:
    """Tell whether a font draws Latin letters as Vietnamese ones.

    >>> is_old_font(".VnTime"), is_old_font("VNI-Times"), is_old_font("Times New Roman")
    (True, True, False)
    """
    return font.lower().startswith((".vn", "vni-", "vni "))


def in_new_letters(words: str, font: str) -> str:
    """Return words typed in an old font in the letters of today; those of another stay.

    >>> in_new_letters("HiÕn ®Êt", ".VnTime"), in_new_letters("hiÕn ®Êt", ".VnTimeH")
    ('Hiến đất', 'HIẾN ĐẤT')
    """
    if not is_old_font(font) or _NEW_LETTER.search(words):
        return words
    plain = words.translate(_SYMBOLS)
    if font.lower().startswith("vni"):
        return _VNI_LETTERS.sub(lambda found: _VNI[found[0]], plain)
    said = plain.translate(_TCVN3)
    return said.upper() if font.endswith("H") else said
