// Choosing rows: data-checks-target="all" | "one" | "count" | "bar". The bar shows when one is chosen.
// Shift and a click choose everything in between.
import { Controller, register } from "../sheke.js";

register("checks", class extends Controller {
  static targets = ["all", "one", "count", "bar"];

  connect() {
    this.update();
  }

  toggleAll() {
    for (const box of this.oneTargets) box.checked = this.allTarget.checked;
    this.update();
  }

  toggle(event) {
    const boxes = this.oneTargets;
    const here = boxes.indexOf(event.target);
    if (event.shiftKey && this.last >= 0) {
      const [from, to] = [this.last, here].sort((a, b) => a - b);
      for (const box of boxes.slice(from, to + 1)) box.checked = event.target.checked;
    }
    this.last = here;
    this.update();
  }

  clear() {
    for (const box of this.oneTargets) box.checked = false;
    this.update();
  }

  update() {
    const chosen = this.oneTargets.filter((box) => box.checked).length;
    for (const place of this.countTargets) place.textContent = chosen;
    for (const bar of this.barTargets) bar.hidden = chosen === 0;
    if (this.hasAllTarget) {
      this.allTarget.checked = chosen > 0 && chosen === this.oneTargets.length;
      this.allTarget.indeterminate = chosen > 0 && chosen < this.oneTargets.length;
    }
  }
});
