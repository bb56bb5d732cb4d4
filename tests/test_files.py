"""Files read whole or not at all, and results that never cost a person their own."""

from __future__ import annotations

import pytest

from reciprocity.errors import InputError
from reciprocity.files import WRITTEN, read_toml, write_results


def test_a_result_is_written_and_written_again(tmp_path):
    path = tmp_path / "deep" / "deal.toml"
    assert write_results({path: "a = 1\n"}) == [path]
    write_results({path: "a = 2\n"})
    assert read_toml(path) == {"a": 2}


def test_a_result_changed_by_hand_is_left_alone_until_it_is_asked(tmp_path):
    path = tmp_path / "deal.toml"
    write_results({path: "a = 1\n"})
    path.write_text("a = 1  # mine\n")
    with pytest.raises(InputError, match=r"deal\.toml: is there already.*--replace"):
        write_results({path: "a = 2\n"})
    assert path.read_text() == "a = 1  # mine\n"
    write_results({path: "a = 2\n"}, replace=True)
    write_results({path: "a = 3\n"})
    assert path.read_text() == "a = 3\n"


def test_a_persons_own_file_is_left_alone_and_nothing_else_is_written(tmp_path):
    mine, other, fresh = tmp_path / "mine.toml", tmp_path / "other.toml", tmp_path / "fresh.toml"
    mine.write_text("mine")
    other.write_text("other")
    with pytest.raises(InputError) as caught:
        write_results({fresh: "new", mine: "new", other: "new"})
    assert [fault.where for fault in caught.value.faults] == [str(mine), str(other)]
    assert not fresh.exists()
    assert mine.read_text() == "mine"


def test_the_same_content_is_no_loss(tmp_path):
    path = tmp_path / "same.txt"
    path.write_text("same")
    write_results({path: "same"})
    assert path.read_text() == "same"


def test_a_broken_list_of_what_was_written_is_as_none(tmp_path):
    path = tmp_path / "a.txt"
    write_results({path: "1"})
    (tmp_path / WRITTEN).write_text("[")
    with pytest.raises(InputError, match="is there already"):
        write_results({path: "2"})


@pytest.mark.parametrize("place", ["folder", "dangling"])
def test_what_is_no_file_is_not_written_over(tmp_path, place):
    (tmp_path / "folder").mkdir()
    (tmp_path / "dangling").symlink_to("nowhere")
    with pytest.raises(InputError, match="is there already"):
        write_results({tmp_path / place: "x"})


def test_a_place_that_cannot_be_is_told_as_a_fault(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputError, match="cannot be written"):
        write_results({tmp_path / "file" / "under.txt": "x"})
