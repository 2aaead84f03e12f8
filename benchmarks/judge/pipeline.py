"""The shortest pipeline that makes a mail of a chapter in Markdown: what our making is measured against.

The libraries alone, each used as its own manual shows; no notes, no languages, no pictures, no page.
"""

from __future__ import annotations

import css_inline
import markdown
import nh3
from inscriptis import get_text
from inscriptis.model.config import ParserConfig
from jinja2 import Environment
from markupsafe import Markup

PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{{ title }}</title>
<style>
body { margin: 0; background: #faf6ee; color: #2b2520; font-family: Georgia, serif; font-size: 18px; line-height: 1.6; }
.column { max-width: 36em; margin: 0 auto; padding: 40px 20px; }
h1 { font-size: 30px; font-weight: normal; text-align: center; }
p { margin: 0; text-indent: 1.4em; }
hr { width: 20%; margin: 28px auto; }
blockquote { margin: 22px 0; padding: 0 24px; }
.foot { margin: 48px 0 0; border-top: 1px solid #d8ccb8; font-size: 16px; text-align: center; }
</style>
</head>
<body><div class="column"><h1>{{ title }}</h1>
{{ story }}
<div class="foot"><a href="{{ url }}">On the web</a> · <a href="{{ url }}/leave">Unsubscribe</a></div>
</div></body>
</html>
"""
EXTENSIONS = ("extra",)
"""Footnotes are in it: a chapter needs them."""

_TEMPLATE = Environment(autoescape=True).from_string(PAGE)
_INLINER = css_inline.CSSInliner()
_TEXT = ParserConfig(display_links=True)


def make(manuscript: bytes) -> tuple[str, str]:
    """The HTML and the text of the mail."""
    story = nh3.clean(markdown.markdown(manuscript.decode(), extensions=list(EXTENSIONS)))
    page = _TEMPLATE.render(title="A chapter", story=Markup(story), url="https://stories.example")
    inlined = _INLINER.inline(page)
    return inlined, get_text(inlined, _TEXT)
