// A file is compared with the published ones by its SHA-256, which this browser reckons: nothing is sent.
// On a document's page the numbers stand there already; elsewhere the portal is asked about the number alone.

const place = document.querySelector("[data-check-file]");
const drop = place.querySelector(".drop-place");
const input = drop.querySelector("input");
const bar = place.querySelector("progress");
const result = place.querySelector(".check-result");
let turn = 0;

function say(kind, words) {
  const notice = Object.assign(document.createElement("div"), { className: `notice ${kind}` });
  notice.append(Object.assign(document.createElement("p"), { textContent: words }));
  result.replaceChildren(notice);
}

/** The whole file, piece by piece, so that a large one shows how far it has come. */
async function read(file, mine) {
  const bytes = new Uint8Array(file.size);
  const reader = file.stream().getReader();
  let at = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return bytes;
    bytes.set(value, at);
    at += value.length;
    if (mine === turn) bar.value = at / file.size;
  }
}

async function sha256(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function check(file) {
  const mine = ++turn;
  bar.hidden = false;
  bar.value = 0;
  say("", `${place.dataset.reading} ${file.name}`);
  let found;
  try {
    found = await sha256(await read(file, mine));
  } catch {
    if (mine === turn) {
      bar.hidden = true;
      say("failure", place.dataset.unread);
    }
    return;
  }
  if (mine !== turn) return; // another file was chosen meanwhile
  bar.hidden = true;
  tell(file, found);
}

function tell(file, found) {
  const form = place.querySelector("form");
  if (form) {
    form.elements.sha256.value = found;
    form.requestSubmit();
    return;
  }
  const known = document.querySelector(`[data-sha256="${found}"]`);
  if (known) say("done", `${file.name}: ${known.dataset.words}`);
  else say("failure", `${file.name}: ${place.dataset.other} SHA-256: ${found}`);
}

if (globalThis.crypto?.subtle) {
  drop.hidden = false;
  input.addEventListener("change", () => input.files.length && check(input.files[0]));
  drop.addEventListener("dragover", (event) => {
    event.preventDefault();
    drop.classList.add("over");
  });
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    if (event.dataTransfer.files.length) check(event.dataTransfer.files[0]);
  });
} else say("warning", place.dataset.insecure);
