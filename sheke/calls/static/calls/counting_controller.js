// <textarea data-controller="counting" data-counting-limit-value="3000" data-action="counting#count">
import { Controller, register } from "../site/js/sheke.js";
import { show } from "./counting.js";

register("counting", class extends Controller {
  static values = { limit: Number };

  connect() { this.count(); }
  count() { show(this.element, this.element.value, this.limitValue); }
});
