"""Separation: a page's content with every colour in process inks, and black text printed over what lies below it.

The content is read operator by operator with the graphics state that colours need (ISO 32000-1, 8.4 and 8.6), and
written anew. Marked content goes: a press does not read. Black text overprints (8.6.7, mode 1), so that no white edge
shows where plates are a hair out of register; everything else knocks out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Matrix, Name, Operator

from .colour_spaces import CMYK, GREY, RGB, Space, initial, read_space
from .colours import BLACK, Inks
from .plates import Mask, Plates, Press, is_black, plain_state, printed_shading
from .saving import number, refusal, within

_DEVICE = {"g": GREY, "rg": RGB, "k": CMYK, "G": GREY, "RG": RGB, "K": CMYK}
_FILLS = {"f", "F", "f*", "B", "B*", "b", "b*"}
_STROKES = {"S", "s", "B", "B*", "b", "b*"}
_SHOWS = {"Tj", "TJ", "'", '"'}
_MARKS = {"BMC", "BDC", "EMC", "MP", "DP"}
_CALLERS = "the caller's"
_STATE = {True: "/OverprintBlack", False: "/KnockOut"}


@dataclass(frozen=True, slots=True)
class Paint:
    """The colour of fills or strokes. A drawing begins with its caller's, which may be any."""

    space: Space
    inks: frozenset[str] = frozenset()
    black: bool = False


@dataclass(frozen=True, slots=True)
class State:
    """The part of the graphics state that is followed; `shows` is the text rendering mode."""

    fill: Paint
    stroke: Paint
    shows: int = 0
    over: bool = False


@dataclass(slots=True)
class Separation:
    """What one document's pages share: drawings and pictures are turned once."""

    pdf: pikepdf.Pdf
    inks: Inks
    _known: dict[tuple[tuple[int, int], bool], tuple[Any, frozenset[str]]] = field(default_factory=dict)

    def page(self, page: Any, resources: Any, box: Array, matrix: Matrix) -> tuple[Any, frozenset[str]]:
        """A page's content as a form XObject that is cut off at `box` and moved by `matrix`, and the inks it needs."""
        black = Paint(GREY, frozenset({"Black"}), black=True)
        stream = _Stream(self, Press(self.inks), resources, State(black, black))
        for operator in Press(self.inks).operators:
            stream.write(operator, *BLACK)
        stream.read(page)
        entries = {"/Type": Name("/XObject"), "/Subtype": Name("/Form"), "/BBox": box, "/Resources": stream.resources,
                   "/Matrix": Array([number(part) for part in matrix.shorthand])}  # fmt: skip
        return pikepdf.Stream(self.pdf, stream.data(), entries), frozenset(stream.used)

    def drawing(self, form: Any, plates: Plates) -> tuple[Any, frozenset[str]]:
        """A form XObject or a tiling pattern with its content turned."""
        key = (form.objgen, isinstance(plates, Mask))
        if key not in self._known:
            if "/Resources" not in form:
                raise refusal("a drawing has no resources of its own")
            unknown = Paint(GREY, frozenset({_CALLERS}))
            stream = _Stream(self, plates, form["/Resources"], State(unknown, unknown))
            stream.read(form)
            kept = {key: form[key] for key in form.keys() if key not in _FORM_DROPPED}  # noqa: SIM118  (a stream iterates over its bytes)
            made = pikepdf.Stream(self.pdf, stream.data(), {**kept, "/Resources": stream.resources})
            if "/Group" in made and "/CS" in made["/Group"]:
                made["/Group"] = Dictionary({**dict(made["/Group"].items()), "/CS": Name(plates.space)})
            self._known[key] = (made, frozenset(stream.used))
        return self._known[key]


_FORM_DROPPED = {"/Length", "/Filter", "/DecodeParms", "/Resources", "/StructParents", "/StructParent", "/Metadata",
                 "/PieceInfo", "/LastModified", "/OC", "/Ref", "/OPI"}  # fmt: skip


class _Stream:
    """One content stream on its way."""

    def __init__(self, document: Separation, plates: Plates, source: Any, state: State) -> None:
        self.resources = Dictionary()
        self.used: set[str] = set()
        self._document = document
        self._plates = plates
        self._source = source
        self._state = state
        self._saved: list[State] = []
        self._made: list[tuple[Any, Operator]] = []

    def data(self) -> bytes:
        """The new content; states that were left open are closed."""
        return pikepdf.unparse_content_stream(self._made) + b"\n" + b"Q " * len(self._saved)

    def write(self, operator: str, *operands: Any) -> None:
        """One instruction; plain numbers are written short."""
        plain = [number(one) if isinstance(one, float) else one for one in operands]
        self._made.append((plain, Operator(operator)))

    def read(self, source: Any) -> None:
        """Every instruction of a page, form or pattern."""
        for instruction in pikepdf.parse_content_stream(source):
            if isinstance(instruction, pikepdf.ContentStreamInlineImage):
                self._inline(instruction)
            else:
                self._step(str(instruction.operator), list(instruction.operands))

    def _step(self, operator: str, operands: list[Any]) -> None:
        if operator in _DEVICE:
            self._colour(operator.isupper(), _DEVICE[operator], operands)
        elif operator in {"cs", "CS"}:
            self._space(operator == "CS", read_space(operands[0], self._source))
        elif operator in {"sc", "scn", "SC", "SCN"}:
            stroking = operator.isupper()
            self._colour(stroking, (self._state.stroke if stroking else self._state.fill).space, operands)
        elif operator in {"gs", "Do", "sh", "Tf"}:
            {"gs": self._set, "Do": self._draw, "sh": self._shade, "Tf": self._font}[operator](operands)
        elif operator in _MARKS:
            if operands and operands[0] == "/OC":
                raise refusal("the page has layers")
        else:
            self._follow(operator, operands)
            self.write(operator, *operands)

    def _follow(self, operator: str, operands: list[Any]) -> None:
        """What an instruction that stays as it is means for the state, and what it prints."""
        if operator == "q":
            self._saved.append(self._state)
        elif operator == "Q":
            if not self._saved:
                raise refusal("the content of a page has Q without q")
            self._state = self._saved.pop()
        elif operator == "Tr":
            self._state = replace(self._state, shows=int(operands[0]))
        elif operator in _SHOWS:
            fills, strokes = self._state.shows in {0, 2, 4, 6}, self._state.shows in {1, 2, 5, 6}
            paints = [self._state.fill] * fills + [self._state.stroke] * strokes
            self._overprint(over=bool(paints) and all(paint.black for paint in paints))
            self._use(paints)
        elif operator in _FILLS | _STROKES:
            self._overprint(over=False)
            self._use([self._state.fill] * (operator in _FILLS) + [self._state.stroke] * (operator in _STROKES))

    def _use(self, paints: Iterable[Paint]) -> None:
        for paint in paints:
            self.used |= paint.inks

    def _overprint(self, *, over: bool) -> None:
        """Switch overprint where it is not as wanted; a white text that overprints would vanish."""
        if over == self._state.over:
            return
        self._state = replace(self._state, over=over)
        states = within(self.resources, "/ExtGState")
        states[_STATE[over]] = Dictionary(Type=Name("/ExtGState"), OP=over, op=over, OPM=int(over))
        self.write("gs", Name(_STATE[over]))

    def _space(self, stroking: bool, space: Space) -> None:
        if space.kind == "pattern":
            self._hold(stroking, Paint(space))
        else:
            self._colour(stroking, space, list(initial(space)))

    def _hold(self, stroking: bool, paint: Paint) -> None:
        self._state = replace(self._state, stroke=paint) if stroking else replace(self._state, fill=paint)

    def _colour(self, stroking: bool, space: Space, operands: list[Any]) -> None:
        if space.kind == "pattern":
            self._pattern(stroking, space, operands)
            return
        colour = self._plates.paint(space, tuple(float(part) for part in operands))
        self._hold(stroking, Paint(space, self._plates.names(colour), black=is_black(colour)))
        self.write(self._plates.operators[stroking], *map(float, colour))

    def _pattern(self, stroking: bool, space: Space, operands: list[Any]) -> None:
        name, colour = operands[-1], tuple(float(part) for part in operands[:-1])
        pattern = self._found("/Pattern", name)
        if int(pattern["/PatternType"]) == 2:
            shading, inks = printed_shading(self._document.pdf, pattern["/Shading"], self._source, self._plates)
            made = Dictionary({**dict(pattern.items()), "/Shading": shading})
            if "/ExtGState" in made:
                made["/ExtGState"] = self._stated(made["/ExtGState"])
        else:
            made, inks = self._document.drawing(pattern, self._plates)
        within(self.resources, "/Pattern")[name] = made
        operands, set_space = [name], Name("/Pattern")
        if space.base is not None:
            tint = self._plates.paint(space.base, colour)
            inks = inks - {_CALLERS} | self._plates.names(tint)
            operands, set_space = [*map(float, tint), name], Name("/TintedPattern")
            within(self.resources, "/ColorSpace")[set_space] = Array([Name("/Pattern"), Name(self._plates.space)])
        self._hold(stroking, Paint(space, inks))
        self.write("CS" if stroking else "cs", set_space)
        self.write("SCN" if stroking else "scn", *operands)

    def _found(self, kind: str, name: Any) -> Any:
        thing = self._source.get(kind, {}).get(str(name))
        if thing is None:
            raise refusal(f"a page uses {name}, which is not among its resources")
        return thing

    def _font(self, operands: list[Any]) -> None:
        font = self._found("/Font", operands[0])
        if font.get("/Subtype") == "/Type3":
            raise refusal("a font is made of drawings (Type 3)")
        within(self.resources, "/Font")[operands[0]] = font
        self.write("Tf", *operands)

    def _set(self, operands: list[Any]) -> None:
        state = self._found("/ExtGState", operands[0])
        within(self.resources, "/ExtGState")[operands[0]] = self._stated(state)
        self.write("gs", operands[0])

    def _stated(self, state: Any) -> Dictionary:
        made = plain_state(state)
        mask = state.get("/SMask")
        if isinstance(mask, Name):
            made["/SMask"] = mask
        elif mask is not None:
            plates: Plates = Mask(self._document.inks) if mask["/S"] == "/Luminosity" else self._plates
            group, _ = self._document.drawing(mask["/G"], plates)
            made["/SMask"] = Dictionary({**{key: mask[key] for key in mask if key not in {"/G", "/BC"}}, "/G": group})
            if "/BC" in mask:
                made["/SMask"]["/BC"] = self._backdrop(mask, plates)
        return made

    def _backdrop(self, mask: Any, plates: Plates) -> Array:
        space = read_space(mask["/G"]["/Group"].get("/CS", Name("/DeviceGray")), mask["/G"].get("/Resources", {}))
        return Array(list(map(number, plates.paint(space, tuple(float(part) for part in mask["/BC"])))))

    def _shade(self, operands: list[Any]) -> None:
        shading = self._found("/Shading", operands[0])
        made, inks = printed_shading(self._document.pdf, shading, self._source, self._plates)
        within(self.resources, "/Shading")[operands[0]] = made
        self._overprint(over=False)
        self.used |= inks
        self.write("sh", operands[0])

    def _draw(self, operands: list[Any]) -> None:
        thing = self._found("/XObject", operands[0])
        self._overprint(over=False)
        if thing["/Subtype"] == "/Form":
            made, inks = self._document.drawing(thing, self._plates)
            if _CALLERS in inks:
                inks = inks - {_CALLERS} | self._state.fill.inks | self._state.stroke.inks
        else:
            printed = self._plates.picture(self._document.pdf, thing, self._source)
            made, inks = printed.stream, printed.inks
            inks |= self._state.fill.inks if thing.get("/ImageMask", False) else frozenset()
        within(self.resources, "/XObject")[operands[0]] = made
        self.used |= inks
        self.write("Do", operands[0])

    def _inline(self, instruction: pikepdf.ContentStreamInlineImage) -> None:
        """A stencil takes the colour that is set; a picture in the stream is drawn by no layout of ours."""
        image = instruction.iimage.obj
        if not image.get("/IM", image.get("/ImageMask", False)):
            raise refusal("a picture stands in the content of a page")
        self._overprint(over=False)
        self._use([self._state.fill])
        self._made.append(instruction)  # type: ignore[arg-type]  # pikepdf writes it as it read it
