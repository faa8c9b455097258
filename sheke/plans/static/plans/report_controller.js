// The report on a duty: who it waits for is asked only where it is blocked.
import { Controller, register } from "../site/js/sheke.js";

register("duty-report", class extends Controller {
  static targets = ["blocked"];

  connect() { this.show(); }

  show() {
    const state = this.element.querySelector("[name=state]:checked")?.value;
    this.blockedTarget.hidden = state !== "blocked";
  }
});
