/* Draws each <figure> whose <script data-zb-chart> holds an ECharts option. The same data stand in a table. */
(function () {
  "use strict";

  var drawn = [];

  function draw(source) {
    var figure = source.closest("figure");
    var canvas = figure.querySelector(".zb-chart-canvas");
    var chart = window.echarts.init(canvas, null, { renderer: "svg" });
    /* The handler stands before the option, or a quick drawing would be missed. */
    chart.on("finished", function () { figure.dataset.zbDrawn = "1"; });
    chart.setOption(withSigns(JSON.parse(source.textContent)));
    drawn.push(chart);
  }

  /* Numbers on axes and in tips carry the true minus sign, as everywhere on paper. */
  function signed(value) {
    return String(value).replace("-", "\u2212");
  }

  function withSigns(option) {
    [].concat(option.xAxis || [], option.yAxis || []).forEach(function (axis) {
      if (axis.type === "value") {
        axis.axisLabel = Object.assign({}, axis.axisLabel, { formatter: signed });
      }
    });
    if (option.zb && option.tooltip) {
      option.tooltip.valueFormatter = function (value) {
        return value === null || value === undefined ? "\u2013" : signed(Number(value).toFixed(option.zb.decimals)) + " " + option.zb.unit;
      };
    }
    return option;
  }

  function fit() {
    drawn.forEach(function (chart) { chart.resize(); });
  }

  function start() {
    document.querySelectorAll("script[data-zb-chart]").forEach(draw);
  }

  window.addEventListener("resize", fit);
  function tables(open) {
    // On paper a chart has its table below it, opened for the print only.
    document.querySelectorAll(".zb-chart details" + (open ? ":not([open])" : "[data-zb-printed]")).forEach(function (details) {
      details.open = open;
      details.toggleAttribute("data-zb-printed", open);
    });
  }

  window.addEventListener("beforeprint", function () { tables(true); fit(); });
  window.addEventListener("afterprint", function () { tables(false); fit(); });
  document.addEventListener("htmx:afterSettle", function (event) {
    event.target.querySelectorAll("figure:not([data-zb-drawn]) script[data-zb-chart]").forEach(draw);
  });
  if (document.readyState === "loading") { document.addEventListener("DOMContentLoaded", start); } else { start(); }
})();
