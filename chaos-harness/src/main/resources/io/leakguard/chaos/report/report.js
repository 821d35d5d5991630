(function () {
  "use strict";
  var cells = JSON.parse(document.getElementById("charts").textContent);
  var drawn = [];
  var WHOLE = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000];

  function colour(name) {
    return getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
  }

  function element(tag, parent, text, type) {
    var made = document.createElement(tag);
    if (text) made.textContent = text;
    if (type) made.className = type;
    parent.appendChild(made);
    return made;
  }

  /* Values are drawn as sums of those below them; the legend shows them as they are. */
  function stacked(values) {
    var below = values[0].map(function () { return 0; });
    return values.map(function (series) {
      below = series.map(function (value, i) { return below[i] + (value || 0); });
      return below;
    });
  }

  function shade(plot, from, to, top, height, fill) {
    var left = plot.valToPos(Math.max(from, plot.scales.x.min), "x", true);
    var right = plot.valToPos(Math.min(to, plot.scales.x.max), "x", true);
    if (right > left) {
      plot.ctx.fillStyle = fill;
      plot.ctx.fillRect(left, top, right - left, height);
    }
  }

  function bands(cell) {
    return function (plot) {
      var box = plot.bbox, context = plot.ctx, pixel = window.devicePixelRatio || 1;
      context.save();
      cell.phases.forEach(function (phase) {
        if (phase.fault) shade(plot, phase.from, phase.to, box.top, box.height, colour("band"));
      });
      cell.bands.forEach(function (band) {
        if (band.kind === "frozen") {
          shade(plot, band.from, band.to, box.top, box.height, colour("frozen"));
        } else {
          shade(plot, band.from, band.to, box.top, 4 * pixel, colour("toxic"));
        }
      });
      context.strokeStyle = colour("soft");
      context.lineWidth = pixel;
      context.setLineDash([3 * pixel, 3 * pixel]);
      cell.events.forEach(function (event) {
        var x = plot.valToPos(event.at, "x", true);
        if (x < box.left || x > box.left + box.width) return;
        context.beginPath();
        context.moveTo(x, box.top);
        context.lineTo(x, box.top + box.height);
        context.stroke();
      });
      context.setLineDash([]);
      context.restore();
    };
  }

  function names(cell) {
    return function (plot) {
      var box = plot.bbox, context = plot.ctx, pixel = window.devicePixelRatio || 1;
      context.save();
      context.fillStyle = colour("soft");
      context.font = 11 * pixel + "px system-ui, sans-serif";
      context.textAlign = "left";
      context.textBaseline = "top";
      cell.phases.forEach(function (phase) {
        var left = Math.max(box.left, plot.valToPos(phase.from, "x", true)) + 4 * pixel;
        var right = plot.valToPos(phase.to, "x", true);
        if (context.measureText(phase.name).width < right - left) {
          context.fillText(phase.name, left, box.top + 6 * pixel);
        }
      });
      context.restore();
    };
  }

  /* What is counted has no halves on its axis, and changes in steps. */
  function counted(chart) {
    return chart.title.indexOf("Latency") !== 0 && chart.title.indexOf("Memory") !== 0;
  }

  function series(chart, at) {
    var step = counted(chart);
    var ink = colour("s" + (chart.stacked ? at % 7 : at % 6 + 1));
    var only = chart.title.indexOf("Latency") === 0;
    return {
      label: chart.series[at].name,
      stroke: ink,
      width: only ? 0 : 2,
      fill: chart.stacked ? ink + "b0" : undefined,
      spanGaps: !only,
      paths: only ? function () { return null; } : step ? uPlot.paths.stepped({align: 1}) : undefined,
      points: {show: only, size: 7, fill: ink, stroke: ink},
      value: function (plot, value, index, where) {
        var raw = where == null ? null : chart.series[at].values[where];
        return raw == null ? "–" : String(Math.round(raw * 100) / 100);
      }
    };
  }

  function draw(place, cell, chart) {
    var values = chart.series.map(function (each) { return each.values; });
    var plotted = chart.stacked ? stacked(values) : values;
    var order = chart.series.map(function (each, i) { return i; });
    /* The highest sum is painted first, so that each area shows only what it adds. */
    if (chart.stacked) order.reverse();
    var axis = {
      stroke: colour("soft"), grid: {stroke: colour("grid"), width: 1},
      ticks: {stroke: colour("grid"), width: 1}, font: "12px system-ui, sans-serif"
    };
    var unit = cell.unit === "s" ? " s" : "";
    var options = {
      width: place.clientWidth, height: 190,
      cursor: {sync: {key: place.parentNode.dataset.cell}, drag: {x: true, y: false}},
      scales: {x: {time: false}, y: {range: function (plot, low, high) {
        return [0, Math.max(1, (high || 0) * 1.18)];
      }}},
      axes: [
        Object.assign({}, axis, {size: 34, values: function (plot, all) {
          return all.map(function (x) { return x + unit; });
        }}),
        Object.assign({}, axis, {size: 48}, counted(chart) ? {incrs: WHOLE} : {})
      ],
      series: [{label: cell.unit === "s" ? "at, s" : "invocation"}].concat(
        order.map(function (i) { return series(chart, i); })),
      hooks: {drawClear: [bands(cell)], draw: [names(cell)]}
    };
    var data = [cell.x].concat(order.map(function (i) { return plotted[i]; }));
    return new uPlot(options, data, place);
  }

  function key(place, cell) {
    var list = element("ul", place, "", "key");
    function entry(ink, text) {
      var item = element("li", list);
      element("i", item).style.background = colour(ink);
      item.appendChild(document.createTextNode(text));
    }
    entry("band", "fault");
    var kinds = cell.bands.map(function (band) { return band.kind; });
    if (kinds.indexOf("toxic") >= 0) entry("toxic", "toxic in force");
    if (kinds.indexOf("frozen") >= 0) entry("frozen", "environment frozen");
    if (cell.events.length) element("li", list, "┆ events, listed below");
  }

  function show(place) {
    var cell = cells[place.dataset.cell];
    if (!cell || place.firstChild || !place.parentNode.open) return;
    key(place, cell);
    cell.charts.forEach(function (chart) {
      var box = element("div", place, "", "chart");
      element("h3", box, chart.title);
      drawn.push({box: box, plot: draw(box, cell, chart)});
    });
  }

  function showAll() {
    document.querySelectorAll("details[open] > .charts").forEach(show);
  }

  function redraw() {
    drawn.forEach(function (each) { each.plot.destroy(); });
    drawn = [];
    document.querySelectorAll(".charts").forEach(function (place) { place.textContent = ""; });
    showAll();
  }

  function reveal() {
    var target = location.hash && document.getElementById(location.hash.slice(1));
    if (target && target.tagName === "DETAILS") {
      target.open = true;
      target.scrollIntoView();
    }
  }

  function span(seconds) {
    if (seconds < 100) return Math.round(seconds * 10) / 10 + " s";
    if (seconds < 6000) return Math.round(seconds / 60) + " minutes";
    if (seconds < 172800) return Math.round(seconds / 3600) + " hours";
    return Math.round(seconds / 86400) + " days";
  }

  function estimate() {
    var rate = parseFloat(document.getElementById("rate").value);
    document.querySelectorAll(".estimate").forEach(function (place) {
      if (!(rate > 0)) {
        place.textContent = "";
        return;
      }
      var busy = rate * parseFloat(place.dataset.seconds);
      var environments = Math.max(1, Math.ceil(busy));
      var lasts = place.dataset.invocations * environments / rate;
      place.textContent = "At " + rate + " per second: " + span(lasts) +
        (environments > 1 ? ", in each of " + environments + " environments" : "") + ".";
    });
  }

  document.querySelectorAll("details.cell").forEach(function (cell) {
    cell.addEventListener("toggle", function () {
      if (cell.open) cell.querySelectorAll(".charts").forEach(show);
    });
  });
  var rate = document.getElementById("rate");
  if (rate) {
    rate.parentNode.hidden = false;
    rate.addEventListener("input", estimate);
    estimate();
  }
  window.addEventListener("hashchange", reveal);
  var width = window.innerWidth, waiting;
  window.addEventListener("resize", function () {
    if (window.innerWidth === width) return;
    width = window.innerWidth;
    clearTimeout(waiting);
    waiting = setTimeout(redraw, 150);
  });
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
  reveal();
  showAll();
})();
