/* Drafts: what is typed into a long form is kept on the server while it is typed, and offered when the form opens again. */
(function () {
  "use strict";

  var WAIT = 1500;

  function fields(form) {
    return Array.prototype.filter.call(form.elements, function (field) {
      return field.name && /^(TEXTAREA|INPUT|SELECT)$/.test(field.tagName) &&
        !/^(hidden|file|password|submit|button|checkbox|radio)$/.test(field.type);
    });
  }

  function texts(form) {
    var found = {};
    fields(form).forEach(function (field) { if (field.value.trim()) { found[field.name] = field.value; } });
    return found;
  }

  /* Only what the reader wrote is worth keeping: a form with nothing but its first values is no draft. */
  function written(form) {
    return fields(form).some(function (field) {
      return field.tagName === "SELECT" ? false : field.value.trim() && field.value !== field.defaultValue;
    });
  }

  function send(form, content, leaving) {
    return window.fetch(form.dataset.zbDrafts, {
      method: "POST",
      credentials: "same-origin",
      keepalive: Boolean(leaving),
      headers: { "Content-Type": "application/json", "X-CSRFToken": form.querySelector("[name=csrfmiddlewaretoken]").value },
      body: JSON.stringify({ form: form.dataset.zbDraft, fields: content }),
    });
  }

  function say(form, words) {
    form.querySelector("[data-zb-draft-state]").textContent = words;
  }

  function keep(form, leaving) {
    if (form.dataset.zbSent || !form.dataset.zbTouched) { return; }
    delete form.dataset.zbTouched;
    var state = form.querySelector("[data-zb-draft-state]");
    send(form, written(form) ? texts(form) : {}, leaving)
      .then(function (answer) { return answer.ok ? answer.json() : {}; })
      .then(function (answer) { say(form, answer.saved_at ? state.dataset.kept + " " + answer.saved_at : ""); })
      .catch(function () { /* the page's own guard still warns before it is left */ });
  }

  function take(form, draft) {
    fields(form).forEach(function (field) {
      if (field.name in draft.fields) { field.value = draft.fields[field.name]; }
    });
    fields(form)[0].dispatchEvent(new Event("input", { bubbles: true }));
  }

  function offer(form, draft) {
    var bar = form.querySelector("[data-zb-draft-bar]");
    bar.querySelector("[data-zb-draft-when]").textContent = draft.saved_at;
    bar.hidden = false;
    bar.querySelector("[data-zb-draft-take]").addEventListener("click", function () { take(form, draft); bar.hidden = true; });
    bar.querySelector("[data-zb-draft-drop]").addEventListener("click", function () {
      send(form, {}).then(function () { bar.hidden = true; }).catch(function () { bar.hidden = true; });
    });
  }

  function watch(form) {
    var timer;
    form.addEventListener("input", function () {
      form.dataset.zbTouched = "1";
      window.clearTimeout(timer);
      timer = window.setTimeout(function () { keep(form); }, WAIT);
    });
    window.addEventListener("pagehide", function () { window.clearTimeout(timer); keep(form, true); });
    if (form.querySelector(".zb-error, .zb-errors")) { return; }
    window.fetch(form.dataset.zbDrafts + "?form=" + encodeURIComponent(form.dataset.zbDraft), { credentials: "same-origin" })
      .then(function (answer) { return answer.ok && !answer.redirected ? answer.json() : {}; })
      .then(function (draft) { if (draft.fields && !form.dataset.zbTouched) { offer(form, draft); } })
      .catch(function () { /* without an answer there is nothing to offer */ });
  }

  function start() {
    Array.prototype.forEach.call(document.querySelectorAll("form[data-zb-draft]"), watch);
  }

  document.addEventListener("zb-page", start);
  if (document.readyState === "loading") { document.addEventListener("DOMContentLoaded", start); } else { start(); }
})();
