/* The search box: shows what the server finds while somebody types; arrows choose, Enter opens, Escape closes. */
(function () {
  "use strict";
  var box = document.querySelector("[data-zb-search]");
  if (!box || !window.fetch) { return; }
  var list = document.getElementById(box.getAttribute("aria-controls"));
  var waiting = 0;
  var asked = 0;

  function options() { return Array.from(list.querySelectorAll("[role=option]")); }
  function chosen() { return list.querySelector("[aria-selected=true]"); }

  function show(open) {
    list.hidden = !open;
    box.setAttribute("aria-expanded", String(open));
    if (!open) { choose(null); }
  }

  function choose(option) {
    options().forEach(function (each) { each.setAttribute("aria-selected", String(each === option)); });
    if (option) {
      box.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else {
      box.removeAttribute("aria-activedescendant");
    }
  }

  function fill(html) {
    list.innerHTML = html;
    options().forEach(function (option, at) { option.id = "zb-found-" + at; option.setAttribute("aria-selected", "false"); });
    show(list.textContent.trim() !== "");
  }

  function ask() {
    var number = ++asked;
    var words = box.value.trim();
    if (!words) { show(false); return; }
    fetch(box.dataset.zbSearch + "?part=box&q=" + encodeURIComponent(words), { credentials: "same-origin" })
      .then(function (answer) { return answer.ok ? answer.text() : ""; })
      .then(function (html) { if (number === asked && document.activeElement === box) { fill(html); } })
      .catch(function () { show(false); });
  }

  function move(step) {
    var all = options();
    if (!all.length) { return; }
    var at = all.indexOf(chosen());
    choose(all[(at + step + all.length + (at < 0 && step < 0 ? 1 : 0)) % all.length]);
  }

  box.addEventListener("input", function (event) {
    if (event.isComposing) { return; }
    clearTimeout(waiting);
    waiting = setTimeout(ask, 150);
  });
  box.addEventListener("compositionend", ask);
  box.addEventListener("keydown", function (event) {
    if (event.isComposing) { return; }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) { ask(); } else { move(event.key === "ArrowDown" ? 1 : -1); }
    } else if (event.key === "Enter" && chosen()) {
      event.preventDefault();
      location.assign(chosen().href);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      show(false);
    }
  });
  box.addEventListener("blur", function () { setTimeout(function () { if (!list.contains(document.activeElement)) { show(false); } }, 150); });
  list.addEventListener("mousedown", function (event) { event.preventDefault(); });
  list.addEventListener("click", function (event) {
    var option = event.target.closest("[role=option]");
    if (option) { location.assign(option.href); }
  });
})();
