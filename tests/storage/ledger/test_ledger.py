"""The ledger told as stories: an office writes, shares, deletes; others answer."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest

from storage.ledger import forge
from storage.ledger.forge import ASSESSMENT, NOTE, ORIGIN, SCORE, VERIFIED, bundle, line, receive
from storage.ledger.world import OFFICE, OTHER, RECORDS, Replica, World, read
from thidua_desktop.domain.bundles import BundleContents, MergeCounts
from thidua_desktop.domain.criteria import Score
from thidua_desktop.domain.errors import StoppedError
from thidua_desktop.domain.history import CellDifference
from thidua_desktop.domain.ids import owned_by
from thidua_desktop.domain.ledger import CellState, seen_text
from thidua_desktop.domain.people import Person
from thidua_desktop.domain.proposals import Proposal, Review, Submission
from thidua_desktop.domain.records import DELETED
from thidua_desktop.services.records import shown_value
from thidua_desktop.storage.ledger import applying, staging
from thidua_desktop.storage.ledger.lines import decode
from thidua_desktop.storage.ledger.log import Log

RECORD = RECORDS[0]
KEY = ("score", RECORD)


def shown(replica: Replica, name: str = "note", record: UUID = RECORD) -> object:
    sql = f'SELECT "{name}" FROM score WHERE id = ?'  # noqa: S608 - our own names
    found = replica.ledger._log.rows(sql, record.bytes)
    return found[0][0] if found else None


def is_hidden(replica: Replica) -> bool:
    return bool(replica.ledger._log.rows("SELECT 1 FROM hidden WHERE row = ?", RECORD.bytes))


def share(replica: Replica, **values: object) -> None:
    replica.ledger.put(Score, RECORD, values)  # type: ignore[arg-type] # plain values
    replica.ledger.promote([KEY])


def bundle_of(world: World, sender: Replica, office: int | None = None) -> BundleContents:
    return world._bundle(sender, *world._whole(sender, sender.ledger.channel(office)))


def send(world: World, sender: Replica, to: Replica, office: int | None = None) -> MergeCounts:
    return receive(to, bundle_of(world, sender, office), sender.certificate)


def only_difference(replica: Replica) -> CellDifference:
    (found,) = replica.ledger.differences()
    return found


def test_a_record_named_twice_is_numbered_once(office: Replica) -> None:
    office.ledger.put(Score, RECORD, {"note": "Đạt"})
    office.ledger.promote([KEY, KEY])
    assert len(office.log()) == 1
    assert office.ledger.check() == ()


def test_a_new_record_is_one_op_and_typing_on_does_not_add_to_it(office: Replica) -> None:
    for typed in ("Đ", "Đạt", "Đạt chuẩn"):
        assert office.ledger.put(Score, RECORD, {"note": typed})
    office.ledger.put(Score, RECORD, {"self_score": 950})

    (op,) = office.log()
    assert op.is_private
    assert (shown(office), shown(office, "self_score")) == ("Đạt chuẩn", 950)


def test_words_in_fields_of_two_owners_are_two_ops(office: Replica) -> None:
    assert office.ledger.put(Score, RECORD, {"note": "của cơ quan", "verified_note": "của tỉnh"})
    assert [op.lvl for op in sorted(office.log(), key=lambda op: op.mask)] == [1, 0]


def test_a_draft_stays_here_until_it_is_shared(office: Replica) -> None:
    office.ledger.put(Score, RECORD, {"note": "nháp"})
    assert office.ledger.drafts() == (KEY,)
    assert office.ledger.own_origins() == frozenset()

    office.ledger.promote([KEY])

    channel = office.ledger.channel(None)
    assert office.ledger.drafts() == ()
    assert office.ledger.own_origins() == {channel}
    assert office.ledger.origins()[channel].number == 1
    span, (section,) = read(office, channel, 0)
    assert (span.start, span.end, section.kind, section.fields) == (0, 1, "score", SCORE)


def test_what_was_shared_never_changes_and_an_edit_is_another_op(office: Replica) -> None:
    share(office, note="đã gửi")
    (before,) = office.log()

    office.ledger.put(Score, RECORD, {"note": "sửa"})

    assert before in office.log()
    assert shown(office) == "sửa"
    assert office.ledger.drafts() == (KEY,)


def test_a_deleted_draft_is_really_gone(office: Replica) -> None:
    office.ledger.put(Score, RECORD, {"note": "nháp", "verified_note": "nháp"})
    office.ledger.delete(Score, RECORD)

    assert office.log() == []
    assert shown(office) is None
    assert office.ledger.drafts() == ()
    assert office.ledger.check() == ()


def test_a_shared_record_that_is_deleted_is_hidden_and_can_be_brought_back(
    world: World, office: Replica, province: Replica
) -> None:
    share(office, note="x")
    office.ledger.delete(Score, RECORD)
    office.ledger.promote([KEY])
    send(world, office, province)
    assert is_hidden(office)
    assert is_hidden(province)

    office.ledger.restore(Score, RECORD)
    office.ledger.promote([KEY])
    send(world, office, province)

    assert not is_hidden(office)
    assert not is_hidden(province)
    assert province.ledger.differences() == ()


def test_nothing_is_deleted_or_brought_back_that_is_not_there(office: Replica) -> None:
    office.ledger.delete(Score, RECORD)
    office.ledger.restore(Score, RECORD)
    assert office.log() == []
    share(office, note="x")
    office.ledger.restore(Score, RECORD)
    assert len(office.log()) == 1


def test_writing_a_deleted_record_takes_it_back(office: Replica) -> None:
    share(office, note="x")
    office.ledger.delete(Score, RECORD)

    office.ledger.put(Score, RECORD, {"note": "lại có"})

    assert not is_hidden(office)
    assert office.ledger.differences() == ()


def test_who_writes_beside_a_deletion_that_is_not_theirs_leaves_it_to_the_owner(
    world: World, office: Replica, province: Replica
) -> None:
    share(office, note="x")
    office.ledger.delete(Score, RECORD)
    office.ledger.promote([KEY])
    send(world, office, province)

    share(province, verified_note="còn cần")
    send(world, province, office, OFFICE)

    assert not is_hidden(office)
    assert only_difference(office).state is CellState.DELETED_EDITED


def test_two_pcs_of_an_office_differ_until_one_chooses_and_the_choice_travels(
    world: World, office: Replica, second: Replica, province: Replica
) -> None:
    share(office, note="chung", self_score=1)
    send(world, office, second)
    share(office, note="máy một")
    share(second, note="máy hai")
    assert send(world, office, second).differences == 1
    send(world, second, office)
    send(world, office, province)
    assert send(world, second, province).differences == 1

    difference = only_difference(office)
    assert difference.state is CellState.DIFFERENCE
    assert difference.cell == f"{RECORD}.note"
    assert {head.value for head in difference.heads} == {"máy một", "máy hai"}
    assert len({shown(one) for one in (office, second, province)}) == 1

    office.ledger.settle("score", RECORD, "note", "máy hai")
    office.ledger.promote([KEY])
    for other in (second, province):
        send(world, office, other)
        assert shown(other) == "máy hai"
        assert other.ledger.differences() == ()


def test_equal_words_of_two_pcs_are_no_difference(
    world: World, office: Replica, second: Replica
) -> None:
    share(office, note="như nhau")
    share(second, note="như nhau")

    assert send(world, office, second).differences == 0
    assert second.ledger.differences() == ()


def test_the_word_of_the_province_on_an_office_s_field_is_a_suggestion(
    world: World, office: Replica, province: Replica
) -> None:
    share(office, note="của cơ quan")
    send(world, office, province)

    assert not province.ledger.put(Score, RECORD, {"note": "của tỉnh"})
    assert province.ledger.put(Score, RECORD, {"verified_score": 900})
    province.ledger.promote([KEY])
    assert shown(province) == "của cơ quan"
    counts = send(world, province, office, OFFICE)

    assert (counts.changed, counts.suggestions, counts.differences) == (1, 1, 0)
    assert counts.outside_authority == 0
    assert shown(office, "verified_score") == 900
    difference = only_difference(office)
    assert difference.state is CellState.SUGGESTION
    assert [head.value for head in difference.heads] == ["của cơ quan", "của tỉnh"]


@pytest.mark.parametrize("choice", ["của cơ quan", "của tỉnh", "thứ ba"])
def test_an_owner_settles_a_suggestion_by_any_word(
    world: World, office: Replica, province: Replica, choice: str
) -> None:
    share(office, note="của cơ quan")
    send(world, office, province)
    share(province, note="của tỉnh")
    send(world, province, office, OFFICE)

    office.ledger.settle("score", RECORD, "note", choice)
    office.ledger.promote([KEY])
    send(world, office, province)

    for one in (office, province):
        assert shown(one) == choice
        assert one.ledger.differences() == ()


def test_a_suggestion_that_says_the_same_waits_for_nobody(
    world: World, office: Replica, province: Replica
) -> None:
    share(office, note="như nhau")
    send(world, office, province)
    share(province, note="như nhau")
    assert send(world, province, office, OFFICE).suggestions == 0
    assert office.ledger.differences() == ()


def test_a_word_outside_its_author_s_authority_is_counted_where_it_is_shown(
    world: World, office: Replica, province: Replica
) -> None:
    share(office, verified_score=1, verified_note="tự thẩm định")
    assert send(world, office, province).outside_authority == 2

    share(province, verified_score=2)
    send(world, province, office, OFFICE)
    assert shown(office, "verified_score") == 2


def deleted_here_edited_there(world: World) -> Replica:
    office, second = world.replicas[:2]
    share(office, note="chung")
    send(world, office, second)
    office.ledger.delete(Score, RECORD)
    office.ledger.promote([KEY])
    share(second, note="vừa sửa")
    counts = send(world, second, office)
    assert counts.differences == 1
    return office


def test_deleted_here_and_edited_there_stays_and_waits(world: World) -> None:
    office = deleted_here_edited_there(world)

    assert not is_hidden(office)
    difference = only_difference(office)
    assert (difference.field, difference.state) == (DELETED, CellState.DELETED_EDITED)
    kept, deleted = difference.heads
    assert (kept.field, kept.value, kept.who) == (DELETED, None, "a2")
    assert deleted.value is not None
    assert deleted.who == "a1"
    assert [shown_value(head) for head in (kept, deleted)] == ["giữ bản ghi", "xóa bản ghi"]


def test_who_keeps_the_record_takes_the_mark_away(world: World) -> None:
    office = deleted_here_edited_there(world)
    kept, _ = only_difference(office).heads

    office.ledger.settle("score", RECORD, DELETED, kept.value)

    assert not is_hidden(office)
    assert shown(office) == "vừa sửa"
    assert office.ledger.differences() == ()


def test_who_deletes_it_all_the_same_has_seen_the_edit(world: World) -> None:
    office = deleted_here_edited_there(world)
    _, deleted = only_difference(office).heads

    office.ledger.settle("score", RECORD, DELETED, deleted.value)

    assert is_hidden(office)
    assert office.ledger.differences() == ()


def test_a_stranger_s_deletion_is_a_suggestion_and_its_owner_decides(
    world: World, office: Replica, province: Replica
) -> None:
    share(office, note="x")
    send(world, office, province)
    province.ledger.delete(Score, RECORD)
    province.ledger.promote([KEY])
    assert send(world, province, office, OFFICE).suggestions == 1

    assert not is_hidden(office)
    difference = only_difference(office)
    assert (difference.field, difference.state) == (DELETED, CellState.SUGGESTION)
    assert [(head.who, head.value is None) for head in difference.heads] == [
        ("a1", True),
        ("p", False),
    ]

    office.ledger.settle("score", RECORD, DELETED, None)
    assert office.ledger.differences() == ()
    assert not is_hidden(office)


def test_the_history_says_who_wrote_what_when_and_what_took_its_place(
    world: World, office: Replica, province: Replica
) -> None:
    share(office, note="một")
    share(office, note="hai")
    came = bundle_of(world, office)
    receive(province, came, office.certificate)
    province.ledger.put(Score, RECORD, {"verified_note": "ý kiến"})

    first, then, own = province.ledger.history(RECORD)

    channel = office.ledger.channel(None).hex()
    assert [first.op, then.op] == [f"{channel}:1", f"{channel}:2"]
    assert (first.value, then.value, own.value) == ("một", "hai", "ý kiến")
    assert (first.replaced_by, then.replaced_by) == ((then.op,), ())
    assert (first.office, first.who, first.level, first.is_draft) == (OFFICE, "a1", 1, False)
    assert (own.office, own.who, own.is_draft) == (0, "p", True)
    assert first.bundle == then.bundle == came.manifest.bundle
    assert own.bundle is None


def test_the_province_sends_each_office_only_what_concerns_it(province: Replica) -> None:
    channels = [province.ledger.channel(office) for office in (None, OFFICE, OTHER)]
    common, ours, theirs = channels
    proposal = owned_by(UUID(int=3 << 64), OTHER)
    records = [
        (Score, owned_by(UUID(int=5 << 64), OFFICE), {"verified_score": 1}, ours),
        (Score, owned_by(UUID(int=5 << 64), OTHER), {"verified_score": 1}, theirs),
        (Person, owned_by(UUID(int=5 << 64), 0), {"full_name": "Nguyễn Văn An"}, common),
        (Review, UUID(int=6 << 64), {"proposal_id": proposal.bytes, "reason": "thiếu"}, theirs),
        (Review, UUID(int=7 << 64), {"reason": "chưa gắn đề nghị"}, common),
        (Proposal, proposal, {"note": "góp ý"}, theirs),
    ]
    for kind, record, values, channel in records:
        before = {oid: at.number for oid, at in province.ledger.origins().items()}
        province.ledger.put(kind, record, values)
        province.ledger.promote(province.ledger.drafts())
        after = {oid: at.number for oid, at in province.ledger.origins().items()}
        assert {oid for oid in after if after[oid] != before.get(oid, 0)} == {channel}
    assert province.ledger.origins_of(province.certificate, (OFFICE, OTHER)) == set(channels)


def test_an_office_has_one_channel_whatever_the_record(office: Replica) -> None:
    office.ledger.put(Score, owned_by(UUID(int=5), OTHER), {"note": "x"})
    office.ledger.promote(office.ledger.drafts())
    assert office.ledger.own_origins() == {office.ledger.channel(None)}
    assert office.ledger.origins_of(office.certificate, (OTHER,)) == office.ledger.own_origins()


def test_a_bundle_is_counted_in_records_and_cells(
    world: World, office: Replica, province: Replica
) -> None:
    other = ("score", RECORDS[1])
    share(office, note="một")
    first = send(world, office, province)
    office.ledger.put(Score, RECORD, {"note": "hai"})
    office.ledger.put(Score, RECORDS[1], {"note": "mới"})
    office.ledger.promote([KEY, other])
    second = send(world, office, province)
    third = send(world, office, province)

    assert (first.new, first.changed, first.same) == (1, 0, 0)
    assert (second.new, second.changed, second.same) == (1, 1, 0)
    assert (third.new, third.changed, third.same) == (0, 0, 2)


def test_a_repeated_or_older_bundle_changes_nothing(
    world: World, office: Replica, province: Replica
) -> None:
    share(office, note="một")
    old = bundle_of(world, office)
    share(office, note="hai")
    send(world, office, province)
    before = province.log(), province.ledger.origins()

    receive(province, old, office.certificate)
    send(world, office, province)

    assert (province.log(), province.ledger.origins()) == before
    assert shown(province) == "hai"


def test_the_chain_is_the_one_on_the_page(office: Replica) -> None:
    for word in ("một", "hai", "ba"):
        share(office, note=word)
    channel = office.ledger.channel(None)

    chain, hashes = forge.ZERO, [forge.ZERO]
    for op in sorted(office.log(), key=lambda op: op.id):
        of = decode(op.line)
        parts = [of.seq, of.row, of.mask, of.lam, list(of.prev), list(of.values), of.stamp]
        chain = forge.chain(chain, "score", parts)
        hashes.append(chain)

    assert [office.ledger.hash_at(channel, n) for n in range(4)] == hashes
    span, (section,) = read(office, channel, 1)
    assert (span.start, span.end) == (1, 3)
    assert (span.start_hash, span.end_hash) == (hashes[1], hashes[3])
    assert [decode(data).seq for data in section.lines] == [2, 3]
    assert read(office, b"?" * 16, 0)[1] == ()


def test_an_import_can_be_taken_back_unless_later_numbers_build_on_it(
    world: World, office: Replica, province: Replica
) -> None:
    share(office, note="một")
    first = bundle_of(world, office)
    receive(province, first, office.certificate)
    share(office, note="hai")
    second = bundle_of(world, office)
    receive(province, second, office.certificate)

    assert not province.ledger.undo(first.manifest.bundle).is_done
    assert province.ledger.undo(second.manifest.bundle).is_done
    assert shown(province) == "một"
    assert province.ledger.origins()[office.ledger.channel(None)].number == 1
    assert province.ledger.undo(first.manifest.bundle).is_done
    assert province.log() == []
    assert shown(province) is None
    receive(province, second, office.certificate)
    assert shown(province) == "hai"
    assert province.ledger.check() == ()


def test_an_undo_keeps_what_was_written_here_since(
    world: World, office: Replica, province: Replica
) -> None:
    share(office, note="một")
    came = bundle_of(world, office)
    receive(province, came, office.certificate)
    province.ledger.put(Score, RECORD, {"verified_note": "ý kiến"})

    assert province.ledger.undo(came.manifest.bundle).is_done

    assert (shown(province), shown(province, "verified_note")) == (None, "ý kiến")
    assert not province.ledger.undo(came.manifest.bundle).is_done


def test_a_merge_stops_when_it_is_asked_to(
    office: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staging, "CHUNK", 2)
    lines = [line(n, record=owned_by(UUID(int=n << 64), OFFICE)) for n in range(1, 8)]
    made = bundle(lines)
    heard: list[tuple[int, int]] = []

    def apply(stop_at: int | None) -> None:
        heard.clear()
        office.ledger.apply(
            made,
            authors={ORIGIN: forge.STRANGER},
            file_name="gói.tdkt",
            progress=lambda done, total: heard.append((done, total)),
            stop_wanted=lambda: heard[-1][0] == stop_at,
        )

    for stop_at in (0, 4, 14):
        office.ledger._log.run("BEGIN")
        with pytest.raises(StoppedError):
            apply(stop_at)
        office.ledger._log.run("ROLLBACK")
        office.ledger = type(office.ledger)(office.connection, office.writer)
        assert office.log() == []
    apply(None)
    assert heard == [(done, 21) for done in (0, 2, 4, 6, 7, 14, 21)]


def test_while_a_bundle_is_applied_little_is_spilled_and_not_all_is_kept(office: Replica) -> None:
    receive(office, bundle([line()]))
    assert office.ledger._log.rows("PRAGMA cache_spill")[0][0] == 49_153


# A newer program


NEWER = (*SCORE, "peer_score")


def test_a_field_of_a_newer_program_is_kept_and_sent_on_as_it_came(office: Replica) -> None:
    mixed = line(width=len(NEWER), values={NOTE: "x", len(SCORE): 5})
    lone = line(2, width=len(NEWER), values={len(SCORE): 6}, prev=[1])
    made = bundle([mixed, lone], fields=NEWER)

    receive(office, made)

    assert shown(office) == "x"
    assert office.ledger.check() == ()
    assert office.ledger.differences() == ()
    span, (section,) = read(office, ORIGIN, 0)
    assert (span, (section,)) == (made.manifest.ranges[ORIGIN], made.sections)


def test_an_older_program_writes_beside_what_it_does_not_know(office: Replica) -> None:
    receive(
        office, bundle([line(width=len(NEWER), values={NOTE: "x", len(SCORE): 5})], fields=NEWER)
    )

    office.ledger.put(Score, RECORD, {"note": "y"})
    office.ledger.promote([KEY])

    assert shown(office) == "y"
    heads = office.ledger._heads.of(office.ledger._log.kind_no("score"), RECORD.bytes)
    assert sorted(heads.values()) == [1 << NOTE, 1 << len(SCORE)]


def test_a_kind_of_a_newer_program_is_kept_and_sent_on(office: Replica) -> None:
    made = bundle([line(values={1: "thăm"}, width=2)], kind="visit", fields=("_xoa", "wording"))

    receive(office, made)

    assert office.ledger.check() == ()
    assert office.ledger.differences() == ()
    assert read(office, ORIGIN, 0)[1] == made.sections
    office.ledger.rebuild()
    assert office.ledger.check() == ()
    assert office.ledger.undo(made.manifest.bundle).is_done
    assert office.log() == []


def test_a_program_that_learns_a_field_shows_what_was_kept_of_it(
    world: World, office: Replica, province: Replica
) -> None:
    share(office, note="của cơ quan", verified_score=1)
    made = bundle_of(world, office)
    with pytest.MonkeyPatch.context() as older:
        fields = Log.fields
        older.setattr(Log, "fields", lambda self, kind: fields(self, kind)[: VERIFIED - 1])
        receive(province, made, office.certificate)
        assert province.ledger.check() == ()
        assert shown(province, "verified_score") is None

    assert province.ledger.check() != ()
    province.ledger.rebuild()

    assert province.ledger.check() == ()
    assert shown(province, "verified_score") == 1


def test_lines_written_before_a_kind_got_its_last_field_are_read_beside_newer_ones(
    office: Replica,
) -> None:
    old = line(1, width=len(SCORE) - 1, values={NOTE: "cũ"})
    new = line(2, values={7: "mới"}, prev=[1])

    receive(office, bundle([old, new]))

    assert (shown(office), shown(office, "verified_note")) == ("cũ", "mới")
    assert office.ledger.check() == ()


# Soundness


DAMAGES = {
    "a value": "UPDATE score SET note = 'khác'",
    "a typed row": "DELETE FROM score",
    "a head": "UPDATE score SET _m = _m | 1 << 6",
    "a row too many": "INSERT INTO score(id, _op, _m) VALUES (x'00', 1, 1)",
    "hiding": "INSERT INTO hidden SELECT kind, row FROM op LIMIT 1",
    "a pointer": "INSERT INTO dead VALUES (1, 2)",
    "a mask": "UPDATE op SET mask = mask | 1 << 6",
    "a level": "UPDATE op SET lvl = 0",
    "a Lamport number": "UPDATE op SET lam = lam + 1",
    "what an op replaced": "UPDATE op SET prev = NULL",
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_is_found_and_mended_from_the_log(office: Replica, damage: str) -> None:
    share(office, note="một", self_score=1)
    share(office, note="hai")
    assert office.ledger.check() == ()
    before = office.log()

    office.ledger._log.run(DAMAGES[damage])
    assert office.ledger.check() != ()
    office.ledger.rebuild()

    assert office.ledger.check() == ()
    assert office.log() == before
    assert shown(office) == "hai"


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE op SET line = replace(line, 'một', 'hai')",
        "UPDATE op SET line = x'00' WHERE id = (SELECT max(id) FROM op)",
        "DELETE FROM op WHERE id = (SELECT max(id) FROM op)",
        "UPDATE origin SET have = have + 1 WHERE is_own",
    ],
)
def test_damage_to_the_log_itself_is_said(office: Replica, damage: str) -> None:
    share(office, note="một")
    share(office, note="ba")

    office.ledger._log.run(damage)

    fresh = type(office.ledger)(office.connection, office.writer)
    assert fresh.check() != ()


def test_the_files_that_ops_name_are_told_by_range(world: World, office: Replica) -> None:
    shas = ["a" * 64, "b" * 64]
    letter = owned_by(UUID(int=5), OFFICE)
    for sha in (*shas, None):
        office.ledger.put(Submission, letter, {"snapshot": sha})
        office.ledger.promote(office.ledger.drafts())
    channel = office.ledger.channel(None)

    def named(above: int) -> frozenset[str]:
        return office.ledger.named_blobs({channel: read(office, channel, above)[0]})

    assert [named(above) for above in range(4)] == [
        frozenset(shas),
        frozenset(shas[1:]),
        frozenset(),
        frozenset(),
    ]


def unhidden(replica: Replica) -> bool:
    """Take in a mark of deletion that stands alone, and then that it is taken back."""
    seen = seen_text({ORIGIN: 1})
    first = bundle([line(1, values={0: seen})])
    receive(replica, first)
    assert replica.ledger._heads.is_hidden(replica.ledger._log.kind_no("score"), RECORD.bytes)
    span = first.manifest.ranges[ORIGIN]
    back = line(2, values={0: None}, prev=[1])
    receive(replica, bundle([back], start=1, start_hash=span.end_hash))
    return replica.ledger.check() == ()


def test_a_mark_in_place_of_a_mark_alone_is_no_simple_op(
    office: Replica, second: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert unhidden(office)
    wrong = applying._FIND_SIMPLE.replace("AND (r.mask | t._m) & 1 = 0", "")
    monkeypatch.setattr(applying, "_FIND_SIMPLE", wrong)
    assert not unhidden(second)


def edited_unseen(replica: Replica) -> bool:
    """Take in a record, its deletion, and then an edit that who deleted it had not seen."""
    whole = line(1, values={NOTE: "x", ASSESSMENT: "met"})
    first = bundle([whole, line(2, values={0: seen_text({ORIGIN: 1})}, prev=[1])])
    receive(replica, first)
    assert replica.ledger._heads.is_hidden(replica.ledger._log.kind_no("score"), RECORD.bytes)
    span = first.manifest.ranges[ORIGIN]
    receive(replica, bundle([line(3, prev=[1])], start=2, start_hash=span.end_hash))
    return replica.ledger.check() == ()


def test_an_edit_of_a_deleted_record_is_no_simple_op(
    office: Replica, second: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert edited_unseen(office)
    wrong = applying._FIND_SIMPLE.replace("h.mask & (r.mask | 1)", "h.mask & r.mask")
    monkeypatch.setattr(applying, "_FIND_SIMPLE", wrong)
    assert not edited_unseen(second)


def followed(replica: Replica, *later: list[object]) -> bool:
    """Take in an op, and then those that come later in a bundle of their own."""
    first = bundle([line(1)])
    receive(replica, first)
    span = first.manifest.ranges[ORIGIN]
    receive(replica, bundle(later, start=1, start_hash=span.end_hash))
    return replica.ledger.check() == ()


def contested(replica: Replica) -> bool:
    """Take in two ops, one in place of the other, beside a later word of one's own."""
    for value in ("một", "hai", "ba"):
        replica.ledger.put(Score, RECORD, {"note": value})
    return followed(replica, line(2, prev=[1]))


def twofold(replica: Replica) -> bool:
    """Take in two ops in place of the same one, together."""
    return followed(replica, line(2, prev=[1]), line(3, prev=[1], values={NOTE: "y"}))


@pytest.mark.parametrize(
    ("story", "condition", "instead"),
    [
        (contested, "h.mask & (r.mask | 1)", "h.mask & 1"),
        (twofold, "AND o.id <> r.id", "AND 0"),
    ],
)
def test_what_meets_others_is_no_simple_op(
    office: Replica,
    second: Replica,
    monkeypatch: pytest.MonkeyPatch,
    story: Callable[[Replica], bool],
    condition: str,
    instead: str,
) -> None:
    assert story(office)
    wrong = applying._FIND_SIMPLE.replace(condition, instead)
    assert wrong != applying._FIND_SIMPLE
    monkeypatch.setattr(applying, "_FIND_SIMPLE", wrong)
    assert not story(second)
