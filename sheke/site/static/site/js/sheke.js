// The page's one Stimulus application. An app's own controller is a module that says:
//   import { Controller, register } from "…/site/js/sheke.js";
//   register("plan-tree", class extends Controller { … });
import { Application, Controller } from "../vendor/stimulus.js";

const application = (window.Stimulus ??= Application.start());

export { Controller };

/** Make `data-controller="name"` work with the class `controller`. Saying it twice is harmless. */
export function register(name, controller) {
  if (!application.router.modulesByIdentifier.has(name)) application.register(name, controller);
}

/** Show a short message. `level`: info, success, warning, error. `undo`: a URL to POST to. */
export function toast(text, { level = "info", undo = null } = {}) {
  document.dispatchEvent(new CustomEvent("toast", { detail: { text, level, undo } }));
}

/** The words of the interface that scripts need; the server prints them into <body data-words>. */
export function word(key) {
  words ??= JSON.parse(document.body.dataset.words ?? "{}");
  return words[key] ?? key;
}
let words;

/** The CSRF token, for the rare request that neither a form nor htmx sends. */
export function csrfToken() {
  return JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["X-CSRFToken"] ?? "";
}

/** An icon of the sprite as an element. */
export function icon(name, className = "icon") {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  svg.setAttribute("class", className);
  svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `${document.body.dataset.icons}#${name}`);
  svg.append(use);
  return svg;
}

/** Make an element: `element("p", { class: "x" }, "text", child)`. */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

/** Whether a form's field holds something else than the server printed: on a slow line people type
 *  before the scripts are there. */
export function differs(box) {
  if (box.type === "hidden" || box.type === "file") return false;
  if (box.type === "checkbox" || box.type === "radio") return box.checked !== box.defaultChecked;
  if (box.tagName === "SELECT") return [...box.options].some((each) => each.defaultSelected && !each.selected);
  return "defaultValue" in box && box.value !== box.defaultValue;
}
