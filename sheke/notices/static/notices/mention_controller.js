// A text box in which “@” offers people: asks `url?q=…` as the combobox does; the arrow keys walk,
// Enter takes. The taken go along as hidden fields, which decide between people of one name.
import { hide, show } from "../site/js/floating.js";
import { painted } from "../site/js/controllers/combobox_match.js";
import { Controller, element, register } from "../site/js/sheke.js";

const BEGUN = /(?:^|[^\w.@])@([^\s@]{0,20})$/;
let serial = 0;

register("mention", class extends Controller {
  static targets = ["text"];
  static values = { url: String };

  connect() {
    this.options = [];
    const id = `mention-${++serial}`;
    this.list = element("div", { class: "combobox__list", role: "listbox", id, hidden: true });
    this.element.append(this.list);
    const text = this.textTarget;
    text.setAttribute("aria-controls", id);
    text.setAttribute("aria-autocomplete", "list");
    text.addEventListener("input", (event) => event.isComposing || this.#look());
    text.addEventListener("compositionend", () => this.#look());
    text.addEventListener("keydown", (event) => this.#key(event));
    text.addEventListener("blur", () => setTimeout(() => this.#close(), 150));
  }

  disconnect() {
    clearTimeout(this.timer);
    this.#close();
    this.list.remove();
  }

  #begun() {
    const before = this.textTarget.value.slice(0, this.textTarget.selectionStart);
    return BEGUN.exec(before)?.[1];
  }

  #look() {
    clearTimeout(this.timer);
    if (this.#begun() === undefined) return this.#close();
    this.timer = setTimeout(() => this.#ask(), 180);
  }

  async #ask() {
    const query = this.#begun();
    if (query === undefined) return this.#close();
    const url = new URL(this.urlValue, location.href);
    url.searchParams.set("q", query);
    const answer = await fetch(url, { headers: { Accept: "application/json" } }).catch(() => null);
    if (!answer?.ok || this.#begun() !== query) return;
    this.options = (await answer.json()).options;
    if (!this.options.length) return this.#close();
    this.current = 0;
    this.list.replaceChildren(...painted(this.options, query, this.list.id));
    for (const node of this.list.querySelectorAll("[role=option]")) {
      node.addEventListener("pointerdown", (event) => event.preventDefault());
      node.addEventListener("click", () => this.#take(Number(node.dataset.index)));
    }
    show(this.list, this.textTarget);
    this.#mark();
  }

  #mark() {
    const nodes = this.list.querySelectorAll("[role=option]");
    nodes.forEach((node, index) => node.setAttribute("aria-selected", String(index === this.current)));
    this.textTarget.setAttribute("aria-activedescendant", nodes[this.current].id);
    nodes[this.current].scrollIntoView({ block: "nearest" });
  }

  #key(event) {
    if (event.isComposing || this.list.hidden) return;
    const count = this.options.length;
    const steps = { ArrowDown: 1, ArrowUp: count - 1 };
    if (event.key in steps) {
      this.current = (this.current + steps[event.key]) % count;
      this.#mark();
    } else if (event.key === "Enter" || event.key === "Tab") this.#take(this.current);
    else if (event.key === "Escape") { event.stopPropagation(); this.#close(); }
    else return;
    event.preventDefault();
  }

  #take(index) {
    const option = this.options[index];
    const text = this.textTarget;
    const start = text.selectionStart - (this.#begun() ?? "").length;
    text.setRangeText(`${option.text} `, start, text.selectionStart, "end");
    this.element.append(element("input", { type: "hidden", name: "mention", value: option.value }));
    this.#close();
    text.focus();
  }

  #close() {
    if (this.list.hidden) return;
    hide(this.list);
    this.textTarget.removeAttribute("aria-activedescendant");
  }
});
