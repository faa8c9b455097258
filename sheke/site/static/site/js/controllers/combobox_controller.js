// <select data-controller="combobox">: a text box that finds among the select's options, or asks
// `data-combobox-url-value` with ?q=… for {"options": [{"value", "text", "hint", "group"}]}.
// The select stays the form's value and sends `change`; without scripts it is simply a select.
import { hide, show } from "../floating.js";
import { Controller, element, icon, register, word } from "../sheke.js";
import { matching, painted } from "./combobox_match.js";

let serial = 0;

register("combobox", class extends Controller {
  static values = { url: String, placeholder: String, limit: { type: Number, default: 60 } };

  connect() {
    const id = this.element.id || `combobox-${++serial}`;
    this.options = [];
    this.current = -1;
    this.list = element("div", { class: "combobox__list", role: "listbox", id: `${id}-list`, hidden: true });
    this.input = this.#input(id);
    this.wrapper = element("div", { class: "combobox" }, this.input, icon("chevrons-up-down"), this.list);
    this.element.hidden = true;
    this.element.required = false; // what is hidden cannot be pointed at; the box asks instead
    this.element.id = `${id}-value`;
    this.element.after(this.wrapper);
    this.outside = (event) => this.wrapper.contains(event.target) || this.close();
    document.addEventListener("pointerdown", this.outside);
    this.show();
  }

  disconnect() {
    document.removeEventListener("pointerdown", this.outside);
    this.element.id = this.input.id;
    this.element.required = this.input.required;
    this.element.hidden = false;
    this.wrapper.remove();
  }

  /** Print the select's value into the box. */
  show() {
    const chosen = this.element.selectedOptions[0];
    this.input.value = chosen?.value ? chosen.textContent.trim() : "";
  }

  async search() {
    this.pending = false;
    const query = this.input.value.trim();
    this.options = this.urlValue ? await this.#ask(query) : matching(this.element, query);
    this.#paint(query);
  }

  choose(option) {
    if (!option) return;
    let held = [...this.element.options].find((one) => one.value === String(option.value));
    if (!held) {
      held = new Option(option.text, option.value);
      this.element.add(held);
    }
    held.selected = true;
    this.show();
    this.close();
    this.element.dispatchEvent(new Event("change", { bubbles: true }));
  }

  close() {
    if (this.list.hidden) return;
    hide(this.list);
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
    this.#settle();
  }

  #input(id) {
    const source = this.element;
    const input = element("input", {
      class: `input ${source.classList.contains("select--small") ? "input--small" : ""}`,
      type: "text", id, role: "combobox", autocomplete: "off", spellcheck: "false",
      "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": `${id}-list`,
      "aria-describedby": source.getAttribute("aria-describedby"),
      "aria-label": source.getAttribute("aria-label"),
      "aria-invalid": source.getAttribute("aria-invalid"),
      placeholder: this.placeholderValue || source.options[0]?.value === "" && source.options[0].textContent || word("choose"),
      required: source.required, disabled: source.disabled, autofocus: source.autofocus,
    });
    input.addEventListener("input", (event) => { event.stopPropagation(); event.isComposing || this.#soon(); });
    input.addEventListener("compositionend", (event) => { event.stopPropagation(); this.#soon(); });
    input.addEventListener("change", (event) => event.stopPropagation());
    input.addEventListener("click", () => this.#open());
    input.addEventListener("keydown", (event) => this.#key(event));
    input.addEventListener("blur", () => setTimeout(() => this.wrapper.contains(document.activeElement) || this.close(), 150));
    return input;
  }

  #open() {
    if (!this.list.hidden) return;
    this.input.select();
    const text = this.input.value;
    this.input.value = "";
    this.search();
    this.input.value = text;
    this.input.select();
  }

  #soon() {
    this.pending = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.search(), this.urlValue ? 180 : 0);
  }

  async #ask(query) {
    this.request?.abort();
    this.request = new AbortController();
    const url = new URL(this.urlValue, location.href);
    url.searchParams.set("q", query);
    try {
      const answer = await fetch(url, { headers: { Accept: "application/json" }, signal: this.request.signal });
      return answer.ok ? (await answer.json()).options : [];
    } catch {
      return this.options;
    }
  }

  #paint(query) {
    this.current = this.options.length ? 0 : -1;
    this.list.replaceChildren(...painted(this.options.slice(0, this.limitValue), query, this.list.id));
    for (const node of this.list.querySelectorAll("[role=option]")) {
      node.addEventListener("pointerdown", (event) => event.preventDefault());
      node.addEventListener("click", () => this.choose(this.options[Number(node.dataset.index)]));
    }
    show(this.list, this.input, { wide: true });
    this.input.setAttribute("aria-expanded", "true");
    this.#mark();
  }

  /** Enter came before the list: find what was typed first. */
  async #chooseTyped() {
    clearTimeout(this.timer);
    await this.search();
    this.choose(this.options[this.current]);
  }

  #mark() {
    const nodes = this.list.querySelectorAll("[role=option]");
    nodes.forEach((node, index) => node.setAttribute("aria-selected", String(index === this.current)));
    const node = nodes[this.current];
    if (!node) return this.input.removeAttribute("aria-activedescendant");
    this.input.setAttribute("aria-activedescendant", node.id);
    node.scrollIntoView({ block: "nearest" });
  }

  #key(event) {
    if (event.isComposing) return;
    const last = Math.min(this.options.length, this.limitValue) - 1;
    const open = !this.list.hidden;
    const move = (to) => { event.preventDefault(); this.current = to; this.#mark(); };
    if (event.key === "ArrowDown") return open ? move(this.current >= last ? 0 : this.current + 1) : (event.preventDefault(), this.#open());
    if (event.key === "ArrowUp" && open) return move(this.current <= 0 ? last : this.current - 1);
    if (event.key === "Enter" && this.pending) { event.preventDefault(); return this.#chooseTyped(); }
    if (event.key === "Enter" && open) { event.preventDefault(); return this.choose(this.options[this.current]); }
    if (event.key === "Escape" && open) { event.preventDefault(); event.stopPropagation(); this.show(); return this.close(); }
    if (event.key === "Tab" && open && this.input.value.trim()) this.choose(this.options[this.current]);
  }

  /** After closing, an emptied box means "none"; half-typed text falls back to what was chosen. */
  #settle() {
    const empty = [...this.element.options].find((one) => one.value === "");
    if (this.input.value.trim() === "" && empty && this.element.value !== "") {
      empty.selected = true;
      this.element.dispatchEvent(new Event("change", { bubbles: true }));
    }
    this.show();
  }
});
