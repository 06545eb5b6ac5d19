"""A fence's content as its reader asks for it: words, attributes, blocks, one list, or items that are one line each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from leafletpress.model import Block, Condition, Figure, Inlines, List, ListKind, Span
from leafletpress.reader.blocks import Heading, name_of, sole_list
from leafletpress.reader.conditions import read_condition
from leafletpress.reader.fences import Fence, Part, Run
from leafletpress.reader.findings import Findings
from leafletpress.reader.inlines import read_inlines

PartReader: TypeAlias = Callable[[Part, int, Findings], list[Heading | Block]]


@dataclass(frozen=True, slots=True)
class FenceContent:
    """One fence that is being read, which stands `depth` blocks deep, and where to note faults.

    `read_part` reads what stands inside it.
    """

    fence: Fence
    depth: int
    findings: Findings
    read_part: PartReader

    @property
    def span(self) -> Span:
        """The fence's lines."""
        return self.findings.span(self.fence.line, self.fence.end_line)

    @property
    def condition(self) -> Condition | None:
        """What `only` and `except` say on the opening line."""
        return read_condition(self.fence.attributes, self.findings)

    def inner(self, fence: Fence) -> FenceContent:
        """The same for a fence inside this one."""
        return FenceContent(fence, self.depth + 1, self.findings, self.read_part)

    def fault(self, code: str, message: str, hint: str, line: int | None = None) -> None:
        """Note a fault, at the opening line unless another is named."""
        self.findings.add(code, message, line or self.fence.line, hint)

    def words(self) -> Inlines:
        """The words of the opening line."""
        return read_inlines(self.fence.words, self.fence.line, self.findings)

    def no_words(self, hint: str) -> None:
        """G224 where the opening line has words."""
        if self.fence.words:
            self.fault("G224", f"'{self.fence.name}' takes no words: '{self.fence.words}'", hint)

    def attributes(self, *known: str) -> None:
        """G226 for every attribute but `known` and a condition."""
        self.fence.attributes.check_known(f"'{self.fence.name}'", known, self.findings)

    def blocks(self) -> list[Block]:
        """All blocks inside; headings are refused (G233)."""
        return [block for part in self.fence.parts for block in self._of(part)]

    def _of(self, part: Part) -> list[Block]:
        blocks: list[Block] = []
        for block in self.read_part(part, self.depth + 1, self.findings):
            if isinstance(block, Heading):
                hint = "end the block before the heading, or write the words in bold: **words**"
                self.fault("G233", f"a heading stands inside '{self.fence.name}'", hint, block.line)
            else:
                blocks.append(block)
        return blocks

    def bare_blocks(self, wanted: str) -> list[Block]:
        """The blocks inside that no fence is around; fences are refused (G223), with what they would add."""
        blocks: list[Block] = []
        for part in self.fence.parts:
            found = self._of(part)
            if isinstance(part, Run):
                blocks += found
            elif found:  # else its name is a fault already
                message = f"'{self.fence.name}' cannot hold '::: {part.name}'"
                self.fault("G223", message, f"it holds {wanted}", part.line)
        return blocks

    def refuse(self, block: Block, wanted: str) -> None:
        """G223 (G206) for a block that the fence cannot hold."""
        code = "G206" if isinstance(block, Figure) else "G223"
        message = f"'{self.fence.name}' cannot hold {name_of(block)}"
        self.fault(code, message, f"it holds {wanted}", block.span.line)

    def empty(self, wanted: str) -> None:
        """G225, unless what was there has been refused already."""
        if not self.fence.parts:
            self.fault("G225", f"'{self.fence.name}' is empty", f"write {wanted} before the closing ':::'")

    def only_list(self, kinds: tuple[ListKind, ...], wanted: str) -> List | None:
        """The one list of one of `kinds` that the fence holds."""
        found: List | None = None
        for block in self.bare_blocks(wanted):
            if isinstance(block, List) and block.kind in kinds and found is None:
                found = block
            else:
                self.refuse(block, wanted)
        if found is None:
            self.empty(wanted)
        return found

    def items(self, wanted: str) -> list[tuple[str, int]]:
        """Text and line of each item of the one bullet list that the fence holds."""
        match self.fence.parts:
            case (Run() as run,):
                items = sole_list(run, self.findings)
            case _:
                items = None
        if items is None and self.fence.parts:
            self.fault("G223", f"'{self.fence.name}' holds something else than it can", f"it holds {wanted} alone")
            self.blocks()  # for the faults inside
        self.empty(wanted)
        return items or []
