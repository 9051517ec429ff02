/* Lists: marking rows, menus that open beside them, the keys j, k and x. Pages work without it. */
(function () {
  "use strict";

  function all(selector, root) {
    return Array.prototype.slice.call((root || document).querySelectorAll(selector));
  }

  function boxes() {
    return all("input[form=zb-bulk][name=marked]");
  }

  /* How many are marked is said, and the buttons rest while none is. */
  function count(form) {
    var marked = boxes().filter(function (box) { return box.checked; });
    var words = form.querySelector("[data-zb-marked]");
    words.textContent = marked.length ? words.dataset.words + " " + marked.length : "";
    all("button", form).forEach(function (button) { button.disabled = !marked.length; });
    form.querySelector("[data-zb-mark-all]").checked = marked.length > 0 && marked.length === boxes().length;
    boxes().forEach(function (box) { box.closest("tr").classList.toggle("zb-selected", box.checked); });
  }

  function onChange(event) {
    var form = document.querySelector("[data-zb-bulk]");
    if (!form) { return; }
    if ("zbMarkAll" in event.target.dataset) {
      boxes().forEach(function (box) { box.checked = event.target.checked; });
      count(form);
    } else if (event.target.name === "marked") {
      count(form);
    }
  }

  /* A menu's content that is asked for only when the menu opens; without it the link inside leads to the same. */
  function fill(details) {
    var place = details.open && details.querySelector("[data-zb-fetch]");
    if (!place) { return; }
    var address = place.dataset.zbFetch;
    place.removeAttribute("data-zb-fetch");
    window.fetch(address, { credentials: "same-origin", headers: { "X-Requested-With": "fetch" } })
      .then(function (answer) {
        if (!answer.ok || answer.redirected) { window.location.assign(address); return ""; }
        return answer.text();
      })
      .then(function (html) {
        if (!html) { return; }
        place.innerHTML = html;
        var first = place.querySelector("a, input:not([type=hidden])");
        if (first) { first.focus(); }
      })
      .catch(function () { /* the link stays */ });
  }

  function onToggle(event) {
    if (!event.target.matches || !event.target.matches(".zb-pop") || !event.target.open) { return; }
    all(".zb-pop[open]").forEach(function (other) { if (other !== event.target) { other.open = false; } });
    fill(event.target);
  }

  function closeOutside(event) {
    all(".zb-pop[open]").forEach(function (details) {
      if (!details.contains(event.target)) { details.open = false; }
    });
  }

  function move(rows, step) {
    var at = rows.findIndex(function (row) { return row.contains(document.activeElement); });
    var row = rows[at < 0 ? (step > 0 ? 0 : rows.length - 1) : at + step];
    // The link first, though a box to mark stands before it: Enter opens the row.
    var target = row && (row.querySelector("th a, td a") || row.querySelector("th input, td input, button"));
    if (target) { target.focus(); target.scrollIntoView({ block: "nearest" }); }
  }

  function onKey(event) {
    if (event.key === "Escape") {
      all(".zb-pop[open]").forEach(function (details) {
        details.open = false;
        details.querySelector("summary").focus();
      });
      return;
    }
    var typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) && event.target.type !== "checkbox";
    if (typing || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) { return; }
    var rows = all("[data-zb-list] tbody tr");
    if (!rows.length) { return; }
    if (event.key === "j") { move(rows, 1); }
    if (event.key === "k") { move(rows, -1); }
    if (event.key === "x") {
      var row = document.activeElement.closest("tr");
      var box = row && row.querySelector("input[name=marked]");
      if (box) { box.click(); }
    }
  }

  function start() {
    all("[data-zb-bulk]").forEach(count);
  }

  document.addEventListener("change", onChange);
  document.addEventListener("toggle", onToggle, true);
  document.addEventListener("click", closeOutside);
  document.addEventListener("keydown", onKey);
  if (document.readyState === "loading") { document.addEventListener("DOMContentLoaded", start); } else { start(); }
  window.addEventListener("pageshow", start);
})();
