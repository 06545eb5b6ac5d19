"""What falls due: the span, the table, the JSON document, and the calendar file as RFC 5545 wants it."""

from __future__ import annotations

import json
import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar
from pressroom import make_project, press, press_json, write

from leafletpress.diagnostics import LeafletPressError
from leafletpress.press.calendar_file import calendar_file
from leafletpress.press.columns import Style
from leafletpress.press.falling_due import Diary, diary, diary_json, diary_table, span_end
from leafletpress.press.order import Order

TODAY = date(2026, 6, 15)
HALF_A_YEAR = date(2026, 12, 15)


def add(root: Path, name: str, *, lang: str = "en-GB", status: str = "approved", **keys: str) -> Path:
    keys = {"title": f"About {name}", "version": '"1.0"', "reference": "LP-1"} | keys
    more = "".join(f"{key.replace('_', '-')}: {value}\n" for key, value in keys.items())
    text = f"---\nid: {name}\nlang: {lang}\nkind: procedure\nsummary: Short.\nstatus: {status}\n{more}---\n\nWords.\n"
    return write(root / "source" / "leaflets" / name / f"{lang}.md", text)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = make_project(tmp_path / "house")
    add(root, "later", review_by="2027-03-01")
    add(root, "soon", review_by="2026-08-01", reviewers="[A. Nurse, B. Surgeon]", reviewed="2024-08-01")
    add(root, "soon", lang="pl", title="Wkrótce", review_by="2026-08-01")
    add(root, "today", review_by="2026-06-15", status="draft")
    add(root, "late", review_by="2026-06-14")
    add(root, "gone", review_by="2020-01-01", status="withdrawn")
    add(root, "timeless")
    add(root, "timeless-gone", status="withdrawn")
    return root


def read(root: Path, *leaflets: str, until: date = HALF_A_YEAR) -> Diary:
    told, faults = diary(Order(leaflets), root, TODAY, until)
    assert faults == ()
    return told


@pytest.mark.parametrize(
    ("words", "end"),
    [
        ("0d", date(2026, 1, 31)),
        ("90d", date(2026, 5, 1)),
        ("2w", date(2026, 2, 14)),
        ("1m", date(2026, 2, 28)),
        ("13m", date(2027, 2, 28)),
        ("11m", date(2026, 12, 31)),
        ("2Y", date(2028, 1, 31)),
        (" 25m ", date(2028, 2, 29)),
        ("99999d", date(2026, 1, 31) + timedelta(days=99_999)),
        ("99999w", date(2026, 1, 31) + timedelta(weeks=99_999)),
        ("99999m", date.max),
        ("99999y", date.max),
        ("90", None),
        ("d", None),
        ("-1d", None),
        ("1.5y", None),
        ("٣d", None),
        ("999999d", None),
    ],
)
def test_a_span_ends_by_the_calendar(words: str, end: date | None) -> None:
    assert span_end(words, date(2026, 1, 31)) == end


def test_a_span_from_the_last_days_of_the_calendar_ends_with_it() -> None:
    assert span_end("1d", date.max) == date.max
    assert span_end("1m", date.max) == date.max


def test_what_is_overdue_and_falls_due_comes_by_date_and_the_rest_apart(root: Path) -> None:
    told = read(root)
    assert [(one.id, one.lang, one.days_left, one.overdue) for one in told.due] == [
        ("late", "en-GB", -1, True),
        ("today", "en-GB", 0, False),
        ("soon", "en-GB", 47, False),
        ("soon", "pl", 47, False),
    ]
    assert [one.id for one in told.undated] == ["timeless"]
    assert told.later == 1


def test_the_last_day_of_the_span_belongs_to_it(root: Path) -> None:
    assert [one.id for one in read(root, until=date(2026, 8, 1)).due] == ["late", "today", "soon", "soon"]
    assert [one.id for one in read(root, until=date(2026, 7, 31)).due] == ["late", "today"]


def test_only_the_leaflets_named_are_told(root: Path) -> None:
    assert [one.id for one in read(root, "soon", "timeless").due] == ["soon", "soon"]
    with pytest.raises(LeafletPressError) as caught:
        read(root, "sonn")
    assert (caught.value.diagnostic.code, caught.value.exit_code) == ("P403", 2)


def test_the_table_for_people(root: Path) -> None:
    add(root, "soon", lang="ja", title="すぐに", review_by="2026-08-01")
    assert diary_table(read(root), Style()).splitlines() == [
        "review by   days left  leaflet  language  title        version  status    reviewers",
        "2026-06-14         -1  late     en-GB     About late   1.0      approved",
        "2026-06-15          0  today    en-GB     About today  1.0      draft",
        "2026-08-01         47  soon     en-GB     About soon   1.0      approved  A. Nurse, B. Surgeon",
        "2026-08-01         47  soon     ja        すぐに       1.0      approved",
        "2026-08-01         47  soon     pl        Wkrótce      1.0      approved",
        "",
        "no review date:",
        "leaflet   language  title           version  status    reviewers",
        "timeless  en-GB     About timeless  1.0      approved",
        "",
        "1 overdue, 4 due by 2026-12-15, 1 later, 1 without a review date",
    ]


def test_what_is_overdue_is_bold_and_nothing_else(root: Path) -> None:
    lines = diary_table(read(root), Style("<b>", "</b>")).splitlines()
    assert [line.startswith("<b>2026-06-14") for line in lines[1:5]] == [True, False, False, False]


def test_the_json_document_says_the_same(root: Path) -> None:
    document = json.loads(diary_json(read(root), (), 0))
    assert (document["version"], document["today"], document["until"]) == (1, "2026-06-15", "2026-12-15")
    assert document["due"][2] == {
        "leaflet": "soon",
        "lang": "en-GB",
        "file": "source/leaflets/soon/en-GB.md",
        "title": "About soon",
        "reference": "LP-1",
        "version": "1.0",
        "status": "approved",
        "reviewed": "2024-08-01",
        "review_by": "2026-08-01",
        "days_left": 47,
        "overdue": False,
        "reviewers": ["A. Nurse", "B. Surgeon"],
    }
    assert [one["leaflet"] for one in document["no_review_date"]] == ["timeless"]
    assert document["later"] == 1


def unfolded(content: bytes) -> list[str]:
    """The content lines of an iCalendar file (RFC 5545, 3.1), after looking at their form."""
    assert content.endswith(b"\r\n")
    lines = content.removesuffix(b"\r\n").split(b"\r\n")
    for line in lines:
        assert len(line) <= 75, "a line has at most 75 octets"
        assert b"\n" not in line
        assert b"\r" not in line
        line.decode("utf-8")  # folding breaks no character
    return content.replace(b"\r\n ", b"").decode("utf-8").removesuffix("\r\n").split("\r\n")


def test_the_calendar_has_an_event_of_one_day_for_each_leaflet(root: Path) -> None:
    told = read(root)
    lines = unfolded(calendar_file(told))
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-1] == "END:VCALENDAR"
    assert {"VERSION:2.0", "CALSCALE:GREGORIAN", "PRODID:-//Leaflet Press//Reviews//EN"} <= set(lines)
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 4
    assert lines.count("DTSTART;VALUE=DATE:20260801") == 2
    assert lines.count("DTEND;VALUE=DATE:20260802") == 2
    assert lines.count("TRIGGER:-P28D") == lines.count("ACTION:DISPLAY") == 4
    events = Calendar.from_ical(calendar_file(told)).walk("VEVENT")
    assert [event.decoded("dtstart") for event in events] == [one.by for one in told.due]
    assert len({str(event["uid"]) for event in events}) == 4
    soon = events[2]
    assert soon.decoded("dtstamp") == datetime(2024, 8, 1, tzinfo=UTC)  # the last review
    assert str(soon["summary"]) == "Review due: About soon (en-GB, version 1.0)"
    assert str(soon["description"]).splitlines() == [
        "LP-1, version 1.0, approved",
        "Last reviewed: 2024-08-01",
        "Reviewers: A. Nurse, B. Surgeon",
        "File: source/leaflets/soon/en-GB.md",
    ]


def test_a_leaflet_keeps_its_uid_when_its_review_moves(root: Path) -> None:
    def uid() -> str:
        (event,) = Calendar.from_ical(calendar_file(read(root, "late"))).walk("VEVENT")
        return str(event["uid"])

    before = uid()
    add(root, "late", review_by="2026-12-01", title="Another title", version='"2.0"', status="draft")
    assert uid() == before


def test_words_cannot_break_out_of_their_line(root: Path) -> None:
    title = "A; B, C\\n \\\\ żółć " + "日本語" * 30
    add(root, "late", review_by="2026-06-14", title=f'"{title}"', reviewers='["X\\nEND:VEVENT"]')
    content = calendar_file(read(root, "late"))
    assert unfolded(content).count("END:VEVENT") == 1
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    assert "日本語" * 30 in str(event["summary"])
    assert "A; B, C \\ żółć" in str(event["summary"])


def test_the_last_day_of_the_calendar_needs_no_day_after(root: Path) -> None:
    add(root, "late", review_by="9999-12-31")
    told = read(root, "late", until=date.max)
    lines = unfolded(calendar_file(told))
    assert "DTSTART;VALUE=DATE:99991231" in lines
    assert not [line for line in lines if line.startswith("DTEND")]


def test_the_same_diary_gives_the_same_bytes(root: Path) -> None:
    assert calendar_file(read(root)) == calendar_file(read(root))


def test_the_verb_writes_a_calendar_or_prints_it(root: Path) -> None:
    printed = press(root, "due", "--report", "ics", "--within", "9999y")
    assert printed.returncode == 0, printed.stderr
    done = press(root, "due", "--report", "ics", "--within", "9999y", "-o", "plans/reviews.ics")
    assert (done.returncode, done.stdout, done.stderr) == (0, "plans/reviews.ics\n", "")
    content = (root / "plans/reviews.ics").read_bytes()
    assert content.decode().splitlines() == printed.stdout.splitlines()
    assert len(Calendar.from_ical(content).walk("VEVENT")) == 5


def test_the_verb_tells_the_table_and_json(root: Path) -> None:
    done = press(root, "due", "--within", "9999y")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("review by ")
    assert done.stdout.splitlines()[-1].endswith("0 later, 1 without a review date")
    assert "\x1b" not in done.stdout
    document = press_json(root, "due", "gone", "timeless")
    assert (document["due"], [one["leaflet"] for one in document["no_review_date"]]) == ([], ["timeless"])


def test_faulty_particulars_are_told_and_hide_no_other_leaflet(root: Path) -> None:
    add(root, "bad", review_by="soon")
    done = press(root, "due", "--within", "9999y")
    assert done.returncode == 1
    assert "source/leaflets/bad/en-GB.md:10: error[M105]" in done.stderr
    assert "About late" in done.stdout
    document = press_json(root, "due")
    assert (document["exit_code"], document["diagnostics"][0]["code"]) == (1, "M105")


def test_faults_of_use_and_of_the_project_end_with_their_codes(root: Path, tmp_path: Path) -> None:
    done = press(root, "due", "--within", "soon")
    assert done.returncode == 2
    assert "--within cannot be 'soon'" in done.stderr
    assert "90d is 90 days" in done.stderr
    assert press_json(root, "due", "nobody")["diagnostics"][0]["code"] == "P403"
    (tmp_path / "empty").mkdir()
    assert press_json(tmp_path / "empty", "due")["diagnostics"][0]["code"] == "P401"
    assert press(tmp_path / "empty", "due").returncode == 3
    done = press(root, "due", "-o", "source")
    assert done.returncode == 3
    assert "error[W701]: cannot write source" in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="a terminal of POSIX")
def test_titles_that_steer_a_terminal_are_harmless(root: Path) -> None:
    add(root, "late", review_by="2020-06-14", title='"Red \\e[31m \\u202e words"')
    done = press(root, "due", "late")
    assert "\x1b" not in done.stdout
    assert "\u202e" not in done.stdout


def test_the_list_marks_what_is_overdue_and_nothing_that_is_withdrawn(root: Path) -> None:
    for name in ("late", "gone"):
        add(root, name, review_by="2020-06-14", status="withdrawn" if name == "gone" else "approved")
    add(root, "soon", lang="ja", title="すぐに", review_by="9999-08-01")
    lines = press(root, "list").stdout.splitlines()
    overdue = {line.split()[0] for line in lines if line.endswith("overdue")}
    assert "late" in overdue
    assert "gone" not in overdue
    (wide,) = [line for line in lines if "すぐに" in line]
    assert wide.index("1.0") + len("すぐに") == lines[0].index("version")
    told = {(one["leaflet"], one["lang"]): one["overdue"] for one in press_json(root, "list")["leaflets"]}
    assert (told["late", "en-GB"], told["gone", "en-GB"], told["soon", "ja"]) == (True, False, False)
