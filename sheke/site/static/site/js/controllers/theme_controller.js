// Light, dark or as the system: kept in a cookie, so that the server prints the page right at once.
import { Controller, register } from "../sheke.js";

register("theme", class extends Controller {
  static targets = ["choice"];

  connect() { this.#show(document.documentElement.dataset.theme ?? ""); }

  choose({ params }) {
    const theme = params.name ?? "";
    if (theme) document.documentElement.dataset.theme = theme;
    else delete document.documentElement.dataset.theme;
    const age = theme ? 31536000 : 0;
    const secure = location.protocol === "https:" ? ";secure" : "";
    document.cookie = `sheke_theme=${theme};path=/;max-age=${age};samesite=lax${secure}`;
    this.#show(theme);
  }

  #show(theme) {
    for (const choice of this.choiceTargets) {
      choice.setAttribute("aria-pressed", String((choice.dataset.themeNameParam ?? "") === theme));
    }
  }
});
