// <details class="filters-fold" data-controller="fold" open>: on a phone it starts closed.
import { Controller, register } from "../sheke.js";

register("fold", class extends Controller {
  connect() {
    if (matchMedia("(max-width: 47.99rem)").matches) this.element.open = false;
  }
});
