from __future__ import annotations

import dataclasses
from dataclasses import replace
from enum import StrEnum
from uuid import UUID

import pytest

from dossier_work import clean
from thidua_desktop.domain import errors, ledger, movements, people, proposals, units
from thidua_desktop.domain.attachments import Unfit
from thidua_desktop.domain.bundles import Rejection
from thidua_desktop.domain.criteria import Score
from thidua_desktop.domain.dossier_checks import check_dossier
from thidua_desktop.domain.drawings import Unshowable
from thidua_desktop.domain.error_text import error_text
from thidua_desktop.domain.issue_text import issue_text
from thidua_desktop.domain.issues import Issue
from thidua_desktop.domain.kinds import KINDS
from thidua_desktop.domain.records import UnknownChoice, kind_spec, specs
from thidua_desktop.domain.redactions import Unredactable
from thidua_desktop.domain.returned import Unreturnable
from thidua_desktop.domain.words import WORDS, word

FILLED = {
    "kind": "person",
    "id": UUID(int=1),
    "needed": "province",
    "changed": (),
    "numbers": (3,),
} | {"why": Unredactable.OPEN}
AN_ISSUE = (("person", UUID(int=1), "full_name"),)


def an_error(kind: type[errors.ThiduaError]) -> errors.ThiduaError:
    facts = {}
    for name in (field.name for field in dataclasses.fields(kind)):
        facts[name] = FILLED.get(name, () if name in {"issues", "missing"} else f"«{name}»")
    if kind is errors.UnfitFileError:
        facts["why"] = Unfit.TYPE
    if kind is errors.UnshowableError:
        facts["why"] = Unshowable.TYPE
    if kind is errors.IncompleteError:
        facts["issues"] = AN_ISSUE
    if kind is errors.DossierFaultsError:
        facts["findings"] = check_dossier(replace(clean(), signer=None))
    return kind(**facts)


EXAMPLES = [
    *(
        an_error(e)
        for e in errors.ThiduaError.__subclasses__()
        if e not in {errors.BundleRejectedError, errors.UnreturnableFileError}
    ),
    *(errors.BundleRejectedError(reason, "gói.tdkt") for reason in Rejection),
    *(errors.UnreturnableFileError("a.docx", why) for why in Unreturnable),
    *(errors.UnfitFileError("a.pdf", why) for why in Unfit),
    *(errors.UnshowableError("a.pdf", why) for why in Unshowable),
]


@pytest.mark.parametrize("error", EXAMPLES, ids=str)
def test_every_error_has_words_and_a_code(error: errors.ThiduaError) -> None:
    assert error_text(error).endswith(".")
    assert error.code.startswith("E-")
    assert error.code != errors.ThiduaError.code


def test_an_error_without_words_is_found() -> None:
    with pytest.raises(LookupError, match="no words"):
        error_text(errors.ThiduaError())


def test_two_errors_never_share_a_code_unless_they_mean_the_same() -> None:
    codes: dict[str, set[type]] = {}
    for error in EXAMPLES:
        codes.setdefault(error.code, set()).add(type(error))
    shared = {code for code, kinds in codes.items() if len(kinds) > 1}
    assert shared == {"E-INPUT", "E-DISK"}


@pytest.mark.parametrize("issue", Issue)
def test_every_issue_has_words(issue: Issue) -> None:
    assert issue_text(issue).endswith(".")


@pytest.mark.parametrize(
    ("issue", "name", "words"),
    [
        (Issue.TOO_LONG, "note", "Dài quá 4.000 ký tự."),
        (Issue.TOO_PRECISE, "self_score", "Chỉ được tối đa 2 chữ số sau dấu phẩy."),
        (Issue.TOO_SMALL, "self_score", "Không được nhỏ hơn 0."),
        (Issue.MISSING, "note", issue_text(Issue.MISSING)),
    ],
)
def test_a_limit_is_told_with_its_figure_where_the_field_is_known(
    issue: Issue, name: str, words: str
) -> None:
    assert issue_text(issue, kind_spec(Score).field(name)) == words


def test_every_choice_of_every_field_has_words() -> None:
    chosen = {choice for kind in KINDS for spec in specs(kind) for choice in spec.choices}
    assert chosen
    assert all(word(choice) for choice in chosen)
    assert word(UnknownChoice("mới")) == "chưa rõ (mới)"


def test_no_choice_is_left_without_words() -> None:
    for module in (units, movements, people, proposals, ledger):
        enums = {
            value
            for value in vars(module).values()
            if isinstance(value, type) and issubclass(value, StrEnum) and value is not StrEnum
        }
        declared = {e for e in enums if e.__module__ == module.__name__}
        assert declared <= WORDS.keys()
        assert all(set(WORDS[e]) == set(e) for e in declared)
