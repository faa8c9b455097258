// Sends the files of a batch one by one, so that many and large ones arrive, each with its progress.
// With a list the whole form goes at once: the list is checked against all files first.
import { Controller, csrfToken, register, toast } from "../site/js/sheke.js";

register("intake-upload", class extends Controller {
  static targets = ["files", "progress", "bar", "count", "name", "button"];
  static values = { sending: String, failed: String, again: String };

  async send(event) {
    const files = [...this.filesTarget.files];
    const list = this.element.elements.table;
    if (files.length < 2 || list?.files.length) return;
    event.preventDefault();
    this.buttonTarget.disabled = true;
    const batch = await this.#begin();
    if (!batch) return;
    this.progressTarget.hidden = false;
    const sizes = files.reduce((sum, file) => sum + file.size, 0) || 1;
    let before = 0, lost = 0;
    for (const [index, file] of files.entries()) {
      this.countTarget.textContent = `${index + 1} / ${files.length}`;
      this.nameTarget.textContent = `${this.sendingValue} ${file.name}`;
      const told = (loaded) => { this.barTarget.value = (before + loaded) / sizes; };
      const arrived = await this.#one(batch.send, file, told) || await this.#one(batch.send, file, told);
      if (!arrived) {
        lost += 1;
        toast(`${file.name} ${this.failedValue}`, { level: "error" });
      }
      before += file.size;
      told(0);
    }
    if (lost) toast(this.againValue, { level: "error" });
    setTimeout(() => location.assign(batch.url), lost ? 4000 : 0);
  }

  async #begin() {
    const form = new FormData(this.element);
    form.delete("files");
    try {
      const answer = await fetch(this.element.action, {
        method: "POST", body: form, headers: { Accept: "application/json", "X-CSRFToken": csrfToken() },
      });
      const said = await answer.json();
      if (answer.ok) return said;
      toast(said.error, { level: "error" });
    } catch {
      toast(this.failedValue, { level: "error" });
    }
    this.buttonTarget.disabled = false;
    return null;
  }

  #one(address, file, told) {
    return new Promise((resolve) => {
      const request = new XMLHttpRequest();
      const form = new FormData();
      form.append("files", file, file.webkitRelativePath || file.name);
      request.open("POST", address);
      request.setRequestHeader("Accept", "application/json");
      request.setRequestHeader("X-CSRFToken", csrfToken());
      request.upload.addEventListener("progress", (event) => told(event.loaded));
      request.addEventListener("loadend", () => resolve(request.status === 200));
      request.send(form);
    });
  }
});

// More files for a batch go as soon as they are chosen.
register("send-chosen", class extends Controller {
  send() { this.element.requestSubmit(); }
});
