// On <body>. An element with data-hotkey="n" is clicked (a field: focused) by that key; "g l" are two keys
// in a row; "mod+enter" also works inside fields. "?" lists the keys of the page.
import { Controller, element, register } from "../sheke.js";

const FIELDS = "input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select, [contenteditable=true]";
// A Chinese input method sends its own signs for these keys.
const CHINESE = { "？": "?", "、": "/", "【": "[", "】": "]" };
const SYMBOLS = { mod: navigator.platform.startsWith("Mac") ? "⌘" : "Ctrl", enter: "↵", escape: "Esc", arrowdown: "↓", arrowup: "↑" };

/** What an element says, without the keys it shows. */
function words(node) {
  const copy = node.cloneNode(true);
  for (const key of copy.querySelectorAll("kbd")) key.remove();
  return copy.textContent.trim();
}

register("hotkeys", class extends Controller {
  static targets = ["help", "list"];

  press(event) {
    if (event.isComposing || event.altKey || event.defaultPrevented) return;
    const key = this.#name(event);
    const typing = event.target.closest?.(FIELDS);
    if (typing && !key.startsWith("mod+")) return;
    if (key === "?" && this.hasHelpTarget) return this.help();
    const both = this.before ? `${this.before} ${key}` : key;
    const found = this.#find(both) ?? this.#find(key);
    clearTimeout(this.timer);
    this.before = found ? "" : key;
    this.timer = setTimeout(() => (this.before = ""), 900);
    if (!found) return;
    event.preventDefault();
    if (found.matches(FIELDS)) found.focus();
    else found.click();
  }

  help() {
    const seen = new Map();
    for (const node of this.#scope().querySelectorAll("[data-hotkey]")) {
      const label = node.dataset.hotkeyLabel || node.getAttribute("aria-label") || node.title || words(node) || node.placeholder;
      if (label && !seen.has(node.dataset.hotkey)) seen.set(node.dataset.hotkey, label);
    }
    for (const node of this.#scope().querySelectorAll("[data-keys]")) {
      for (const [keys, label] of JSON.parse(node.dataset.keys)) seen.set(keys, label);
    }
    this.listTarget.replaceChildren(...[...seen].flatMap(([keys, label]) => [
      element("dt", {}, ...keys.split(" ").map((one) => this.#caps(one))), element("dd", {}, label.replace(/\s+/g, " ")),
    ]));
    this.helpTarget.showModal();
  }

  closeHelp() { this.helpTarget.close(); }

  #caps(keys) {
    const parts = keys.split("+").map((part) => SYMBOLS[part] ?? (part.length === 1 ? part.toUpperCase() : part));
    return element("kbd", {}, parts.join(" "));
  }

  #name(event) {
    const key = CHINESE[event.key] ?? event.key.toLowerCase();
    return event.ctrlKey || event.metaKey ? `mod+${key}` : key;
  }

  /** Behind an open dialog the page's keys sleep. */
  #scope() {
    return [...document.querySelectorAll("dialog[open]")].at(-1) ?? document;
  }

  #find(keys) {
    const found = [...this.#scope().querySelectorAll(`[data-hotkey="${CSS.escape(keys)}"]`)];
    return found.find((node) => !node.disabled && node.checkVisibility()) ?? null;
  }
});
