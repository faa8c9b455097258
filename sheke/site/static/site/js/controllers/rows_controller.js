// <table data-controller="rows">: ↑ ↓ (or j k) walk the rows, ↵ opens a row's first link, space or x checks it.
// Only rows with a link or a box take part. One row is in the Tab order (a roving tabindex).
import { Controller, register } from "../sheke.js";

register("rows", class extends Controller {
  connect() {
    this.onKey = this.onKey.bind(this);
    this.element.addEventListener("keydown", this.onKey);
    this.element.addEventListener("htmx:afterSettle", () => this.#first());
    this.#first();
  }

  disconnect() { this.element.removeEventListener("keydown", this.onKey); }

  get rows() {
    return [...this.element.querySelectorAll("tbody > tr, [data-row]")].filter((row) => row.querySelector("a, input, button"));
  }

  #first() {
    const rows = this.rows;
    if (rows.length && !rows.some((row) => row.tabIndex === 0)) rows[0].tabIndex = 0;
  }

  onKey(event) {
    if (event.target.closest("input:not([type=checkbox]), textarea, select")) return;
    const row = event.target.closest("tr, [data-row]");
    const rows = this.rows;
    const at = rows.indexOf(row);
    const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
    if (at < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    if (step) return this.#go(event, rows[at + step]);
    if (event.key === "Home") return this.#go(event, rows[0]);
    if (event.key === "End") return this.#go(event, rows.at(-1));
    if (event.target !== row) return;
    if (event.key === "Enter") { event.preventDefault(); row.querySelector("a[href]")?.click(); }
    if (event.key === " " || event.key === "x") { event.preventDefault(); row.querySelector("input[type=checkbox]")?.click(); }
  }

  #go(event, row) {
    event.preventDefault();
    if (!row) return;
    for (const one of this.rows) one.tabIndex = -1;
    row.tabIndex = 0;
    row.focus();
    row.scrollIntoView({ block: "nearest" });
  }
});
