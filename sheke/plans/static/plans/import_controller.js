// A form with a file: as soon as one is chosen the server says what it would become.
// Saving is possible once the answer holds [data-plan-read].
import { Controller, csrfToken, register, toast, word } from "../site/js/sheke.js";

register("plan-import", class extends Controller {
  static targets = ["preview", "save"];
  static values = { url: String };

  disconnect() { this.request?.abort(); }

  async preview() {
    this.request?.abort();
    this.saveTarget.disabled = true;
    const file = this.element.querySelector("input[type=file]");
    if (!file.files.length) return this.previewTarget.replaceChildren();
    this.request = new AbortController();
    this.previewTarget.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(this.urlValue, {
        method: "POST", body: new FormData(this.element), signal: this.request.signal,
        headers: { "X-CSRFToken": csrfToken() },
      });
      if (!answer.ok) throw new Error(answer.status);
      this.previewTarget.innerHTML = await answer.text();
      htmx.process(this.previewTarget);
    } catch (error) {
      if (error.name === "AbortError") return;
      toast(word("failed"), { level: "error" });
    } finally {
      this.previewTarget.removeAttribute("aria-busy");
    }
    this.saveTarget.disabled = !this.previewTarget.querySelector("[data-plan-read]");
  }
});
