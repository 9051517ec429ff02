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
    chart.setOption(JSON.parse(source.textContent));
    drawn.push(chart);
  }

  function fit() {
    drawn.forEach(function (chart) { chart.resize(); });
  }

  function start() {
    document.querySelectorAll("script[data-zb-chart]").forEach(draw);
  }

  window.addEventListener("resize", fit);
  window.addEventListener("beforeprint", fit);
  window.addEventListener("afterprint", fit);
  document.addEventListener("htmx:afterSettle", function (event) {
    event.target.querySelectorAll("figure:not([data-zb-drawn]) script[data-zb-chart]").forEach(draw);
  });
  if (document.readyState === "loading") { document.addEventListener("DOMContentLoaded", start); } else { start(); }
})();
