// Days of one's own show only when they are chosen.
import { Controller, register } from "../site/js/sheke.js";

register("span", class extends Controller {
  static targets = ["choice", "days"];

  connect() { this.changed(); }

  changed() {
    const own = this.choiceTarget.value === "custom";
    this.daysTarget.hidden = !own;
    for (const input of this.daysTarget.querySelectorAll("input")) input.required = own;
  }
});
