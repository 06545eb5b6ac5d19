"""Orders as CSV: exactly what is ordered is made, faulty rows stop nothing else, and each clinic gets its pick list."""

from __future__ import annotations

import csv
import io
from contextlib import suppress
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html
from pressroom import PLUGIN, Ear, add_leaflet, make_project, press, press_json, settle, states, write

from leafletpress.diagnostics import LeafletPressError
from leafletpress.press import orders as orders_module
from leafletpress.press.handing_out import folder_of
from leafletpress.press.order import Order
from leafletpress.press.orders import Orders, read_orders
from leafletpress.press.report import Report
from leafletpress.press.run import build
from leafletpress.press.stock import Stock, open_stock

HEADER = "clinic,leaflet,language,format,copies\n"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.syspath_prepend(str(PLUGIN))
    root = make_project(tmp_path / "house", "alpha", "omega")
    house = root / "source/press.yaml"
    house.write_text(house.read_text("utf-8") + "readers:\n  women:\n    sex: female\n", "utf-8")
    for clinic in ("riverside", "hillside"):
        write(root / f"source/clinics/{clinic}.yaml", f'name: {clinic.title()}\nphone: "01632 960 001"\n')
    settle(root)
    return root


def order(root: Path, rows: str, header: str = HEADER, **more: object) -> Report:
    write(root / "orders.csv", header + rows)
    return build(Order(orders=Path("orders.csv"), workers=2, **more), root, Ear())  # type: ignore[arg-type] # by name


def told(report: Report) -> list[tuple[str, int]]:
    return [(one.code, one.span.line) for one in report.diagnostics]


def picks(root: Path, clinic: str) -> list[dict[str, str]]:
    content = (root / f"output/orders/orders/{clinic}.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf"), "spreadsheets know UTF-8 by this mark"
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_exactly_what_is_ordered_is_made_and_copies_are_added_up(root: Path) -> None:
    rows = "riverside,alpha,en-GB,plain,50\nhillside,omega,en-GB,plain:large,5\nriverside,alpha,en-GB,plain,25\n"
    report = order(root, f"{rows},omega,en-GB,mild,1\n")
    assert report.exit_code == 0, report.diagnostics
    assert states(report) == {
        "alpha.en-GB.riverside.txt": "built",
        "omega.en-GB.hillside.large.txt": "built",
        "omega.en-GB.mild": "built",
    }
    made = {path.name for path in (root / "output").rglob("*.en-GB.*")}
    assert made == set(states(report))
    (pick,) = picks(root, "riverside")
    assert pick == {
        "leaflet": "alpha",
        "language": "en-GB",
        "title": "About alpha",
        "reference": "LP-1",
        "version": "1.0",
        "format": "plain",
        "readers": "",
        "copies": "75",
        "file": "alpha/alpha.en-GB.riverside.txt",
        "state": "ready",
        "reason": "",
    }
    assert [one["file"] for one in picks(root, "no-clinic")] == ["omega/omega.en-GB.mild"]
    assert [one["copies"] for one in picks(root, "hillside")] == ["5"]


def test_an_order_with_nothing_changed_makes_nothing_and_the_same_lists(root: Path) -> None:
    rows = "riverside,alpha,en-GB,plain,50\nhillside,omega,en-GB,mild,5\n"
    order(root, rows)
    before = {path: path.read_bytes() for path in (root / "output/orders").rglob("*.*")}
    assert len(before) == 4
    again = order(root, "".join(reversed(rows.splitlines(keepends=True))))
    assert set(states(again).values()) == {"unchanged"}
    assert {path: path.read_bytes() for path in (root / "output/orders").rglob("*.*")} == before


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("clinic;leaflet;language;format;copies\n", "riverside;alpha;en-GB;plain;5\n"),
        ("clinic\tleaflet\tlanguage\tformat\tcopies\n", "riverside\talpha\ten-GB\tplain\t5\n"),
        ("copies,format,language,leaflet,clinic\r\n", "5,plain,en-GB,alpha,riverside\r\n"),
        ("\ufeffClinic, Leaflet ,LANGUAGE,format,copies\n", '"riverside", alpha,en-GB,plain, 5\n'),
        ("clinic,leaflet,language,format,copies,,\n", "riverside,alpha,en-GB,plain,5,,\n"),
        ("\n\nclinic,leaflet,language,format,copies\n\n", "\nriverside,alpha,en-GB,plain,5\n,,,,\n"),
        ("clinic,leaflet,language,format,copies\r", "riverside,alpha,en-GB,plain,5\r"),
    ],
    ids=["semicolons", "tabs", "columns turned round", "mark and capitals", "empty columns", "empty rows", "old Mac"],
)
def test_tables_as_spreadsheets_write_them_are_read(root: Path, header: str, row: str) -> None:
    write(root / "orders.csv", "")
    (root / "orders.csv").write_bytes(f"{header}{row}".encode())
    report = build(Order(orders=Path("orders.csv"), workers=1), root, Ear())
    assert (report.exit_code, list(states(report))) == (0, ["alpha.en-GB.riverside.txt"]), report.diagnostics


def test_faulty_rows_are_told_with_their_lines_and_stop_nothing(root: Path) -> None:
    rows = [
        "riverside,alpha,en-GB,plain,50",
        "riversid,alpha,en-GB,plain,50",
        "riverside,alhpa,en-GB,plain,50",
        'riverside,alpha,"en\n-GB",plain,50',
        "riverside,alpha,en-GB,pfd,50",
        "riverside,alpha,en-GB,plain:lrge,50",
        *(f"riverside,alpha,en-GB,plain,{copies}" for copies in ("0", "-1", "1.5", "100001", "٣", "1e3", "many")),
        "riverside,alpha,en-GB,plain",
        "riverside,,en-GB,plain,5",
        "riverside,alpha,en-GB,plain,5,6",
        "hillside,omega,en-GB,plain,5",
    ]
    report = order(root, "\n".join(rows))
    assert report.exit_code == 1
    assert states(report) == {"alpha.en-GB.riverside.txt": "built", "omega.en-GB.hillside.txt": "built"}
    lines = [3, 4, 5, *range(7, 19)]  # the fourth row is two lines high
    assert told(report) == [("P407", line) for line in lines]
    assert all(one.span.path == "orders.csv" and one.hint for one in report.diagnostics)
    missing = [one for one in picks(root, "riverside") if one["state"] == "not made"]
    assert len(missing) == len(lines) - 1, "nobody's list can tell of a row of a clinic that does not exist"
    assert missing[0]["reason"] == "line 4: there is no leaflet 'alhpa'"
    assert not (root / "output/orders/orders/riversid.csv").exists()


def test_every_fault_of_a_row_is_told(root: Path) -> None:
    report = order(root, "riversid,alhpa,,pfd,no\n")
    assert told(report) == [("P407", 2)] * 5


@pytest.mark.parametrize(
    ("content", "line", "why"),
    [
        (b"", 0, "empty"),
        (b"\n\n", 0, "empty"),
        (b"clinic,leaflet,language,format\n", 1, "no column 'copies'"),
        (b"clinic,leaflet,language,format,copies,copies\n", 1, "twice"),
        (b"clinic,leaflet,language,format,copies,reader\n", 1, "'reader'"),
        (b"clinic,,language,format,copies\n", 1, "no name"),
        (b"PK\x03\x04\x00\x00", 1, "no column of orders"),
        (HEADER.encode() + b"riverside,\xff\n", 2, "not UTF-8"),
        (HEADER.encode() + b'riverside,"a"b,c\n', 2, "cannot be read"),
        (HEADER.encode() + b"x" * 200_000, 2, "cannot be read"),
        (HEADER.encode() + b"x" * 1_000_001, 0, "larger than"),
        (HEADER.encode() + b",a,b,c,d\n" * 20_001, 20_002, "more than 20,000 rows"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_what_is_no_table_of_orders_is_refused(root: Path, content: bytes, line: int, why: str) -> None:
    (root / "orders.csv").write_bytes(content)
    with pytest.raises(LeafletPressError) as caught:
        build(Order(orders=Path("orders.csv")), root, Ear())
    finding = caught.value.diagnostic
    assert (finding.code, caught.value.exit_code, finding.span.line) == ("P406", 2, line)
    assert why in finding.message
    assert finding.hint
    assert not list((root / "output").rglob("*.csv"))


@pytest.mark.parametrize("how", ["missing", "folder"])
def test_orders_that_are_not_there_are_refused(root: Path, how: str) -> None:
    if how == "folder":
        (root / "orders.csv").mkdir()
    with pytest.raises(LeafletPressError) as caught:
        build(Order(orders=Path("orders.csv")), root, Ear())
    assert caught.value.diagnostic.code == "P406"


def test_an_order_can_be_for_readers(root: Path) -> None:
    rows = "riverside,alpha,en-GB,plain,5,women\nriverside,alpha,en-GB,plain,7,\nriverside,alpha,en-GB,plain,7,wimen\n"
    report = order(root, rows, "clinic,leaflet,language,format,copies,readers\n")
    assert states(report) == {
        "alpha.en-GB.riverside.txt": "built",
        "alpha.en-GB.riverside.for-women.txt": "built",
    }
    assert told(report) == [("P407", 4)]
    assert "did you mean 'women'?" in report.diagnostics[0].hint
    assert {(one["readers"], one["copies"]) for one in picks(root, "riverside")} == {
        ("", "7"), ("women", "5"), ("wimen", "7"),
    }  # fmt: skip


def test_two_targets_in_one_file_are_a_fault_of_the_later_row(root: Path) -> None:
    write(root / "source/clinics/large.yaml", "name: The large clinic\n")
    report = order(root, "large,alpha,en-GB,plain,5\n,alpha,en-GB,plain:large,6\n,alpha,en-GB,plain,7\n")
    assert told(report) == [("P408", 3)]
    assert states(report) == {"alpha.en-GB.large.txt": "built", "alpha.en-GB.txt": "built"}


def test_what_fails_is_on_the_list_with_the_reason(root: Path) -> None:
    add_leaflet(root, "alpha", words="Some <br> words.")
    add_leaflet(root, "omega", summary="Now refuse.")
    rows = "riverside,alpha,en-GB,plain,5\nriverside,omega,en-GB,plain,6\nriverside,omega,en-GB,mild,7\n"
    report = order(root, rows)
    assert report.exit_code == 4
    told_ = {(one["leaflet"], one["format"]): (one["state"], one["reason"]) for one in picks(root, "riverside")}
    assert told_["omega", "mild"] == ("ready", "")
    assert told_["omega", "plain"][0] == told_["alpha", "plain"][0] == "not made"
    assert "HTML" in told_["alpha", "plain"][1]
    assert "source/leaflets/alpha/en-GB.md:" in told_["alpha", "plain"][1]
    assert "cannot be expressed" in told_["omega", "plain"][1]


def test_a_row_for_a_withdrawn_leaflet_fails_with_that_reason(root: Path) -> None:
    path = root / "source/leaflets/omega/en-GB.md"
    path.write_text(path.read_text("utf-8").replace("status: approved", "status: withdrawn"), "utf-8")
    report = order(root, "riverside,omega,en-GB,plain,5\nriverside,alpha,en-GB,plain,6\n")
    assert (report.exit_code, told(report)) == (1, [("E315", 2)])
    assert {(one["leaflet"], one["state"]) for one in picks(root, "riverside")} == {
        ("alpha", "ready"), ("omega", "not made"),
    }  # fmt: skip
    assert "withdrawn" in picks(root, "riverside")[1]["reason"]


class _Reader(HTMLParser):
    """The words of a page as a browser that knows nothing of ours reads it."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def test_the_page_is_accessible_and_nothing_in_it_is_markup_from_outside(root: Path) -> None:
    path = root / "source/leaflets/alpha/en-GB.md"
    path.write_text(path.read_text("utf-8").replace("About alpha", "'<script>x</script> & <b>y'"), "utf-8")
    order(root, "riverside,alpha,en-GB,plain,5\nriverside,<img src=x>,en-GB,plain,6\n")
    text = (root / "output/orders/orders/riverside.html").read_text("utf-8")
    page = html.document_fromstring(text)
    assert page.get("lang") == "en-GB"
    assert page.findtext(".//title") == "Pick list: riverside"
    assert not page.findall(".//script")
    assert not page.findall(".//img")
    assert len(page.findall(".//h1")) == 1
    for table in page.findall(".//table"):
        assert page.get_element_by_id(table.get("aria-labelledby")).tag == "h2"
        assert {cell.get("scope") for cell in table.findall(".//th")} == {"col", "row"}
    (link,) = page.findall(".//a")
    assert ((root / "output/orders/orders") / link.get("href")).resolve().is_file()
    reader = _Reader()
    reader.feed(text)
    assert "<script>x</script> & <b>y" in "".join(reader.words)
    assert "there is no leaflet '<img src=x>'" in "".join(reader.words)


def test_a_title_is_no_formula_in_a_spreadsheet(root: Path) -> None:
    path = root / "source/leaflets/alpha/en-GB.md"
    path.write_text(path.read_text("utf-8").replace("About alpha", "'=1+1'"), "utf-8")
    order(root, "riverside,alpha,en-GB,plain,5\n")
    assert picks(root, "riverside")[0]["title"] == "'=1+1"


def test_lists_of_an_older_order_go_and_what_was_written_on_them_stays(root: Path) -> None:
    order(root, "riverside,alpha,en-GB,plain,5\nhillside,alpha,en-GB,plain,5\n,alpha,en-GB,plain,5\n")
    folder = root / "output/orders/orders"
    (folder / "hillside.csv").write_text("by hand")
    (folder / "notes.txt").write_text("mine")
    order(root, "riverside,alpha,en-GB,plain,5\n")
    assert {path.name for path in folder.iterdir()} == {"riverside.csv", "riverside.html", "hillside.csv", "notes.txt"}


def test_clean_takes_pick_lists_away_too(root: Path) -> None:
    order(root, "riverside,alpha,en-GB,plain,5\n")
    assert press(root, "clean").returncode == 0
    assert not (root / "output").exists()


def test_half_a_pick_list_of_a_killed_build_is_swept(root: Path) -> None:
    part = write(root / "output/orders/orders/.riverside.csv.12.part", "half")
    order(root, "riverside,alpha,en-GB,plain,5\n")
    assert not part.exists()


def test_a_dry_run_of_orders_writes_nothing(root: Path) -> None:
    report = order(root, "riverside,alpha,en-GB,plain,5\nx,y,z,w,v\n", dry_run=True)
    assert states(report) == {"alpha.en-GB.riverside.txt": "planned"}
    assert report.exit_code == 1
    assert not (root / "output").exists()


def test_a_list_that_cannot_be_written_is_told(root: Path) -> None:
    write(root / "output/orders", "in the way")
    report = order(root, "riverside,alpha,en-GB,plain,5\n")
    assert report.exit_code == 3
    assert {one.code for one in report.diagnostics} == {"W701"}
    assert states(report) == {"alpha.en-GB.riverside.txt": "built"}


@pytest.mark.parametrize(
    "words", [("alpha",), ("--clinic", "riverside"), ("-t", "plain"), ("--all-clinics",), ("--readers", "women")]
)
def test_orders_say_it_all(root: Path, words: tuple[str, ...]) -> None:
    write(root / "orders.csv", f"{HEADER}riverside,alpha,en-GB,plain,5\n")
    done = press(root, "build", "--orders", "orders.csv", *words)
    assert done.returncode == 2
    assert "--orders says what is built" in done.stderr
    assert not (root / "output").exists()


def test_orders_from_the_command_line(root: Path) -> None:
    write(root / "march orders.csv", f"{HEADER}riverside,alpha,en-GB,plain,5\nriverside,alpha,en-GB,plain,x\n")
    done = press(root, "build", "--orders", "march orders.csv")
    assert done.returncode == 1
    assert "march orders.csv:3: error[P407]: 'x' is no number of copies" in done.stderr
    assert (root / "output/orders/march-orders/riverside.html").exists()
    document = press_json(root, "build", "--orders", "march orders.csv")
    assert [(one["clinic"], one["state"]) for one in document["targets"]] == [("riverside", "unchanged")]
    assert document["diagnostics"][0]["line"] == 3


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("orders.csv", "orders/orders"),
        ("March 2026.csv", "orders/March-2026"),
        (".csv", "orders/csv"),
        ("...", "orders/orders"),
        ("a.b.csv", "orders/a-b"),
        ("Zamówienia.csv", "orders/Zamówienia"),
    ],
)
def test_the_folder_of_the_lists_is_named_after_the_file(name: str, folder: str) -> None:
    assert folder_of(Path("some/where") / name) == folder


@pytest.fixture(scope="module")
def stock(tmp_path_factory: pytest.TempPathFactory) -> Stock:
    return open_stock(make_project(tmp_path_factory.mktemp("any") / "house", "alpha"))


CELLS = st.sampled_from(["", "alpha", "en-GB", "pdf", "5", "clinic", "copies", '"', ",", ";", "\n", "\0", "x" * 200])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.binary(max_size=300)
    | st.lists(st.lists(CELLS, max_size=8), max_size=6).map(
        lambda rows: "\n".join([HEADER.strip(), *map(",".join, rows)]).encode()
    )
)
def test_any_file_is_read_or_refused(stock: Stock, content: bytes) -> None:
    path = stock.root / "any.csv"
    path.write_bytes(content)
    with suppress(LeafletPressError):
        found = read_orders(path, "any.csv", stock)
        assert isinstance(found, Orders)
        assert all(fault.code in {"P407", "P408"} and fault.hint for row in found.bad for fault in row.faults)


def test_the_limits_are_as_documented() -> None:
    assert (orders_module._MAX_BYTES, orders_module._MAX_ROWS) == (1_000_000, 20_000)
