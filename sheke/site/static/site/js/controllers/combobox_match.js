// How a combobox finds among a select's options, and how it prints what it found.
import { element, word } from "../sheke.js";

const folded = (text) => text.toLocaleLowerCase().replace(/\s+/g, "");

/** Does `text` hold the letters of `query` in their order? 科普周 finds 科普宣传周. */
function scattered(text, query) {
  let at = -1;
  return [...query].every((letter) => (at = text.indexOf(letter, at + 1)) >= 0);
}

/** The options of `select` that fit `query`: those that hold it first, then the scattered ones.
 *  `data-hint` is shown beside, `data-search` is found too (codes, pinyin, short names). */
export function matching(select, query) {
  const wanted = folded(query);
  const options = [...select.options].filter((one) => one.value !== "" && !one.disabled).map((one) => ({
    value: one.value,
    text: one.textContent.trim(),
    hint: one.dataset.hint ?? "",
    group: one.parentElement.label ?? "",
    key: folded(`${one.textContent} ${one.dataset.search ?? ""} ${one.dataset.hint ?? ""}`),
  }));
  if (!wanted) return options;
  const whole = options.filter((one) => one.key.includes(wanted));
  const parts = options.filter((one) => !one.key.includes(wanted) && scattered(one.key, wanted));
  return [...whole, ...parts];
}

function highlighted(text, query) {
  const at = query ? text.toLocaleLowerCase().indexOf(query.toLocaleLowerCase()) : -1;
  if (at < 0) return [text];
  return [text.slice(0, at), element("mark", {}, text.slice(at, at + query.length)), text.slice(at + query.length)];
}

/** The list's children for `options`; `id` prefixes the options' ids. */
export function painted(options, query, id) {
  if (!options.length) return [element("div", { class: "combobox__none" }, word("nothing found"))];
  let group = "";
  return options.flatMap((option, index) => {
    const node = element("div", { class: "combobox__option", role: "option", id: `${id}-${index}`, "data-index": index },
      element("span", {}, ...highlighted(option.text, query)),
      option.hint ? element("small", {}, option.hint) : null);
    if ((option.group ?? "") === group) return [node];
    group = option.group ?? "";
    return [element("div", { class: "combobox__group", role: "presentation" }, group), node];
  });
}
