// A review being written saves itself. On a telephone the packet and the rubric take turns.
import { Controller, register } from "../site/js/sheke.js";
import { SelfSaving } from "../site/js/self_saving.js";

register("review", class extends SelfSaving {
  static targets = ["total"];

  saved({ total }) {
    this.totalTarget.textContent = total || "—";
  }
});

register("sides", class extends Controller {
  static targets = ["tab", "side"];

  connect() {
    this.element.classList.add("is-split");
    this.show(this.tabTargets.find((tab) => tab.getAttribute("aria-selected") === "true"));
  }

  choose(event) { this.show(event.currentTarget); }

  show(chosen) {
    for (const tab of this.tabTargets) tab.setAttribute("aria-selected", String(tab === chosen));
    for (const side of this.sideTargets) side.classList.toggle("is-behind", side.id !== chosen.getAttribute("aria-controls"));
  }
});
