// Draws the table beside it. A point leads where its cell leads. The library comes only to pages with charts.
import { Controller, csrfToken, register, toast, word } from "../sheke.js";

const SERIES = 5;
let library;

function load(url) {
  library ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = url;
    script.onload = () => resolve(window.echarts);
    script.onerror = reject;
    document.head.append(script);
  });
  return library;
}

/** A colour of the design system as the canvas understands it, in the theme of the moment. */
function colour(name) {
  const probe = document.createElement("span");
  probe.className = "chart__probe";
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const canvas = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d");
  canvas.fillStyle = getComputedStyle(probe).color;
  canvas.fillRect(0, 0, 1, 1);
  probe.remove();
  const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data;
  return `rgba(${red},${green},${blue},${alpha / 255})`;
}

register("chart", class extends Controller {
  static targets = ["canvas", "table", "tool"];
  static values = { kind: String, unit: String, title: String, library: String, sheet: String };

  async connect() {
    this.sight = new IntersectionObserver(async (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      this.sight.disconnect();
      const echarts = await load(this.libraryValue).catch(() => null);
      if (!echarts || !this.element.isConnected) return; // the table says it all
      this.canvasTarget.hidden = false;
      for (const tool of this.toolTargets) tool.hidden = false;
      this.chart = echarts.init(this.canvasTarget, null, { renderer: "canvas" });
      this.chart.on("click", ({ dataIndex, seriesIndex }) => this.#follow(dataIndex, seriesIndex));
      this.size = new ResizeObserver(() => this.chart.resize());
      this.size.observe(this.canvasTarget);
      this.draw();
    });
    this.sight.observe(this.element);
    this.dark = matchMedia("(prefers-color-scheme: dark)");
    this.redraw = () => this.chart && this.draw();
    this.dark.addEventListener("change", this.redraw);
    this.theme = new MutationObserver(this.redraw);
    this.theme.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  }

  disconnect() {
    this.sight.disconnect();
    this.size?.disconnect();
    this.theme.disconnect();
    this.dark.removeEventListener("change", this.redraw);
    this.chart?.dispose();
  }

  draw() {
    const { names, series } = this.#read();
    const [ink, faint, line] = ["--ink", "--ink-faint", "--line-soft"].map(colour);
    const colours = Array.from({ length: SERIES }, (_none, n) => colour(`--series-${n + 1}`));
    const text = { color: ink, fontFamily: getComputedStyle(this.element).fontFamily };
    const common = {
      color: colours, textStyle: text, animation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
      animationDuration: 400,
      tooltip: { trigger: this.kindValue === "share" ? "item" : "axis", renderMode: "richText", confine: true, valueFormatter: (value) => (value == null ? "—" : `${value.toLocaleString()} ${this.unitValue}`) },
      legend: series.length > 1 || this.kindValue === "share" ? { textStyle: text, top: 0, type: "scroll" } : undefined,
    };
    this.chart.setOption(this.kindValue === "share" ? this.#share(common, names, series, text) : this.#axes(common, names, series, { ink, faint, line }), true);
  }

  #axes(common, names, series, { faint, line }) {
    const lying = this.kindValue === "bars";
    const category = { type: "category", data: names, inverse: lying, axisLabel: { color: faint, width: lying ? 140 : undefined, overflow: lying ? "truncate" : undefined, hideOverlap: true }, axisLine: { lineStyle: { color: line } }, axisTick: { show: false } };
    const amount = { type: "value", axisLabel: { color: faint }, splitLine: { lineStyle: { color: line } }, minInterval: 1 };
    return {
      ...common,
      grid: { left: 8, right: 20, top: series.length > 1 ? 40 : 16, bottom: 8, containLabel: true },
      xAxis: lying ? amount : category, yAxis: lying ? category : amount,
      series: series.map(({ name, values }) => ({
        name, data: values, type: this.kindValue === "line" ? "line" : "bar", stack: this.kindValue === "stack" ? "all" : undefined,
        smooth: 0.2, symbolSize: 7, barMaxWidth: 28, cursor: "pointer", itemStyle: { borderRadius: this.kindValue === "stack" || this.kindValue === "line" ? 0 : 3 },
      })),
    };
  }

  #share(common, names, series, text) {
    return { ...common, series: [{ type: "pie", radius: ["45%", "70%"], top: 30, label: text, data: names.map((name, n) => ({ name, value: series[0].values[n] })) }] };
  }

  #read() {
    const rows = [...this.tableTarget.tBodies[0].rows];
    const heads = [...this.tableTarget.tHead.rows[0].cells].slice(1);
    const value = (cell) => (cell.dataset.value === "" ? null : Number(cell.dataset.value));
    return {
      names: rows.map((row) => row.cells[0].textContent.trim()),
      series: heads.map((head, n) => ({ name: head.textContent.trim(), values: rows.map((row) => value(row.cells[n + 1])) })),
    };
  }

  #follow(row, column) {
    const cells = this.tableTarget.tBodies[0].rows[row]?.cells;
    const link = cells?.[column + 1]?.querySelector("a") ?? cells?.[0].querySelector("a");
    link?.click();
  }

  picture() {
    const link = document.createElement("a");
    link.href = this.chart.getDataURL({ type: "png", pixelRatio: 2, backgroundColor: colour("--raised") });
    link.download = `${this.titleValue}.png`;
    link.click();
  }

  async sheet() {
    const { names, series } = this.#read();
    const heads = [...this.tableTarget.tHead.rows[0].cells].map((cell) => cell.textContent.trim());
    const rows = names.map((name, n) => [name, ...series.map((one) => one.values[n])]);
    const answer = await fetch(this.sheetValue, {
      method: "POST", headers: { "Content-Type": "application/json", "X-CSRFToken": csrfToken() },
      body: JSON.stringify({ title: this.titleValue, columns: heads, rows }),
    }).catch(() => null);
    if (!answer?.ok) return toast(word("failed"), { level: "error" });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(await answer.blob());
    link.download = `${this.titleValue}.xlsx`;
    link.click();
    URL.revokeObjectURL(link.href);
  }
});
