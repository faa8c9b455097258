// The order of an agenda: by dragging, by Alt and arrows, by the menu of a point.
import { Controller, csrfToken, register, toast, word } from "../site/js/sheke.js";

let focus = null; // the point that had the keyboard before the page came anew

register("agenda", class extends Controller {
  static targets = ["point"];

  connect() {
    const wanted = focus && this.pointTargets.find((point) => point.dataset.pk === focus);
    focus = null;
    wanted?.querySelector(".meeting-point")?.focus();
    for (const point of this.pointTargets) {
      point.addEventListener("dragover", (event) => this.#over(event, point));
      point.addEventListener("dragleave", () => point.classList.remove("is-target"));
      point.addEventListener("drop", (event) => this.#drop(event, point));
    }
  }

  key(event) {
    const step = event.altKey && { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!step || event.target !== event.currentTarget) return;
    event.preventDefault();
    this.#step(this.#point(event), step);
  }

  up(event) { this.#step(this.#point(event), -1); }
  down(event) { this.#step(this.#point(event), 1); }

  drag(event) {
    this.dragged = this.#point(event);
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", this.dragged.dataset.pk);
    this.dragged.classList.add("is-dragged");
  }

  end() {
    this.dragged?.classList.remove("is-dragged");
    this.dragged = null;
  }

  #point(event) { return event.target.closest("[data-agenda-target=point]"); }

  #over(event, point) {
    if (!this.dragged || this.dragged === point) return;
    event.preventDefault();
    point.classList.add("is-target");
  }

  #drop(event, point) {
    event.preventDefault();
    point.classList.remove("is-target");
    if (!this.dragged || this.dragged === point) return;
    const points = this.pointTargets;
    const behind = points.indexOf(this.dragged) < points.indexOf(point);
    this.#place(this.dragged, behind ? points[points.indexOf(point) + 1] : point);
  }

  #step(point, step) {
    const points = this.pointTargets;
    const at = points.indexOf(point);
    if (!points[at + step]) return;
    this.#place(point, step < 0 ? points[at - 1] : points[at + 2]);
  }

  async #place(point, before) {
    focus = point.dataset.pk;
    const answer = await fetch(point.dataset.url, {
      method: "POST",
      body: new URLSearchParams({ before: before?.dataset.pk ?? "" }),
      headers: { "X-CSRFToken": csrfToken(), "X-Requested-With": "agenda" },
    }).catch(() => null);
    if (!answer?.ok) return toast(word("failed"), { level: "error" });
    htmx.ajax("GET", window.location.pathname, { target: "#agenda", select: "#agenda", swap: "outerHTML" });
  }
});
