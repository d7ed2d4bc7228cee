"""Phiếu khôi phục khóa tỉnh: the words of the root key on paper, made when it is printed."""

from __future__ import annotations

from pathlib import Path

from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.dossiers import Dossier, Letterhead, RecoveryPaper, SizeSet
from thidua_desktop.domain.paper_forms import FormTexts
from thidua_desktop.services.keys import root_check, root_words
from thidua_desktop.services.opening import AskPhrase, no_phrase
from thidua_desktop.services.own_office import own_letterhead
from thidua_desktop.services.pages import parts
from thidua_desktop.services.paper_texts import paper_texts
from thidua_desktop.services.ports import Ports

FORM = "KHOA"


def make_recovery_paper(ports: Ports, ask: AskPhrase = no_phrase) -> RecoveryPaper:
    """Return the paper.

    Raises:
        NotForRoleError: an office has no root.
        NoRootError: it is not on this PC.
        PhraseError: the phrase is wrong or missing.
    """
    words = root_words(ports, ask)
    with ports.store.read() as work:
        head = own_letterhead(work, PartialDate.of(ports.now().astimezone().date()))
        texts = paper_texts(ports, work).of(FORM)
    return recovery_paper_of(head, words, root_check(ports), texts)


def recovery_paper_of(
    head: Letterhead, words: tuple[str, ...], check: str, texts: FormTexts
) -> RecoveryPaper:
    """Return the paper of these words, whose key is known again by `check`."""
    return RecoveryPaper(
        name=texts.name,
        head=head,
        title=texts.say("title"),
        remark=texts.say("remark"),
        words=words,
        check_label=texts.say("check"),
        check=check,
        rules=texts.lines("rules"),
        signatures=(parts.signer(texts, "maker"), parts.signer(texts, "keeper")),
    )


def recovery_dossier(ports: Ports, ask: AskPhrase = no_phrase) -> Dossier:
    """Return the paper as a file to be printed and not kept. Raises as above."""
    return _dossier(make_recovery_paper(ports, ask))


def write_recovery_paper(ports: Ports, path: Path, ask: AskPhrase = no_phrase) -> str:
    """Write the paper as PDF, and return the words by which its key is known again.

    Raises as above, and UnwritableFileError.
    """
    paper = make_recovery_paper(ports, ask)
    ports.files.write(path, ports.papers.pdf(_dossier(paper)))
    return paper.check


def _dossier(paper: RecoveryPaper) -> Dossier:
    return Dossier(title=paper.name, sizes=SizeSet.SMALL, papers=(paper,))
