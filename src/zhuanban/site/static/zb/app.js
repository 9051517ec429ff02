/* Behaviour of every page. Pages work without it; it makes them quicker and safer to use. */
(function () {
  "use strict";

  var dirty = new Set();

  function all(selector, root) {
    return Array.prototype.slice.call((root || document).querySelectorAll(selector));
  }

  /* One click acts once: the buttons of a sent form rest until the page is left or shown again. */
  function rest(form, submitter) {
    form.dataset.zbSent = "1";
    window.setTimeout(function () {
      all("button:not([type=button])", form).forEach(function (button) { button.setAttribute("aria-disabled", "true"); });
      if (submitter) { submitter.setAttribute("aria-busy", "true"); }
    }, 0);
  }

  function wake() {
    all("form[data-zb-sent]").forEach(function (form) {
      delete form.dataset.zbSent;
      all("[aria-disabled]", form).forEach(function (button) { button.removeAttribute("aria-disabled"); });
    });
  }

  function ask(button) {
    var dialog = document.getElementById("zb-confirm");
    var yes = dialog.querySelector("[data-zb-yes]");
    dialog.querySelector("h2").textContent = button.dataset.zbConfirm;
    yes.textContent = button.textContent.trim();
    yes.onclick = function () {
      button.dataset.zbConfirmed = "1";
      dialog.close();
      button.click();
    };
    dialog.showModal();
  }

  function onClick(event) {
    var target = event.target.closest("[data-zb-print],[data-zb-back],[data-zb-open],[data-zb-close],[data-zb-confirm]");
    if (!target) { return; }
    if (target.dataset.zbConfirm && !target.dataset.zbConfirmed) {
      event.preventDefault();
      ask(target);
    } else if ("zbPrint" in target.dataset) {
      window.print();
    } else if ("zbBack" in target.dataset) {
      window.history.back();
    } else if (target.dataset.zbOpen) {
      document.getElementById(target.dataset.zbOpen).showModal();
    } else if ("zbClose" in target.dataset) {
      target.closest("dialog").close();
    }
  }

  function onSubmit(event) {
    var form = event.target;
    if ((form.method || "").toLowerCase() !== "post") { return; }
    if (form.dataset.zbSent) { event.preventDefault(); return; }
    dirty.delete(form);
    if (!form.hasAttribute("hx-post")) { rest(form, event.submitter); }
  }

  function onInput(event) {
    var form = event.target.form;
    if (form && "zbGuard" in form.dataset) { dirty.add(form); }
  }

  function onChange(event) {
    var form = event.target.form;
    if (form && "zbFilters" in form.dataset && event.target.tagName === "SELECT") { form.submit(); }
  }

  function onLeave(event) {
    var waiting = Array.from(dirty).some(function (form) { return form.isConnected && !form.dataset.zbSent; });
    if (waiting) { event.preventDefault(); event.returnValue = ""; }
  }

  function typing(element) {
    return element && (/^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName) || element.isContentEditable);
  }

  function onKey(event) {
    var search = document.querySelector("[data-zb-search]");
    var slash = event.key === "/" && !typing(event.target) && !event.ctrlKey && !event.metaKey && !event.altKey;
    var palette = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k";
    if (search && (slash || palette)) {
      event.preventDefault();
      search.focus();
      search.select();
    }
    if (event.key === "Escape") {
      all(".zb-more details[open]").forEach(function (details) {
        details.open = false;
        details.querySelector("summary").focus();
      });
    }
  }

  /* The chosen files with their sizes; one beyond the limit is said before it is sent in vain. */
  function listFiles(box) {
    var list = box.querySelector(".zb-upload-files");
    var most = Number(box.dataset.zbMost) * 1048576;
    list.textContent = "";
    all("input[type=file]", box).forEach(function (input) {
      Array.from(input.files).forEach(function (file) {
        var size = file.size < 1048576 ? Math.ceil(file.size / 1024) + " KB" : (file.size / 1048576).toFixed(1) + " MB";
        var item = document.createElement("li");
        item.textContent = file.name + " (" + size + ")";
        if (most && file.size > most) {
          item.textContent += " – " + box.dataset.tooLarge;
          item.className = "zb-late";
        }
        list.appendChild(item);
      });
    });
  }

  function take(box, input, files) {
    if (!files || !files.length) { return false; }
    var taken = new DataTransfer();
    Array.from(files).slice(0, input.multiple ? files.length : 1).forEach(function (file) { taken.items.add(file); });
    input.files = taken.files;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    listFiles(box);
    return true;
  }

  function upload(box) {
    var input = box.querySelector("input[type=file]");
    all("input[type=file]", box).forEach(function (each) { each.addEventListener("change", function () { listFiles(box); }); });
    ["dragenter", "dragover"].forEach(function (name) {
      box.addEventListener(name, function (event) { event.preventDefault(); box.classList.add("zb-upload-over"); });
    });
    ["dragleave", "drop"].forEach(function (name) {
      box.addEventListener(name, function () { box.classList.remove("zb-upload-over"); });
    });
    box.addEventListener("drop", function (event) { event.preventDefault(); take(box, input, event.dataTransfer.files); });
    document.addEventListener("paste", function (event) {
      if (box.isConnected && event.clipboardData && take(box, input, event.clipboardData.files)) { event.preventDefault(); }
    });
  }

  /* The bell's number comes once the page stands; a page left meanwhile, or an answer from elsewhere (sign in first), leaves the bell alone. */
  function countUnread(place) {
    window.fetch(place.dataset.zbUnread, { credentials: "same-origin" })
      .then(function (answer) { return answer.ok && !answer.redirected ? answer.text() : ""; })
      .then(function (html) { place.innerHTML = html; })
      .catch(function () { /* without a number the bell still leads to the inbox */ });
  }

  /* What stands in the page itself; again where a page came back without being loaded. */
  function settle() {
    all("[data-zb-upload]").forEach(upload);
    var errors = document.querySelector("[data-zb-errors]");
    if (errors) { errors.focus(); }
  }

  function start() {
    settle();
    all("[data-zb-unread]").forEach(countUnread);
    var month = document.querySelector(".zb-months [aria-current]");
    var strip = month && month.closest(".zb-months");
    if (strip && strip.scrollWidth > strip.clientWidth) { strip.scrollLeft = month.offsetLeft - strip.clientWidth / 2; }
  }

  document.addEventListener("click", onClick);
  document.addEventListener("submit", onSubmit);
  document.addEventListener("input", onInput);
  document.addEventListener("change", onChange);
  document.addEventListener("keydown", onKey);
  window.addEventListener("beforeunload", onLeave);
  window.addEventListener("pageshow", wake);
  document.addEventListener("zb-page", settle);
  if (document.readyState === "loading") { document.addEventListener("DOMContentLoaded", start); } else { start(); }
})();
