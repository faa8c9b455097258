// Two texts side by side: a passage that is chosen on one side comes into view on the other, and both are marked.
import { Controller, register } from "../site/js/sheke.js";

register("passages", class extends Controller {
  static targets = ["a", "b"];

  show(event) {
    const number = event.currentTarget.dataset.number;
    const left = this.aTargets.filter((one) => one.dataset.number === number);
    const right = this.bTargets.filter((one) => one.dataset.number === number);
    if (!left.length || !right.length) return; // the address alone leads there
    event.preventDefault();
    for (const one of this.element.querySelectorAll(".is-shown")) one.classList.remove("is-shown");
    for (const one of [...left, ...right]) one.classList.add("is-shown");
    const mine = event.currentTarget.dataset.passagesTarget === "a" ? right[0] : left[0];
    this.#into(mine);
    mine.focus({ preventScroll: true });
  }

  /** Scrolls the text's own box first, and the page only as far as it must. */
  #into(mark) {
    const box = mark.closest(".beside__text");
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    box.scrollTo({ top: mark.offsetTop - box.clientHeight / 3, behavior: calm ? "auto" : "smooth" });
    const place = box.getBoundingClientRect();
    if (place.top < 0 || place.top > innerHeight / 2) box.scrollIntoView({ block: "nearest", behavior: calm ? "auto" : "smooth" });
  }
});
