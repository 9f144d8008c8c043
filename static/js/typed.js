// What is typed into a report goes to the server by itself. Until the server has it, this browser keeps it:
// a closed tab, a lost connection or an ended session loses nothing. Without this script “Save” does it all.

const form = document.querySelector("form[data-typed-url]");
const chip = document.querySelector("#saved");
const PAUSE = 1200; // milliseconds after the last key
const RETRY = 4000;
const OLD = 30 * 24 * 3600 * 1000;

// --- What this browser keeps: by section, by field, the boxes and the version they were typed upon ---------

function keptAs(section) {
  return `report:${chip.dataset.keptAs}:${section}`;
}

function read(section) {
  try {
    const kept = JSON.parse(localStorage.getItem(keptAs(section)) ?? "null");
    return kept && Date.now() - kept.at < OLD ? kept.fields : {};
  } catch {
    return {};
  }
}

function write(section, fields) {
  try {
    if (Object.keys(fields).length) localStorage.setItem(keptAs(section), JSON.stringify({ at: Date.now(), fields }));
    else localStorage.removeItem(keptAs(section));
  } catch {
    // No room, or a browser that keeps nothing: the server is still asked at once.
  }
}

// --- The form ----------------------------------------------------------------------------------------------

const touched = new Map(); // address → {seen, boxes}; plus, of this page alone: wrong, known, locked
const locked = new Map(); // the same of fields that have no boxes any more
const dueWords = new Set(); // beginnings of the names of boxes for answers and reasons
let timer;
let sending;
let passing = false;

function questionOf(address) {
  return form.querySelector(`.question[data-address="${CSS.escape(address)}"]`);
}

function boxesOf(question) {
  const start = `${question.id}-`;
  return [...question.querySelectorAll("input, textarea, select")].filter(
    (box) =>
      box.name.startsWith(start) && !box.name.startsWith(`${start}file-`) && !["file", "checkbox"].includes(box.type),
  );
}

/** The version of the report whose value the boxes of a field show. Each field has its own. */
function seenBox(address) {
  return form.elements[`seen-${questionOf(address).id}`];
}

function seenOf(address) {
  return Number(seenBox(address).value);
}

function setSeen(address, version) {
  seenBox(address).value = version;
}

function valuesOf(question) {
  const values = {};
  for (const box of boxesOf(question)) {
    if (box.type !== "radio" || box.checked) values[box.name] = box.value;
  }
  return values;
}

function put(question, values) {
  for (const box of boxesOf(question)) {
    if (box.type === "radio") box.checked = values[box.name] === box.value;
    else box.value = values[box.name] ?? "";
  }
}

function keep() {
  const fields = {};
  for (const [address, { seen, boxes }] of [...locked, ...touched]) fields[address] = { seen, boxes };
  write(form.dataset.section, fields);
}

function say(state, words = chip.dataset[state]) {
  chip.dataset.state = state;
  chip.querySelector("span").textContent = words;
  chip.querySelector("a").hidden = state !== "signedOut";
}

// Answers to remarks and reasons for checks: each is a deed of its own and goes to its own door. Until it has
// them they are kept here under the names of their boxes.
const WORDS = /^(reply|reason)-/;

function wordBoxes(group = "") {
  return [...form.elements].filter((box) => WORDS.test(box.name) && box.type !== "hidden" && box.name.startsWith(group));
}

function groupOf(box) {
  return box.name.slice(0, box.name.lastIndexOf("-"));
}

function keepWords() {
  const words = {};
  for (const box of wordBoxes()) {
    if (box.type === "radio" ? box.checked !== box.defaultChecked && box.checked : box.value !== box.defaultValue) words[box.name] = box.value;
  }
  write(`${form.dataset.section}:words`, words);
}

/** After a save that went through, the server has them. */
function putWordsBack() {
  const section = `${form.dataset.section}:words`;
  if (document.querySelector(".notices .done")) return write(section, {});
  const words = read(section);
  for (const box of wordBoxes()) {
    if (!(box.name in words)) continue;
    if (box.type === "radio") box.checked = box.value === words[box.name];
    else box.value = words[box.name];
    dueWords.add(groupOf(box));
  }
  if (dueWords.size) {
    say("restored");
    plan(PAUSE);
  }
  return undefined;
}

function addWords(body, groups) {
  body.set("seen_words", form.elements.seen.value);
  for (const group of groups) {
    body.append("word", group);
    for (const box of form.elements) {
      if (box.name.startsWith(`${group}-`) && (box.type !== "radio" || box.checked)) body.append(box.name, box.value);
    }
  }
}

/** What was taken is no longer kept here; returns whether all of it was. */
function takeWords(answer, sent, groups) {
  for (const group of answer.said) {
    for (const box of wordBoxes(`${group}-`)) {
      if (box.type === "radio") box.defaultChecked = sent.get(box.name) === box.value;
      else box.defaultValue = sent.get(box.name) ?? "";
      clearFaults(box.closest(".field"));
    }
    if (group.startsWith("reason-")) markStood(group, sent.get(`${group}-text`));
  }
  for (const [name, sentences] of Object.entries(answer.word_faults)) {
    const box = wordBoxes(name)[0];
    clearFaults(box.closest(".field"));
    showFault(box.closest(".question"), name, sentences);
  }
  keepWords();
  return answer.said.length === groups.length;
}

/** “Save” tells with it that the box held a reason given for the number of then, as a page just loaded does. */
function markStood(group, text) {
  form.querySelector(`[name="${CSS.escape(`${group}-stood`)}"]`)?.remove();
  if (!text) return;
  const stood = Object.assign(document.createElement("input"), { type: "hidden", name: `${group}-stood`, value: "1" });
  form.querySelector(`[name="${CSS.escape(`${group}-text`)}"]`).after(stood);
}

function onTyping(event) {
  if (WORDS.test(event.target.name)) {
    keepWords();
    dueWords.add(groupOf(event.target));
    return plan(PAUSE);
  }
  const question = event.target.closest(".question[data-address]");
  if (!question || !boxesOf(question).includes(event.target)) return undefined;
  const { address } = question.dataset;
  const before = touched.get(address);
  touched.set(address, { seen: before?.seen ?? seenOf(address), known: before?.known, boxes: valuesOf(question) });
  keep();
  plan(PAUSE);
  return undefined;
}

function plan(wait) {
  clearTimeout(timer);
  timer = setTimeout(send, wait);
}

/** Whether everything typed is on the server now. */
function send() {
  clearTimeout(timer);
  sending ??= sendDue().finally(() => (sending = undefined));
  return sending;
}

async function sendDue() {
  const due = [...touched].filter(([, one]) => !one.known && !one.wrong && !one.locked);
  const groups = [...dueWords];
  if (!due.length && !groups.length) return touched.size === 0;
  say("saving");
  const body = new URLSearchParams({ csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value });
  body.set("seen", form.elements.seen.value);
  for (const box of form.elements) if (box.name.startsWith("seen-")) body.set(box.name, box.value);
  for (const [address, { boxes }] of due) {
    body.append("field", address);
    for (const [name, value] of Object.entries(boxes)) body.append(name, value);
  }
  addWords(body, groups);
  dueWords.clear();
  let answer;
  try {
    answer = await post(body);
  } catch {
    say("offline");
    plan(RETRY);
  }
  if (answer) return take(answer, new Map(due), takeWords(answer, body, groups));
  groups.forEach((group) => dueWords.add(group));
  return false;
}

async function post(body, again = true) {
  const response = await fetch(form.dataset.typedUrl, { method: "POST", body, headers: { Accept: "application/json" } });
  if (response.ok && !response.redirected) return response.json();
  if (response.status === 401 || response.redirected) {
    say("signedOut");
    plan(RETRY);
  } else if (response.status === 403 && again) {
    if (await renewToken()) {
      body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
      return post(body, false);
    }
    say("signedOut");
    plan(RETRY);
  } else if (response.status === 409) {
    say("refused", (await response.json()).words);
  } else {
    throw new Error(response.statusText);
  }
  return undefined;
}

/** Signing in anew changes the token of every form. */
async function renewToken() {
  const page = new DOMParser().parseFromString(await (await fetch(location.pathname)).text(), "text/html");
  const token = page.querySelector("form[data-typed-url] [name=csrfmiddlewaretoken]")?.value;
  if (token) document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((box) => (box.value = token));
  return Boolean(token);
}

function take(answer, sent, allSaid) {
  for (const address of answer.settled) {
    clearFaults(questionOf(address));
    const now = touched.get(address);
    if (now === sent.get(address)) touched.delete(address);
    else now.seen = answer.version; // typed on meanwhile
    setSeen(address, answer.version);
  }
  for (const [address, { boxes, note }] of Object.entries(answer.moved)) {
    if (touched.has(address) && !sent.has(address)) continue; // typed just now: it is asked when that is sent
    putMoved(address, boxes, sent.get(address)?.boxes);
    setSeen(address, answer.version);
    showMoved(address, note);
  }
  for (const [address, boxes] of Object.entries(answer.faults)) {
    if (touched.get(address) === sent.get(address)) touched.get(address).wrong = true;
    showFaults(questionOf(address), boxes);
  }
  for (const [address, markup] of Object.entries(answer.conflicts)) {
    touched.get(address).known = answer.version;
    setSeen(address, answer.version);
    showChoice(questionOf(address), markup);
  }
  for (const [address, sentence] of Object.entries(answer.locked)) {
    touched.get(address).locked = true;
    showLocked(address, sentence);
  }
  keep();
  const left = [...touched.values()];
  if (Object.keys(answer.conflicts).length) say("both");
  else if (left.some((one) => one.wrong) || Object.keys(answer.word_faults).length) say("wrong");
  else if (left.some((one) => one.locked)) say("locked");
  else if (!allSaid) say("half");
  else if ([...touched.values()].every((one) => one.known)) say(touched.size ? "both" : "saved", touched.size ? undefined : answer.words);
  else plan(PAUSE);
  return touched.size === 0;
}

// --- What the server says of a field -----------------------------------------------------------------------

function clearFaults(question) {
  question.querySelectorAll(".errors[data-typed]").forEach((list) => list.remove());
  question.querySelectorAll(".field.wrong").forEach((field) => field.classList.remove("wrong"));
  question.classList.remove("wrong");
  question.querySelectorAll("[aria-invalid]").forEach((box) => box.removeAttribute("aria-invalid"));
}

function showFaults(question, boxes) {
  clearFaults(question);
  for (const [name, sentences] of Object.entries(boxes)) showFault(question, name, sentences);
}

function showFault(question, name, sentences) {
  const box = question.querySelector(`[name="${CSS.escape(name)}"]`);
  const field = box?.closest(".field") ?? question;
  const list = Object.assign(document.createElement("ul"), { className: "errors errorlist" });
  list.dataset.typed = "";
  list.append(...sentences.map((words) => Object.assign(document.createElement("li"), { textContent: words })));
  field.classList.add("wrong");
  box?.setAttribute("aria-invalid", "true");
  (box && box.type !== "radio" ? box : field.querySelector("legend")?.nextSibling ?? field.firstChild).before(list);
}

/** What others wrote, except in boxes into which somebody typed since they were sent. */
function putMoved(address, boxes, sent) {
  const question = questionOf(address);
  const here = valuesOf(question);
  const typedOn = sent && Object.keys({ ...here, ...sent }).filter((name) => here[name] !== sent[name]);
  put(question, { ...boxes, ...Object.fromEntries((typedOn ?? []).map((name) => [name, here[name]])) });
  if (touched.has(address)) touched.get(address).boxes = valuesOf(question);
}

function showMoved(address, note) {
  const question = questionOf(address);
  question.querySelector(".typed-moved")?.remove();
  const notice = Object.assign(document.createElement("div"), { className: "notice info typed-moved" });
  notice.setAttribute("role", "status");
  notice.append(Object.assign(document.createElement("p"), { textContent: note }));
  question.querySelector(".question-head").after(notice);
}

/** At its place: why it cannot be saved, and what of it this browser goes on keeping. */
function showLocked(address, sentence, kept = []) {
  const question = questionOf(address);
  question.querySelector(".typed-locked")?.remove();
  const notice = Object.assign(document.createElement("div"), { className: "notice warning typed-locked" });
  notice.setAttribute("role", "alert");
  notice.append(Object.assign(document.createElement("p"), { textContent: `${sentence} ${kept.join("; ")}`.trim() }));
  const drop = Object.assign(document.createElement("button"), { type: "button", className: "button secondary", textContent: chip.dataset.drop });
  drop.addEventListener("click", () => {
    locked.delete(address);
    forget(address);
    notice.remove();
  });
  notice.append(drop);
  question.querySelector(".question-head").after(notice);
}

/** What was written, without the codes of what was chosen. */
function textsOf(boxes) {
  return Object.entries(boxes).filter(([name, text]) => text && !/-(emptiness|progress)$/.test(name)).map(([, text]) => text);
}

function showChoice(question, markup) {
  question.querySelectorAll(".conflict, .typed-moved").forEach((notice) => notice.remove());
  question.querySelector(".question-head").insertAdjacentHTML("afterend", markup);
}

// --- Beginning and end of a visit --------------------------------------------------------------------------

/** What was typed into fields that are locked now stands beside them until it is dropped. */
function putBackLocked() {
  const lost = [];
  for (const [address, one] of Object.entries(read(form.dataset.section))) {
    const question = questionOf(address);
    if (question && boxesOf(question).length) continue;
    if (question) {
      locked.set(address, one);
      showLocked(address, chip.dataset.lost, textsOf(one.boxes));
    } else lost.push(...textsOf(one.boxes));
  }
  if (lost.length) tell(`${chip.dataset.lost} ${lost.join("; ")}`);
}

function putBack() {
  for (const [address, one] of Object.entries(read(form.dataset.section))) {
    const question = questionOf(address);
    if (!question || !boxesOf(question).length) continue;
    put(question, one.boxes);
    touched.set(address, one);
    setSeen(address, one.seen);
  }
  if (touched.size) {
    say("restored");
    send();
  }
}

function tell(words) {
  const notice = Object.assign(document.createElement("div"), { className: "notice warning" });
  notice.setAttribute("role", "alert");
  notice.append(Object.assign(document.createElement("p"), { textContent: words }));
  document.querySelector(".work-head").after(notice);
}

async function onSubmit(event) {
  if (passing || event.submitter?.name === "theirs") {
    if (!passing) forget(event.submitter.value);
    return;
  }
  if (!touched.size) return;
  const { submitter } = event;
  event.preventDefault();
  const asked = new Set([...touched].filter(([, one]) => one.known).map(([address]) => address));
  await send();
  if (["offline", "signedOut"].includes(chip.dataset.state)) return; // it stays in the boxes and in this browser
  for (const [address, one] of touched) {
    if (one.known && !asked.has(address)) setSeen(address, one.seen); // a choice nobody has looked at yet
  }
  passing = true;
  for (const [address, one] of touched) {
    if (one.locked) locked.set(address, one);
  }
  touched.clear(); // the page that answers shows what was not taken
  keep();
  setTimeout(() => form.requestSubmit(submitter)); // a form that is still sending its event takes no other
}

function forget(address) {
  touched.delete(address);
  keep();
}

/** Fields of other sections that this browser still keeps. */
function tellOfOthers() {
  for (const link of document.querySelectorAll(".steps a")) {
    const section = new URL(link.href).pathname.split("/").at(-2);
    if (section === form?.dataset.section || !Object.keys(read(section)).length) continue;
    tell(chip.dataset.others);
    const name = link.querySelector("span").textContent;
    const there = Object.assign(document.createElement("a"), { href: link.href, textContent: name });
    document.querySelector(".work-head + .notice p").append(" ", there);
  }
}

/** What the page just shown did not take is kept like what is being typed. */
function keepRefused() {
  for (const question of form.querySelectorAll(".question:has(.wrong, .conflict)")) {
    const { address } = question.dataset;
    if (!seenBox(address)) continue; // locked
    const both = question.querySelector(".conflict");
    const one = both ? { seen: 0, known: seenOf(address) } : { seen: seenOf(address), wrong: true };
    touched.set(address, { ...one, boxes: valuesOf(question) });
  }
  if (touched.size) keep();
}

if (form) {
  form.addEventListener("input", onTyping);
  form.addEventListener("submit", onSubmit);
  addEventListener("online", () => plan(0));
  document.addEventListener("visibilitychange", () => plan(0));
  putWordsBack();
  putBackLocked();
  keepRefused();
  if (!touched.size) putBack();
}
if (chip) tellOfOthers();
