"""`{% kept name=value … %}…{% endkept %}`: rows of long lists, printed once for the same values.

Inside, only these values can be named, not the request nor anything else of the page; so a text that
was printed for equal values and the same language is right for every reader.
"""

from __future__ import annotations

from typing import Any

from django import template
from django.template.base import FilterExpression, Node, NodeList, Parser, Token, token_kwargs
from django.template.context import Context
from django.utils.safestring import SafeString

from sheke.site.printed import plain, printed

register = template.Library()


class Kept(Node):
    def __init__(
        self, values: dict[str, FilterExpression], inside: NodeList, place: tuple[Any, ...]
    ) -> None:
        self.values, self.inside, self.place = values, inside, place

    def render(self, context: Context) -> SafeString:
        keys, values = [], {}
        for name, given in self.values.items():
            key, values[name] = plain(given.resolve(context))
            keys.append(key)
        return printed((*self.place, *keys), lambda: self.inside.render(context.new(values)))


@register.tag
def kept(parser: Parser, token: Token) -> Kept:
    _name, *bits = token.split_contents()
    values = token_kwargs(bits, parser)
    if bits:
        raise template.TemplateSyntaxError(f"kept: not name=value: {' '.join(bits)}")
    inside = parser.parse(("endkept",))
    parser.delete_first_token()
    place = (str(parser.origin), token.lineno, token.position, token.contents)
    return Kept(values, inside, place)
