// The box behind Ctrl/⌘ K. Rows are links; arrows walk through them, Enter opens the first one or the
// whole search. What an input method is still composing is not sought.
import { Controller, register } from "../sheke.js";

const PAUSE = 150; // milliseconds without a key before asking

register("palette", class extends Controller {
  static targets = ["input", "rows", "row"];
  static values = { url: String };

  /** Anything with data-opens="palette" opens it. */
  clicked(event) {
    if (event.target.closest?.('[data-opens="palette"]')) this.open();
  }

  open() {
    if (!this.element.open) this.element.showModal();
    this.inputTarget.select();
    if (!this.hasRowTarget) this.ask();
  }

  typed(event) {
    if (event.isComposing) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), PAUSE);
  }

  ask() {
    const url = `${this.urlValue}?q=${encodeURIComponent(this.inputTarget.value)}`;
    window.htmx.ajax("GET", url, { target: this.rowsTarget, source: this.rowsTarget, swap: "innerHTML" });
  }

  walk(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || event.isComposing) return;
    event.preventDefault();
    const stops = [this.inputTarget, ...this.rowTargets];
    const here = stops.indexOf(document.activeElement);
    stops[(here + step + stops.length) % stops.length].focus();
  }

  outside(event) {
    if (event.target === this.element) this.element.close();
  }
});
