// A panel in the top layer beside its anchor: never cut off by a scrolling table, rail or drawer.

/** Show `panel` below `anchor`, or above it where there is more room. `end`: aligned at its end. */
export function show(panel, anchor, { end = false, wide = false } = {}) {
  panel.popover = "manual";
  panel.hidden = false;
  if (!panel.matches(":popover-open")) panel.showPopover();
  place(panel, anchor, { end, wide });
  panel.follow = () => place(panel, anchor, { end, wide });
  addEventListener("scroll", panel.follow, { capture: true, passive: true });
  addEventListener("resize", panel.follow);
}

export function hide(panel) {
  if (panel.matches(":popover-open")) panel.hidePopover();
  panel.hidden = true;
  removeEventListener("scroll", panel.follow, { capture: true });
  removeEventListener("resize", panel.follow);
}

function place(panel, anchor, { end, wide }) {
  const gap = 4;
  const edge = 8;
  const at = anchor.getBoundingClientRect();
  if (wide) panel.style.minInlineSize = `${at.width}px`;
  const { width, height } = panel.getBoundingClientRect();
  const below = innerHeight - at.bottom - gap - edge;
  const above = at.top - gap - edge;
  const up = height > below && above > below;
  const left = end ? at.right - width : at.left;
  panel.style.left = `${Math.max(edge, Math.min(left, innerWidth - width - edge))}px`;
  panel.style.top = `${up ? Math.max(edge, at.top - gap - Math.min(height, above)) : at.bottom + gap}px`;
  panel.style.maxBlockSize = `${Math.max(120, Math.min(416, up ? above : below))}px`;
}
