// Makes one field of a list and the line beside it, and of a line with proposals: what is written
// filters the list, by any part of a name, a code or pinyin. Without this file the list, the line
// and the browser's own proposals work as they are. It fetches nothing.
// On a narrow window a form above a number is folded, so that the number comes first.
// A form that says so is kept on this device while it is written, with the key that tells it from
// every other: after a reload, or without a network, it is there again, and counts once.
// The keys are those of the combobox pattern of the ARIA Authoring Practices Guide.
"use strict";

(() => {
  const shownOptions = 60;
  const fold = (text) => text.normalize("NFKC").toLowerCase().replace(/[\s'（）()]/g, "");
  let lists = 0;

  function read(elements) {
    const seen = new Set();
    const options = [];
    for (const option of elements) {
      const key = option.value + "\n" + option.label;
      if (seen.has(key)) continue;
      seen.add(key);
      const group = option.parentElement.tagName === "OPTGROUP" ? option.parentElement.label : "";
      options.push({
        value: option.value, label: option.label,
        group: option.label.startsWith(group) ? "" : group,
        text: fold(option.label),
        finds: [option.value.toLowerCase(), ...(option.dataset.find || "").split(" ")]
          .filter(Boolean),
      });
    }
    return options;
  }

  // Names that begin so come first, then those that hold it, then codes and sounds.
  function rank(option, sought) {
    if (sought === "" || option.text.startsWith(sought)) return 0;
    if (option.text.includes(sought)) return 1;
    if (option.finds.some((find) => find.startsWith(sought))) return 2;
    if (sought.length > 1 && option.finds.some((find) => find.includes(sought))) return 3;
    return -1;
  }

  // `take` is told what was chosen, `settle` that the field is left, `said` what stands in it.
  function combobox(input, options, label, none, { take, settle, said }) {
    const list = document.createElement("ul");
    const status = document.createElement("p");
    let found = [];
    let active = -1;
    lists += 1;
    list.id = "pick-" + lists;
    list.className = "pick-list";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", label);
    status.className = "visually-hidden";
    status.setAttribute("role", "status");
    for (const [name, value] of Object.entries({
      role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false",
      "aria-controls": list.id, autocomplete: "off", spellcheck: "false",
    })) input.setAttribute(name, value);
    input.after(list, status);
    input.parentElement.classList.add("pick-host");

    function close() {
      list.hidden = true;
      active = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }

    function mark(index) {
      const items = list.querySelectorAll("[role=option]");
      items.forEach((item, place) => item.setAttribute("aria-selected", place === index));
      active = index;
      if (index < 0) {
        input.removeAttribute("aria-activedescendant");
      } else {
        input.setAttribute("aria-activedescendant", items[index].id);
        items[index].scrollIntoView({ block: "nearest" });
      }
    }

    function choose(option) {
      take(option);
      close();
    }

    function item(option, place) {
      const item = document.createElement("li");
      item.id = list.id + "-" + place;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      item.append(option.label);
      if (option.group) {
        const group = document.createElement("small");
        group.append(option.group);
        item.append(" ", group);
      }
      item.addEventListener("mousedown", (event) => event.preventDefault());
      item.addEventListener("click", () => choose(option));
      return item;
    }

    function open(sought) {
      found = options.map((option) => [rank(option, sought), option])
        .filter(([place]) => place >= 0)
        .sort((one, other) => one[0] - other[0]).map(([, option]) => option)
        .slice(0, sought === "" ? options.length : shownOptions);
      list.replaceChildren(...found.map(item));
      status.textContent = found.length ? String(found.length) : none;
      list.hidden = found.length === 0;
      input.setAttribute("aria-expanded", String(found.length > 0));
      mark(-1);
    }

    input.addEventListener("click", () => {
      if (list.hidden) open(input.value === said() ? "" : fold(input.value));
    });
    input.addEventListener("input", () => open(fold(input.value)));
    input.addEventListener("blur", () => { settle(); close(); });
    input.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      const isOpen = !list.hidden;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (!isOpen) open(input.value === said() ? "" : fold(input.value));
        if (!found.length) return;
        const step = event.key === "ArrowDown" ? 1 : -1;
        const from = active < 0 && step < 0 ? found.length : active;
        mark((from + step + found.length) % found.length);
      } else if (event.key === "Enter") {
        if (isOpen && active >= 0) {
          event.preventDefault();
          choose(found[active]);
        } else {
          settle();
          close();
        }
      } else if (event.key === "Escape" && isOpen) {
        event.preventDefault();
        close();
      } else if (event.key === "Escape" && input.value !== said()) {
        event.preventDefault();
        input.value = said();
        settle();
      }
    });
    if (input.form) input.form.addEventListener("submit", settle);
  }

  // A list, and a line for what it does not name.
  function enhanceList(pick) {
    const select = pick.querySelector("select");
    const details = pick.querySelector("details");
    const typed = details ? details.querySelector("input") : null;
    const options = read(select.options);
    const input = document.createElement("input");
    const label = pick.querySelector("label");
    input.className = "form-select";
    input.type = "text";
    input.maxLength = 60;
    input.id = select.id;
    select.id += "-list";
    select.hidden = true;
    if (details) details.hidden = true;
    select.after(input);
    const said = () => {
      const chosen = select.options[select.selectedIndex];
      return chosen ? chosen.label : "";
    };
    const write = (text) => { if (typed) typed.value = text; };
    function take(option) {
      select.value = option.value;
      write("");
      input.value = option.label;
    }
    // What is written and not chosen goes to the server as it is, which reads it or offers more.
    function settle() {
      const text = input.value.trim();
      const same = options.filter((option) => option.text === fold(text));
      if (text === said()) write("");
      else if (same.length === 1) take(same[0]);
      else if (typed && text !== "") write(text);
      else {
        input.value = said();
        write("");
      }
    }
    input.value = said();
    input.addEventListener("focus", () => input.select());
    combobox(input, options, label.textContent.trim(), pick.dataset.none, { take, settle, said });
  }

  // A line that proposes.
  function enhanceLine(input) {
    const options = read(input.list.options);
    const label = input.labels.length ? input.labels[0].textContent.trim() : input.name;
    input.removeAttribute("list");
    combobox(input, options, label, "", {
      take: (option) => { input.value = option.value; },
      settle: () => {}, said: () => input.value,
    });
  }

  const draftName = (path) => "draft " + path;
  const draftHours = 12;

  // What may not be kept, such as in a private window, is just not kept.
  function stored(act) {
    try { return act(window.localStorage); } catch { return null; }
  }

  function keepDraft(form) {
    const name = draftName(new URL(form.action).pathname);
    const key = form.querySelector("input[name=_key]");
    const fields = () => [...form.querySelectorAll("input, textarea, select")]
      .filter((field) => field.name && !["hidden", "file", "submit"].includes(field.type)
        && field.autocomplete !== "tel");
    const isNew = !form.parentElement.querySelector("[aria-invalid]");
    const kept = stored((store) => JSON.parse(store.getItem(name) || "null"));
    if (kept && isNew && Date.now() - kept.at < draftHours * 3600000) {
      key.value = kept.key;
      for (const field of fields()) {
        const text = kept.texts[field.name];
        if (text !== undefined && field.value === "") field.value = text;
      }
    }
    form.addEventListener("input", () => {
      const texts = Object.fromEntries(fields().map((field) => [field.name, field.value]));
      stored((store) => store.setItem(
        name, JSON.stringify({ at: Date.now(), key: key.value, texts })));
    });
  }

  document.querySelectorAll("[data-draft-done]").forEach((done) => {
    stored((store) => store.removeItem(draftName(done.dataset.draftDone)));
  });
  document.querySelectorAll("form[data-draft]").forEach(keepDraft);
  if (matchMedia("(max-width: 36rem)").matches) {
    document.querySelectorAll("details[data-fold]").forEach((form) => { form.open = false; });
  }
  document.querySelectorAll("[data-pick]").forEach(enhanceList);
  document.querySelectorAll("input[list]").forEach((input) => {
    if (input.list) enhanceLine(input);
  });
})();
