// <button data-action="more#toggle" aria-controls="…">: shows the rest of a table, and hides itself.
import { Controller, register } from "../site/js/sheke.js";

register("more", class extends Controller {
  toggle({ currentTarget }) {
    document.getElementById(currentTarget.getAttribute("aria-controls")).hidden = false;
    this.element.remove();
  }
});
