// The report as a page: j and k walk from number to number and doubt to doubt, Enter opens one.
import { Controller, register } from "../site/js/sheke.js";

register("figures", class extends Controller {
  static targets = ["stop"];

  connect() {
    this.onKey = this.onKey.bind(this);
    document.addEventListener("keydown", this.onKey);
  }

  disconnect() { document.removeEventListener("keydown", this.onKey); }

  onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (event.target.closest("input, textarea, select")) return;
    const step = { j: 1, k: -1 }[event.key];
    if (step) this.#go(event, step);
  }

  #go(event, step) {
    const stops = this.stopTargets;
    if (!stops.length) return;
    event.preventDefault();
    const at = stops.indexOf(document.activeElement);
    const next = at < 0 ? this.#nearest(stops, step) : (at + step + stops.length) % stops.length;
    stops[next].focus({ preventScroll: true });
    stops[next].scrollIntoView({ block: "center" });
  }

  /** The first stop on the screen, so that reading goes on where the eye is. */
  #nearest(stops, step) {
    const seen = stops.findIndex((stop) => stop.getBoundingClientRect().top >= 0);
    return seen < 0 ? (step > 0 ? 0 : stops.length - 1) : seen;
  }
});
