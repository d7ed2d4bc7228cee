"""Make resources/keys/words.txt: 2,048 Vietnamese syllables without marks, for phrases and keys.

.venv/bin/python installer/words.py

The rule: every initial before every rime that the spelling allows (c, g, ng before a, o, u; k, gh,
ngh before e, i; q only as qu), without marks, without what is coarse, the shorter first. The list
is never made otherwise: words printed on paper would no longer mean the same key.
"""

from __future__ import annotations

from pathlib import Path

TARGET = Path(__file__).resolve().parents[1] / "resources" / "keys" / "words.txt"
COUNT = 2_048
INITIALS = "b c ch d g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"
FRONT = """e em en eng eo ep et eu i ia ich iec iem ien ieng iep iet ieu im in inh ip it iu
ech enh ec"""
BACK = """a ac ach ai am an ang anh ao ap at au ay o oa oac oai oan oang oanh oat oay oc oe oen oi
om on ong op ot oet u ua uan uang uat uay uc ue uenh uet ui um un ung uoc uoi uom uon uong uop uot
uou up ut uu uy uya uych uyen uyet uynh uyt oam oao"""
HARD, SOFT = {"c", "g", "ng"}, {"k", "gh", "ngh"}
COARSE = {"lon", "cac", "dit", "buoi", "cut", "dai", "deo", "du", "ia", "cu", "chich", "chim"}


def syllables() -> list[str]:
    """Return all syllables of the rule, in order."""
    found = set()
    front, back = FRONT.split(), BACK.split()
    for initial in INITIALS.split():
        if initial == "gi":
            rimes = [r for r in (*back, *front) if r[0] != "i"]
        elif initial == "qu":
            rimes = [r for r in (*back, *front, "y", "yen", "yet", "ynh") if r[0] not in "uo"]
        elif initial in HARD:
            rimes = back
        elif initial in SOFT:
            rimes = front
        else:
            rimes = [*back, *front]
        found |= {initial + rime for rime in rimes}
    return sorted(found - COARSE, key=lambda word: (len(word), word))


def main() -> None:
    """Write the list, in order of the alphabet."""
    words = sorted(syllables()[:COUNT])
    if len(words) != COUNT:
        raise SystemExit(f"only {len(words)} syllables")
    TARGET.write_text("\n".join(words) + "\n", "utf-8")


if __name__ == "__main__":
    main()
