// The text of a page beside its scan. Words that were recognised with doubt are marked behind the text;
// a click on a word shows its place in the scan, a click on the scan finds the word.
// Marks come as JSON: words [start, end, confidence, x, y, w, h] (places as shares of the picture) and
// damage [start, end, kind]; typing moves them along.
import { Controller, csrfToken, register, toast } from "../site/js/sheke.js";

register("correction", class extends Controller {
  static targets = ["text", "back", "scan", "sheet", "image", "box", "seen", "state", "doubt", "count"];
  static values = { unsure: Number, saved: String, unsaved: String, saving: String };

  connect() {
    // A textarea drops the line end that stands first; offsets count in what it holds.
    this.#take(JSON.parse(document.getElementById("marks").textContent));
    this.before = this.kept = this.textTarget.value;
    this.zoom = 100;
    this.#draw();
    this.observer = new ResizeObserver(() => this.#fit());
    this.observer.observe(this.backTarget);
  }

  disconnect() { this.observer?.disconnect(); }

  typed() {
    this.#move(this.before, this.textTarget.value);
    this.before = this.textTarget.value;
    this.chosen = null;
    this.#draw();
    this.#state();
  }

  // The caret stands in a word: show it in the scan.
  shown() {
    const at = this.textTarget.selectionStart;
    const word = this.words.find(([start, end]) => start <= at && at < end)
      || this.words.find(([start, end]) => start < at && at <= end);
    this.#choose(word, { text: false });
  }

  point(event) {
    const picture = this.imageTarget.getBoundingClientRect();
    const x = (event.clientX - picture.left) / picture.width, y = (event.clientY - picture.top) / picture.height;
    const near = (w) => Math.hypot(Math.max(w[3] - x, 0, x - w[3] - w[5]), Math.max(w[4] - y, 0, y - w[4] - w[6]) * 2);
    const best = this.words.reduce((a, b) => (a && near(a) <= near(b) ? a : b), null);
    if (best && near(best) < 0.05) this.#choose(best, { text: true });
  }

  next() {
    const at = this.textTarget.selectionEnd;
    const doubts = this.#doubts();
    const found = doubts.find(([start]) => start >= at) || doubts[0];
    if (!found) return;
    this.textTarget.focus();
    this.textTarget.setSelectionRange(found[0], found[1]);
    this.#choose(this.words.find(([start]) => start === found[0]), { text: true, span: found });
  }

  larger() { this.#scale(this.zoom + 25); }
  smaller() { this.#scale(Math.max(50, this.zoom - 25)); }

  leave(event) {
    if (this.textTarget.value !== this.kept && !this.going) event.preventDefault();
  }

  async save(event) {
    if (event.submitter?.hasAttribute("data-correction-plain")) {
      this.going = true;
      return;
    }
    event.preventDefault();
    const text = this.textTarget.value;
    this.stateTarget.textContent = this.savingValue;
    const body = new FormData(this.element);
    try {
      const answer = await fetch(location.href.split("#")[0], {
        method: "POST", body, headers: { Accept: "application/json", "X-CSRFToken": csrfToken() },
      });
      const said = await answer.json();
      if (!answer.ok) throw new Error(said.error);
      this.seenTarget.value = said.seen;
      this.kept = text;
      if (this.textTarget.value === text) {
        this.#take(said.marks);
        this.#draw();
      }
      this.#state();
    } catch (error) {
      this.stateTarget.textContent = this.unsavedValue;
      toast(error.message, { level: "error" });
    }
  }

  #take(marks) {
    this.words = marks.words;
    this.damage = marks.damage;
  }

  #doubts() {
    const unsure = this.words.filter((word) => word[2] < this.unsureValue);
    return [...unsure, ...this.damage].sort((a, b) => a[0] - b[0]);
  }

  #state() {
    this.stateTarget.textContent = this.textTarget.value === this.kept ? this.savedValue : this.unsavedValue;
  }

  // What was typed stands between a common beginning and a common end; words behind it move.
  #move(old, now) {
    let start = 0, end = 0;
    const most = Math.min(old.length, now.length);
    while (start < most && old[start] === now[start]) start += 1;
    while (end < most - start && old[old.length - 1 - end] === now[now.length - 1 - end]) end += 1;
    const shift = now.length - old.length, until = old.length - end;
    const moved = (list) => list.flatMap((mark) => {
      if (mark[1] <= start) return [mark];
      if (mark[0] >= until) return [[mark[0] + shift, mark[1] + shift, ...mark.slice(2)]];
      return [];
    });
    this.words = moved(this.words);
    this.damage = moved(this.damage);
  }

  #draw() {
    const text = this.textTarget.value;
    const doubts = this.#doubts();
    const nodes = [];
    let at = 0;
    const chosen = this.chosen && [this.chosen[0], this.chosen[1], "chosen"];
    const marks = [...doubts.filter((m) => !chosen || m[0] !== chosen[0]), ...(chosen ? [chosen] : [])].sort((a, b) => a[0] - b[0]);
    for (const [start, end, kind] of marks) {
      if (start < at) continue;
      const mark = document.createElement("mark");
      mark.textContent = text.slice(start, end);
      if (kind === "chosen") mark.className = "is-chosen";
      else if (typeof kind === "string") mark.className = "is-damaged";
      nodes.push(text.slice(at, start), mark);
      at = end;
    }
    nodes.push(`${text.slice(at)}\n`);
    this.backTarget.replaceChildren(...nodes);
    this.doubtTarget.hidden = !doubts.length;
    this.countTarget.textContent = doubts.length;
    this.#fit();
  }

  // The text has no scroll bar of its own: the marks behind it would not scroll along.
  #fit() {
    this.textTarget.style.blockSize = "auto";
    this.textTarget.style.blockSize = `${Math.max(this.textTarget.scrollHeight, this.backTarget.scrollHeight)}px`;
  }

  #choose(word, { text, span }) {
    this.chosen = word || span || null;
    this.#draw();
    if (this.hasBoxTarget) this.#box(word);
    if (!text || !this.chosen) return;
    this.textTarget.focus({ preventScroll: true });
    this.textTarget.setSelectionRange(this.chosen[0], this.chosen[1]);
    this.backTarget.querySelector("mark.is-chosen")?.scrollIntoView({ block: "center", behavior: "instant" });
  }

  #box(word) {
    this.boxTarget.hidden = !word;
    if (!word) return;
    const [x, y, w, h] = word.slice(3);
    const style = this.boxTarget.style;
    style.insetInlineStart = `${x * 100}%`;
    style.insetBlockStart = `${y * 100}%`;
    style.inlineSize = `${w * 100}%`;
    style.blockSize = `${h * 100}%`;
    const scan = this.scanTarget, sheet = this.sheetTarget;
    scan.scrollTo({
      top: (y + h / 2) * sheet.offsetHeight - scan.clientHeight / 2,
      left: (x + w / 2) * sheet.offsetWidth - scan.clientWidth / 2, behavior: "smooth",
    });
  }

  #scale(percent) {
    this.zoom = percent;
    this.sheetTarget.style.inlineSize = `${percent}%`;
    this.#box(this.chosen?.length > 3 ? this.chosen : null);
  }
});
