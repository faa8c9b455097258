// Characters as a limit of “3000 字” counts them: see count_characters in sheke/calls/values/texts.py.
export function count(text) {
  return [...text.normalize("NFC")].filter((c) => !/[\p{M}\p{C}\p{Z}]/u.test(c)).length;
}

/** Print how many characters there are beside the field that `box` stands in. */
export function show(box, text, limit) {
  const place = box.closest("[data-key]")?.querySelector("[data-count]");
  if (!place) return;
  const number = count(text);
  place.querySelector(".num").textContent = number;
  place.classList.toggle("tone-bad", limit > 0 && number > limit);
}
