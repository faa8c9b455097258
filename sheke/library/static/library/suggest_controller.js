// Suggestions under the search box. They are links: arrows walk through them, Escape closes them. What an
// input method is still composing is not sought; an answer to what was typed before is thrown away.
import { Controller, register } from "../site/js/sheke.js";

const PAUSE = 150; // milliseconds without a key before asking

register("suggest", class extends Controller {
  static targets = ["input", "list", "row"];
  static values = { url: String };

  disconnect() {
    clearTimeout(this.timer);
  }

  typed(event) {
    if (event.isComposing) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), PAUSE);
  }

  async ask() {
    const asked = this.inputTarget.value.trim();
    if (!asked) return this.close();
    const answer = await fetch(`${this.urlValue}?q=${encodeURIComponent(asked)}`, { headers: { "HX-Request": "true" } });
    if (!answer.ok || asked !== this.inputTarget.value.trim()) return;
    this.listTarget.innerHTML = await answer.text();
    this.listTarget.hidden = !this.hasRowTarget || !this.element.contains(document.activeElement);
  }

  walk(event) {
    if (event.isComposing) return;
    if (event.key === "Escape" && !this.listTarget.hidden) {
      event.preventDefault();
      this.inputTarget.focus();
      return this.close();
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || this.listTarget.hidden) return;
    event.preventDefault();
    const stops = [this.inputTarget, ...this.rowTargets];
    const here = stops.indexOf(document.activeElement);
    stops[(here + step + stops.length) % stops.length].focus();
  }

  left(event) {
    if (!this.element.contains(event.relatedTarget)) this.close();
  }

  close() {
    clearTimeout(this.timer);
    this.listTarget.hidden = true;
  }
});
