// On the import page: the link to the table of the chosen type.
import { Controller, register } from "../site/js/sheke.js";

register("table-type", class extends Controller {
  static targets = ["type", "link", "anchor"];
  static values = { url: String };

  connect() { this.changed(); }

  changed() {
    const key = this.typeTarget.value;
    this.linkTarget.hidden = !key;
    if (key) this.anchorTarget.href = this.urlValue.replace("KEY", encodeURIComponent(key));
  }
});
