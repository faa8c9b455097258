"""Form fields of the design system: label, control, help and error, tied together for everyone."""

from __future__ import annotations

from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from sheke.site.printed import plain, printed

register = template.Library()

CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.RadioSelect, ""),
    (forms.CheckboxSelectMultiple, ""),
    (forms.CheckboxInput, ""),
    (forms.Select, "select"),
    (forms.Textarea, "textarea"),
    (forms.Widget, "input"),
)


def control_class(widget: forms.Widget) -> str:
    return next(name for kind, name in CLASSES if isinstance(widget, kind))


@register.simple_tag
def field(bound: BoundField, **options: Any) -> SafeString:
    """One field.

    Options: `label`, `help`, `unit` (printed after the control), `size` ("wide", "narrow"),
    `hide_label`, `remote` (a URL: the select becomes a combobox that asks there). Every other
    option becomes an attribute of the control: `hx_get=…`, `placeholder=…`, `autofocus=True`.
    """
    widget = bound.field.widget
    shown = {
        "label": options.pop("label", bound.label),
        "help": options.pop("help", bound.help_text),
        "unit": options.pop("unit", ""),
        "size": options.pop("size", ""),
        "hide_label": options.pop("hide_label", False),
    }
    if not shown["help"]:
        bound.help_text = ""  # else Django points at a help that is not printed
    remote = options.pop("remote", "")
    attrs = {name.replace("_", "-"): value for name, value in options.items()}
    attrs |= _described(bound, shown["help"])
    attrs |= _focused(bound, attrs)
    own = attrs.pop("class", widget.attrs.get("class", ""))
    if names := f"{control_class(widget)} {own}".strip():
        attrs["class"] = names
    if isinstance(widget, forms.CheckboxInput):
        kind = "check"
    elif isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        kind = "choices"
    else:
        kind = "control"
    if remote:
        attrs |= {"data-controller": "combobox", "data-combobox-url-value": remote}
    control = _remote(bound, attrs) if remote else _control(bound, attrs)
    context = {"field": bound, "kind": kind, "control": control, **shown}
    if kind == "choices" or bound.errors or not _is_common(bound):
        return render_to_string("ui/field.html", context)
    of_field = [bound.auto_id, bound.id_for_label, bound.is_hidden, bound.field.required]
    key = plain([kind, control, *of_field, *shown.values()])[0]
    return printed(("field", key), lambda: render_to_string("ui/field.html", context))


def _is_common(bound: BoundField) -> bool:
    """Whether many forms print the field alike: a choice, or a control that nobody filled yet."""
    return isinstance(bound.field.widget, forms.Select) or bound.value() in (None, "")


def _control(bound: BoundField, attrs: dict[str, Any]) -> SafeString:
    """The control. What many forms print alike is made once; the key is all that widgets look at."""
    widget = bound.field.widget
    if isinstance(widget, forms.MultiWidget | forms.RadioSelect) or not _is_common(bound):
        return bound.as_widget(attrs=attrs)
    built = bound.build_widget_attrs(attrs, widget)
    state = [(k, v) for k, v in vars(widget).items() if k not in ("attrs", "choices", "_choices")]
    choices: list[Any] = []
    if isinstance(widget, forms.Select):
        choices = widget.choices = [(value, label) for value, label in widget.choices]  # asked once
    parts = [
        bound.html_name, bound.auto_id, bound.value(), *built.items(), *widget.attrs.items(), *state
    ]  # fmt: skip
    key = (type(widget), plain(parts)[0], plain(choices)[0])
    return printed(key, lambda: bound.as_widget(attrs=attrs))


@register.inclusion_tag("ui/fields.html")
def fields(form: forms.BaseForm) -> dict[str, Any]:
    """Every field of the form with the errors that belong to none of them."""
    return {"form": form}


@register.inclusion_tag("ui/form_errors.html")
def form_errors(form: forms.BaseForm) -> dict[str, Any]:
    """The errors that belong to no single field, and those of hidden fields."""
    hidden = [error for bound in form.hidden_fields() for error in bound.errors]
    return {"errors": [*form.non_field_errors(), *hidden]}


def _described(bound: BoundField, help_text: str) -> dict[str, str]:
    """The aria attributes that tie the control to its help and its errors."""
    ids = []
    if help_text:
        ids.append(f"{bound.id_for_label or bound.auto_id}-help")
    if bound.errors:
        ids.append(f"{bound.id_for_label or bound.auto_id}-error")
    attrs = {"aria-describedby": " ".join(ids)} if ids else {}
    if bound.errors:
        attrs["aria-invalid"] = "true"
    return attrs


def _focused(bound: BoundField, attrs: dict[str, Any]) -> dict[str, bool]:
    """A form that came back wrong puts the keyboard into the first wrong field it prints."""
    form = bound.form
    if not form.is_bound or not form.errors:
        return {}
    first = getattr(form, "first_wrong", None)
    if first is None and bound.errors:
        first = bound.name
        vars(form)["first_wrong"] = first
    return {"autofocus": first == bound.name}


def _remote(bound: BoundField, attrs: dict[str, Any]) -> str:
    """The select with its chosen options only; the others come from the server when asked for."""
    chosen = bound.value()
    values = [v for v in (chosen if isinstance(chosen, list | tuple) else [chosen]) if v]
    source = bound.field
    if isinstance(source, forms.ModelChoiceField) and source.queryset is not None:
        rows = _rows(source, values)
        choices = [(source.prepare_value(row), source.label_from_instance(row)) for row in rows]
    else:
        choices = [(value, value) for value in values]
    widget = forms.Select(choices=[("", ""), *choices])
    attrs = bound.build_widget_attrs(attrs | {"id": bound.auto_id}, widget)
    key = plain([bound.html_name, chosen, *attrs.items(), choices])[0]
    return printed(("remote", key), lambda: widget.render(bound.html_name, chosen, attrs))


def _rows(source: forms.ModelChoiceField, values: list[Any]) -> list[Any]:
    """Those that the values name; nothing where a value can be none (`abc` for a number)."""
    key = source.to_field_name or "pk"
    try:
        return list(source.queryset.filter(**{f"{key}__in": values})) if values else []  # type: ignore[union-attr]
    except (ValueError, TypeError, OverflowError):
        return []
