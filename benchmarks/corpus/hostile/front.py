"""Front matter that would run, multiply, break a header, or is broken itself."""

from __future__ import annotations

from benchmarks.corpus.hostile.file import CHAPTER, STORY, Asked, HostileFile, text

_LAUGHS = "\n".join(
    ["a0: &a0 [ha]", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)), "title: *a11"]
)
_MERGES = "\n".join(
    ["a0: &a0 {k: v}", *(f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 9)}]}}" for n in range(1, 12))]
)


def _yaml(
    name: str, front: str, asked: Asked, *, has: tuple[str, ...] = (), lacks: tuple[str, ...] = ()
) -> HostileFile:
    return text(f"yaml_{name}.md", f"---\n{front}\n---\n\n{STORY}", asked, has=has, lacks=lacks)


def _toml(
    name: str, front: str, asked: Asked, *, has: tuple[str, ...] = (), lacks: tuple[str, ...] = ()
) -> HostileFile:
    return text(f"toml_{name}.md", f"+++\n{front}\n+++\n\n{STORY}", asked, has=has, lacks=lacks)


FRONT: tuple[HostileFile, ...] = (
    _yaml("python_tag", 'title: !!python/object/apply:os.system ["touch ran"]', Asked.WARN, has=("line 2",)),
    _yaml("python_name", "title: !!python/name:os.system", Asked.WARN),
    _yaml("local_tag", "title: !include /etc/passwd", Asked.WARN, lacks=("root:",)),
    _yaml("laughs", _LAUGHS, Asked.REJECT),
    _yaml("merges", _MERGES, Asked.REJECT),
    _yaml("cycle", "title: &a [*a]", Asked.REJECT),
    _yaml("no_mapping", "- title: Rain\n- chapter: 3", Asked.WARN),
    _yaml("scalar", "just words", Asked.WARN),
    _yaml("unclosed_quote", 'chapter: 3\ntitle: "The Storm', Asked.REJECT, has=("line 3",)),
    _yaml("colon_in_title", "chapter: 3\ntitle: The Chase: a story", Asked.WARN, has=("line 3",)),
    _yaml("tab", "title: A\n\tchapter: 3", Asked.WARN),
    _yaml("nested", "title: {a: {b: c}}", Asked.WARN),
    _yaml("deep", "title: " + "[" * 10_000, Asked.REJECT),
    _yaml("deep_and_closed", "title: " + "[" * 3000 + "]" * 3000, Asked.REJECT),
    _yaml("no_day", "title: A\ndate: 2025-13-45", Asked.EITHER),
    _yaml("digits", "title: A\nchapter: " + "9" * 20_000, Asked.EITHER),
    _yaml("infinite", "title: A\nchapter: .inf", Asked.EITHER, lacks=("Infinity",)),
    _yaml("no_number", "title: A\nchapter: .nan", Asked.EITHER, lacks=("NaN",)),
    _yaml("negative", "title: A\nchapter: -3", Asked.EITHER),
    _yaml("base_60", "title: A\nchapter: 1:30:00", Asked.EITHER),
    _yaml("binary", "title: !!binary aGVsbG8=", Asked.WARN),
    _yaml("keys_of_all_kinds", "? [a, b]\n: c\n1: d\nnull: e\ntitle: F", Asked.EITHER),
    _yaml("twice", "title: A\ntitle: B", Asked.EITHER),
    _yaml("header", 'chapter: 3\ntitle: "Rain\\r\\nBcc: eve@example.org\\0"', Asked.ACCEPT, has=("Rain Bcc: eve",)),
    _yaml("long_title", "chapter: 3\ntitle: " + "A very long title " * 5000, Asked.EITHER),
    _yaml(
        "markup",
        "chapter: 3\ntitle: <script>alert(1)</script>",
        Asked.ACCEPT,
        lacks=("<script>alert(1)</script></title>",),
    ),
    _yaml("bidi", 'chapter: 3\ntitle: "La\\u202emp"', Asked.EITHER, lacks=("\u202e",)),
    _yaml("two_documents", "title: A\n...\n---\ntitle: B", Asked.EITHER),
    text("yaml_endless.md", f"---\ntitle: A\n\n{STORY * 500}", Asked.REJECT, has=("never ends",)),
    text("yaml_only.md", "---\ntitle: A\nchapter: 3\n---\n", Asked.REJECT),
    _toml("unclosed", 'title = "Rain', Asked.REJECT, has=("line 2",)),
    _toml("no_value", "title = A", Asked.REJECT, has=("line 2",)),
    _toml("tables", "[title]\na = 1", Asked.WARN),
    _toml("deep", "title = " + "[" * 10_000, Asked.REJECT),
    _toml("digits", "title = 'A'\nchapter = " + "9" * 20_000, Asked.EITHER),
    _toml("no_number", "title = 'A'\nchapter = nan", Asked.EITHER, lacks=("NaN",)),
    _toml("dots", ".".join("a" * 2000) + " = 1", Asked.EITHER),
    _toml("header", 'chapter = 3\ntitle = "Rain\\r\\nBcc: eve@example.org"', Asked.ACCEPT, has=("Rain Bcc: eve",)),
    text("mmd_header.md", f"Title: Rain\nAuthor: A\x00\x0bBcc: eve@example.org\n\n{CHAPTER}", Asked.EITHER),
)
