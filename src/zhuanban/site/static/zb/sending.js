/* Forms with files: their way to the server is shown, and a form that comes back keeps the files that were chosen. */
(function () {
  "use strict";

  var SENT_BY_SCRIPT = "X-Zhuanban-Upload";

  function inputs(root) {
    return Array.prototype.slice.call(root.querySelectorAll("input[type=file]"));
  }

  function hasFiles(form) {
    return inputs(form).some(function (input) { return input.files.length; });
  }

  function bar(form) {
    var box = form.querySelector("[data-zb-upload]");
    var shown = box.querySelector("progress") || document.createElement("progress");
    shown.max = 1;
    shown.className = "zb-upload-progress";
    shown.setAttribute("aria-label", box.dataset.sending);
    box.appendChild(shown);
    return shown;
  }

  /* The page that came back takes the place of the one that was sent; files go from the old fields into the new ones. */
  function show(request, form) {
    var kept = inputs(form).map(function (input) { return { id: input.id, files: input.files }; });
    var page = new DOMParser().parseFromString(request.responseText, "text/html");
    var main = page.querySelector("main");
    if (!main) { window.location.reload(); return; }
    document.querySelector("main").replaceWith(document.importNode(main, true));
    document.dispatchEvent(new CustomEvent("zb-page"));
    kept.forEach(function (each) {
      var input = each.files.length && document.getElementById(each.id);
      if (input) {
        input.files = each.files;
        input.dispatchEvent(new Event("change", { bubbles: true }));
      }
    });
    window.scrollTo(0, 0);
  }

  function failed(form) {
    delete form.dataset.zbSent;
    var box = form.querySelector("[data-zb-upload]");
    var shown = box.querySelector("progress");
    if (shown) { shown.remove(); }
    Array.prototype.forEach.call(form.querySelectorAll("[aria-disabled],[aria-busy]"), function (button) {
      button.removeAttribute("aria-disabled");
      button.removeAttribute("aria-busy");
    });
    var words = box.querySelector("[data-zb-upload-failed]");
    words.hidden = false;
  }

  function send(form, submitter) {
    var content = new FormData(form);
    if (submitter && submitter.name) { content.append(submitter.name, submitter.value); }
    var request = new XMLHttpRequest();
    var progress = bar(form);
    request.open("POST", (submitter && submitter.getAttribute("formaction")) || form.action || window.location.href);
    request.setRequestHeader(SENT_BY_SCRIPT, "1");
    request.upload.addEventListener("progress", function (event) {
      if (event.lengthComputable) { progress.value = event.loaded / event.total; }
    });
    request.addEventListener("load", function () {
      var next = request.getResponseHeader("X-Zhuanban-Next");
      if (next) { window.location.assign(next); } else { show(request, form); }
    });
    request.addEventListener("error", function () { failed(form); });
    request.send(content);
  }

  function onSubmit(event) {
    var form = event.target;
    if (event.defaultPrevented || form.enctype !== "multipart/form-data" || !form.querySelector("[data-zb-upload]") || !hasFiles(form)) { return; }
    event.preventDefault();
    send(form, event.submitter);
  }

  document.addEventListener("submit", onSubmit);
})();
