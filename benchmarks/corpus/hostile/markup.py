"""Markdown, HTML and RTF that nest without end, run, load or point at what they must not."""

from __future__ import annotations

from benchmarks.corpus.hostile.file import CHAPTER, STORY, Asked, HostileFile, binary, text

_DEEP = 10_000
_ACTIVE = """<script>document.write("script-in")</script>
<p onclick="alert(1)" style="width:expression(alert(2))">One.</p>
<a href="javascript:alert(3)">a</a><a href="java&#10;script:alert(4)">b</a>
<a href=" vbscript:alert(5)">c</a>
<a href="data:text/html,<script>alert(6)</script>">d</a><img src=x onerror=alert(7)>
<iframe src="//evil.example"></iframe>
<object data="//evil.example/o"></object><embed src="//evil.example/e">
<svg onload=alert(8)><script>alert(9)</script></svg>
<form action="//evil.example"><input name=q></form><base href="//evil.example/">
<meta http-equiv=refresh content="0;//evil.example"><link rel=stylesheet href="//evil.example/s.css">
<style>@import url(//evil.example/i.css);p{background:url(//evil.example/b)}</style>
<math><mtext><table><mglyph><style><img src=x onerror=alert(10)></style></mglyph></table></mtext></math>
<noscript><p title="</noscript><img src=x onerror=alert(11)>"></noscript>
<img src="https://tracker.example/p.gif" width=1 height=1>
<p style="display:none">hidden words</p><p style="position:fixed;top:0">Two.</p><template><p>templated</p></template>"""
_HARM = ("script-in", "alert(", "expression(", "evil.example", "tracker.example", "hidden words")


def _html(name: str, body: str, asked: Asked, *, has: tuple[str, ...] = (), lacks: tuple[str, ...] = ()) -> HostileFile:
    prose = "".join(f"<p>{line}</p>" for line in STORY.split("\n\n"))
    page = (
        f"<!DOCTYPE html><html><head><meta charset=utf-8><title>x</title></head><body>{body}<h1>Chapter 3</h1>{prose}"
    )
    return text(f"{name}.html", page, asked, has=has, lacks=lacks)


def _rtf(name: str, body: str, asked: Asked, *, has: tuple[str, ...] = (), lacks: tuple[str, ...] = ()) -> HostileFile:
    prose = STORY.replace("“", r"\ldblquote ").replace("”", r"\rdblquote ").replace("\n\n", r"\par ")
    return text(f"{name}.rtf", rf"{{\rtf1\ansi\ansicpg1252 {body} {prose}\par}}", asked, has=has, lacks=lacks)


def _markdown(
    name: str, body: str, asked: Asked, *, has: tuple[str, ...] = (), lacks: tuple[str, ...] = ()
) -> HostileFile:
    return text(f"{name}.md", f"# Chapter 3\n\n{body}\n\n{STORY}", asked, has=has, lacks=lacks)


_NESTED_LISTS = "\n".join(f"{' ' * 2 * depth}- deep" for depth in range(1000))
_FOOTNOTES = (
    "".join(f"a[^{n}] " for n in range(3000)) + "\n\n" + "".join(f"[^{n}]: b[^{n + 1}]\n\n" for n in range(3000))
)
_LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
_ENTITY_BOMB = (
    f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a0 "ha">{_LAUGHS}]>'
    f"<html><body><h1>Chapter 3</h1><p>&a11;</p><p>{STORY}</p></body></html>"
)

MARKUP: tuple[HostileFile, ...] = (
    _markdown("nested_quotes", ">" * _DEEP + " deep", Asked.EITHER),
    _markdown("nested_spaced_quotes", "> " * _DEEP + "deep", Asked.EITHER),
    _markdown("nested_lists", _NESTED_LISTS, Asked.EITHER),
    _markdown("nested_list_on_a_line", "- " * _DEEP + "deep", Asked.EITHER),
    _markdown("nested_emphasis", "*a _b " * (_DEEP // 2) + "c" + "_ d*" * (_DEEP // 2), Asked.EITHER),
    _markdown("nested_links", "[" * _DEEP + "a" + "](https://a.example)" * _DEEP, Asked.EITHER),
    _markdown("nested_pictures", "![" * 2000 + "a" + "](b.png)" * 2000, Asked.EITHER),
    _markdown("footnotes_in_a_chain", _FOOTNOTES, Asked.EITHER),
    _markdown("footnote_of_itself", "a[^a] b[^b]\n\n[^a]: x[^a]\n\n[^b]: y[^a] z[^b]", Asked.EITHER),
    _markdown("active_html", _ACTIVE, Asked.EITHER),
    _markdown(
        "links_that_run",
        "[a](javascript:alert(1)) [b](java\tscript:alert(2)) [c](&#106;avascript:alert(3)) "
        "[d](data:text/html;base64,PHNjcmlwdD4=) <javascript:alert(4)> [e][e]\n\n[e]: vbscript:alert(5)",
        Asked.WARN,
    ),
    _markdown(
        "remote_pictures",
        "![a](https://tracker.example/p.gif) ![b](//tracker.example/q) ![c](data:image/svg+xml,<svg>) "
        "![d](file:///etc/passwd) ![e](../../secret.png)",
        Asked.WARN,
        lacks=("tracker.example/q", "data:image", "file:///"),
    ),
    _markdown("jinja", "{{ 7*7 }} {% raw %} {# x #}", Asked.ACCEPT, has=("{{ 7*7 }} {% raw %} {# x #}",)),
    _markdown("placeholders", "\u0002stash:0\u0003 \u0002wzxhzdk:1\u0003 klzzwxh:0042 \u0002amp\u0003", Asked.ACCEPT),
    text("html_called_text.txt", f"<html><body>{_ACTIVE}<p>{STORY}", Asked.EITHER, lacks=_HARM),
    _html("active", _ACTIVE, Asked.ACCEPT, has=("One.", "You should go home"), lacks=_HARM),
    _html("nested_divs", "<div>" * _DEEP, Asked.EITHER),
    _html("nested_quotes", "<blockquote>" * _DEEP, Asked.EITHER),
    _html("nested_bold", "<b><i>" * _DEEP + "x", Asked.EITHER),
    _html("nested_lists", "<ul><li>" * _DEEP + "x", Asked.EITHER),
    _html("nested_tables", "<table><tr><td>" * _DEEP + "x", Asked.EITHER),
    _html("wide_open", "<p>" * 100_000, Asked.EITHER),
    _html("endless_comment", "<p>One.</p><!-- " + "-" * 50_000, Asked.EITHER),
    _html("plaintext", "<plaintext>", Asked.EITHER),
    _html("long_attribute", f'<p class="{"x " * 100_000}">One.</p>', Asked.EITHER),
    _html("many_attributes", "<p " + " ".join(f"a{n}=b" for n in range(20_000)) + ">One.</p>", Asked.EITHER),
    _html("many_styles", "<style>" + ".c{color:red}" * 20_000 + "</style>" + "<p class=c>a</p>" * 2000, Asked.EITHER),
    _html("css_killer", "<style>" + "/*" * 50_000 + "{" * 50_000 + "</style>", Asked.EITHER),
    _html(
        "entities",
        "<p>" + "&" * 50_000 + "&#x110000; &#0; &#55296; &bogus; &amp;amp;lt;script&gt;</p>",
        Asked.EITHER,
        lacks=("\0",),
    ),
    _html("nul_in_tag", "<scr\0ipt>alert(1)</scr\0ipt><p>One.</p>", Asked.EITHER, lacks=("<script>alert",)),
    _html("unclosed_tag", "<p>One.</p><a href='" + "x" * 50_000, Asked.EITHER),
    _html("jinja", "<p>{{ 7*7 }} {% raw %} {# x #}</p>", Asked.ACCEPT, has=("{{ 7*7 }} {% raw %} {# x #}",)),
    text("entity_bomb.xhtml", _ENTITY_BOMB, Asked.EITHER),
    binary(
        "lying_charset.html",
        f"<html><head><meta charset=utf-16><body><h1>Chapter 3</h1><p>{STORY}".encode(),
        Asked.EITHER,
        has=("Ada",),
    ),
    _rtf("nested_groups", "{" * _DEEP, Asked.EITHER),
    _rtf("closed_groups", "{\\b " * _DEEP + "}" * _DEEP, Asked.EITHER),
    _rtf("only_closings", "}" * _DEEP, Asked.EITHER),
    _rtf("binary_beyond_the_end", "\\bin2147483647 abc", Asked.EITHER),
    _rtf("numbers", "\\u99999999999 \\u-1? \\u55296? \\uc2147483647 \\u65 \\fs" + "9" * 5000, Asked.EITHER),
    _rtf("negative_fallback", "\\uc-5\\u8220?One", Asked.EITHER),
    _rtf(
        "object", "{\\object\\objocx{\\*\\objdata " + "0105" * 20_000 + "}}One.\\par", Asked.EITHER, lacks=("01050105",)
    ),
    _rtf(
        "field",
        '{\\field{\\*\\fldinst INCLUDEPICTURE "http://tracker.example/p.gif"}{\\fldrslt One.}}\\par',
        Asked.EITHER,
        lacks=("tracker",),
    ),
    _rtf(
        "link_that_runs",
        '{\\field{\\*\\fldinst HYPERLINK "javascript:alert(1)"}{\\fldrslt One.}}\\par',
        Asked.EITHER,
        lacks=("javascript:",),
    ),
    _rtf("words_without_end", "\\" + "a" * 100_000 + " x", Asked.EITHER),
    _rtf("hex_cut_off", "\\'", Asked.EITHER),
    binary("only_mark.rtf", b"{\\rtf", Asked.REJECT),
    text("chapter_in_braces.txt", CHAPTER + "{" * 50_000, Asked.EITHER),
)
