// The reader's keys: ← and → leaf, n goes to the next page with hits, / into the search field.
import { Controller, register } from "../site/js/sheke.js";

register("reader", class extends Controller {
  static targets = ["previous", "next", "hit", "find"];

  key(event) {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.target.closest("input, textarea, select, [contenteditable], dialog[open]")) return;
    const wanted = { ArrowLeft: "previous", ArrowRight: "next", n: "hit", N: "hit" }[event.key];
    if (event.key === "/" && this.hasFindTarget) {
      event.preventDefault();
      this.findTarget.focus();
    } else if (wanted && this.targets.has(wanted)) {
      event.preventDefault();
      this.targets.find(wanted).click();
    }
  }

  // The number of a page becomes its address.
  go(event) {
    const form = event.target;
    const number = Number(form.elements.page.value);
    if (!Number.isInteger(number) || number < 1) return;
    event.preventDefault();
    const address = new URL(form.dataset.address.replace(/\/0\/$/, `/${number}/`), location.href);
    for (const name of ["q", "view"]) if (form.elements[name]?.value) address.searchParams.set(name, form.elements[name].value);
    location.assign(address);
  }
});
