// The binding page: marks the chosen slot in the text and keeps it in sight, confirms with Enter,
// and offers to mark selected words. Everything else is links and forms.
import { Controller, register } from "../site/js/sheke.js";

const BUSY = "a, button, summary, select, textarea, input:not([type=radio], [type=checkbox])";

register("binding", class extends Controller {
  static targets = ["panel", "paper", "form", "wording", "confirm", "marking", "marked"];

  connect() {
    if (location.search.includes("slot=") || innerWidth < 960) this.settled();
  }

  /** After an exchange: the panel says which slot is chosen now. */
  settled() {
    const chosen = this.hasPanelTarget && document.getElementById(`slot-${this.panelTarget.dataset.slot}`);
    for (const slot of this.paperTarget.querySelectorAll(".slot.is-current")) {
      slot.classList.remove("is-current");
      slot.removeAttribute("aria-current");
    }
    if (!chosen) return;
    chosen.classList.add("is-current");
    chosen.setAttribute("aria-current", "true");
    chosen.scrollIntoView({ block: "nearest" });
    if (document.activeElement === document.body) this.panelTarget.focus({ preventScroll: true });
  }

  /** Enter confirms unless the keyboard is on something that has its own Enter. */
  enter(event) {
    if (event.key !== "Enter" || event.isComposing || event.defaultPrevented || event.ctrlKey || event.metaKey) return;
    if (!this.hasFormTarget || event.target.closest(BUSY) || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    this.formTarget.requestSubmit();
  }

  choose(event) {
    if (["constant", "name", "text"].includes(event.target.value)) {
      const input = this.wordingTarget.querySelector("input");
      input.focus();
      input.select();
    }
  }

  /** Words selected in the text, outside slots, can become one. */
  select() {
    if (!this.hasMarkingTarget) return;
    const selection = document.getSelection();
    const place = selection.isCollapsed || !selection.rangeCount ? null : this.#place(selection.getRangeAt(0));
    this.markingTarget.hidden = !place;
    if (!place) return;
    this.markingTarget.elements.start.value = place.start;
    this.markingTarget.elements.end.value = place.end;
    this.markedTarget.textContent = place.words;
  }

  /** Offsets count characters as the server does, not the halves of a surrogate pair. */
  #place(range) {
    const line = range.startContainer.parentElement?.closest("[data-start]");
    if (!line || !this.paperTarget.contains(line) || !line.contains(range.endContainer)) return null;
    if (range.cloneContents().querySelector(".slot") || range.startContainer.parentElement.closest(".slot")) return null;
    const before = document.createRange();
    before.setStart(line, 0);
    before.setEnd(range.startContainer, range.startOffset);
    const words = range.toString();
    if (!words.trim()) return null;
    const start = Number(line.dataset.start) + [...before.toString()].length;
    return { start, end: start + [...words].length, words };
  }
});
