"""Tables on a terminal: nothing of a sentence is cut off, however narrow it is."""

from monitor.cli.tables import fitted
from monitor.cli.words import figure
from monitor.kernel.resource import ColumnKind

ID = "0" * 26
WHY = "File system / is 93% (level 85%); likely cause: Docker's images, 25.7 GiB of the 148 GiB used"


def drawn(headings: list[str], rows: list[list[str]], room: int) -> list[str]:
    lines = [line.plain for line in fitted(headings, rows, room)]
    assert all(len(line) <= room for line in lines)
    return lines


def test_what_fits_is_a_line_a_row() -> None:
    assert drawn(["Name", "Until", "What"], [["web", "", "is down"]], 40) == [
        "Name  Until  What",
        "web          is down",
    ]


def test_a_sentence_is_wrapped_where_there_is_room() -> None:
    heading, *lines = drawn(["Id", "State", "What"], [[ID, "open", WHY]], 80)
    assert heading == f"{'Id':<28}State  What"
    assert lines[0].startswith(f"{ID}  open   File system")
    assert all(line.startswith(" " * 35) for line in lines[1:])
    assert " ".join(line[35:] for line in lines) == WHY


def test_or_else_it_stands_below_its_row() -> None:
    rows = [[ID, "open", "1 h ago", "web-7", WHY], [ID, "resolved", "2 h ago", "web-8", ""]]
    heading, first, *below, second = drawn(["Id", "State", "Since", "Server", "What"], rows, 72)
    assert heading.split() == ["Id", "State", "Since", "Server"]
    assert first.split() == [ID, "open", "1", "h", "ago", "web-7"]
    assert " ".join(line.strip() for line in below) == WHY
    assert second.split()[-1] == "web-8"


def test_what_is_empty_throughout_gives_way_first() -> None:
    lines = drawn(["Name", "Until", "Image"], [["web", "", "registry/shop:1"]], 21)
    assert lines == ["Name  Image", "web   registry/shop:1"]


def test_names_are_cut_with_a_sign_and_pictures_keep_their_end() -> None:
    row = ["a-very-long-name-for-a-server", figure(tuple(float(n) for n in range(40)), ColumnKind.PERCENT)]
    _, line = drawn(["Name", "CPU"], [row], 36)
    assert "…" in line
    assert line.endswith("█ 39%")
