"""The report of faults by value: grouped by kind, the first of each shown, the rest counted."""

from app.errors import Fault
from app.readers.mapping.faults import SHOWN, FaultGroup, FaultReport, RowFault, quoted


def fault(row: int, column: str = "Staff", expected: str = "a number") -> RowFault:
    return RowFault(row, column, f"“x{row}”", expected, "Alder")


def report(*faults: RowFault) -> FaultReport:
    found = FaultReport()
    for one in faults:
        found.add(one)
    return found


def test_a_report_without_faults_is_false() -> None:
    assert not FaultReport()
    assert (len(FaultReport()), FaultReport().groups) == (0, ())


def test_faults_are_grouped_by_column_and_by_what_was_expected() -> None:
    one, two = fault(2), fault(3, "Sales")
    three, four = fault(4, expected="0 or more"), fault(5)
    assert report(one, two, three, four).groups == (
        FaultGroup("Staff", "a number", 2, (one, four)),
        FaultGroup("Sales", "a number", 1, (two,)),
        FaultGroup("Staff", "0 or more", 1, (three,)),
    )


def test_the_first_of_a_kind_are_shown_and_the_rest_counted() -> None:
    found = report(*(fault(row) for row in range(2, 2 + SHOWN + 317)), fault(9, "Sales"))
    (group, _) = found.groups
    assert (group.count, group.more, [one.row for one in group.shown]) == (
        SHOWN + 317,
        317,
        list(range(2, 2 + SHOWN)),
    )
    assert len(found) == SHOWN + 318
    told = found.as_faults("t.csv", ("Name", "Sales", "Staff"))
    assert len(told) == SHOWN + 2
    assert told[0] == Fault("t.csv", 2, 3, "Alder", "Staff", "“x2”; right would be a number")
    assert told[SHOWN] == Fault("t.csv", 0, 0, None, "Staff", "and 317 more like this")
    assert str(told[SHOWN]) == "t.csv: Staff: and 317 more like this"
    assert str(told[-1]) == "t.csv:9:2: Alder, Sales: “x9”; right would be a number"


def test_exactly_as_many_as_are_shown_leave_no_more() -> None:
    told = report(*(fault(row) for row in range(SHOWN))).as_faults("t.csv", ())
    assert len(told) == SHOWN


def test_thousands_of_the_rest_are_grouped() -> None:
    found = report(*(fault(row) for row in range(SHOWN + 12_345)))
    assert found.as_faults("t.csv", ())[-1].message == "and 12,345 more like this"


def test_a_cell_is_shown_short_and_visible() -> None:
    assert quoted(None) == quoted("  ") == "the cell is blank"
    assert quoted("a\x00b\n") == "“a\\u0000b\\u000a”"
    assert quoted("x" * 60) == f"“{'x' * 60}”"
    assert quoted("x" * 61) == f"“{'x' * 60}…”"
