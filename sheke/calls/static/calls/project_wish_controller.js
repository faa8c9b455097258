// Shows only what the chosen kind of change asks for. Without scripts everything stands there.
import { Controller, register } from "../site/js/sheke.js";

register("project-wish", class extends Controller {
  static targets = ["kind", "part"];

  connect() {
    this.show();
  }

  show() {
    for (const part of this.partTargets) part.hidden = part.dataset.kinds !== this.kindTarget.value;
  }
});
