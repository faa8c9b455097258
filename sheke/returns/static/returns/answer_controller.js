// A return being filled in saves itself; what the rules say is shown at the field.
import { element, icon, register } from "../site/js/sheke.js";
import { SelfSaving } from "../site/js/self_saving.js";

register("answer", class extends SelfSaving {
  static targets = ["line"];

  take({ params }) {
    const input = this.element.elements[`q-${params.key}`];
    input.value = params.value;
    input.focus();
    this.later();
  }

  // Only fields that hold something: nobody is scolded for what they have not come to yet.
  saved({ findings }) {
    for (const line of this.lineTargets) {
      const mine = findings.filter((f) => f.field === line.dataset.key && (f.severity === "warning" || this.filled(line)));
      line.classList.toggle("is-wrong", mine.some((f) => f.severity === "error"));
      line.classList.toggle("is-odd", mine.some((f) => f.severity === "warning"));
      line.querySelector("[data-findings]").replaceChildren(...mine.map((f) =>
        element("div", { class: f.severity === "error" ? "field__error" : "returns-warning" }, icon("circle-alert"), element("span", {}, f.message))));
      const remark = line.querySelector("[data-remark]");
      if (mine.some((f) => f.severity === "warning")) remark.hidden = false;
    }
  }

  filled(line) {
    return [...line.querySelectorAll("[name^='q-']")].some((box) => (box.type === "checkbox" ? box.checked : box.value.trim()));
  }
});
