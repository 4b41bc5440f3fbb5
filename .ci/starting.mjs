// How long it takes from the start of the program to a usable window, and what it keeps in memory then, beside a bare Tauri
// window in the same run. Both pages mark the moment themselves. Needs a display.
//   node .ci/starting.mjs PROGRAM BARE

import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, readlinkSync, realpathSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

const TIMES = 7;
/** A clock tick of /proc, in milliseconds. */
const TICK = 10;
/** After this long a window that nobody touches has settled, in milliseconds. */
const SETTLED = 2_000;

const [program, bare] = process.argv.slice(2).map((file) => realpathSync(file));
const folder = mkdtempSync(join(tmpdir(), "starting-"));
const told = {
  WORKPRINT_HOME: join(folder, "home"),
  XDG_DATA_HOME: join(folder, "data"),
  XDG_CONFIG_HOME: join(folder, "config"),
  XDG_CACHE_HOME: join(folder, "cache"),
  TAURI_AUTOMATION: "true",
  TAURI_WEBVIEW_AUTOMATION: "true",
};

const freePort = () =>
  new Promise((tell) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => tell(port));
    });
  });

async function ask(port, path, body, method = "POST") {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method, body: body && JSON.stringify(body) });
  const { value } = await answer.json();
  if (!answer.ok) throw new Error(`${path}: ${value?.message ?? answer.status}`);
  return value;
}

async function until(what, look) {
  for (const end = Date.now() + 60_000; Date.now() < end; await wait(50)) {
    const found = await look().catch(() => null);
    if (found) return found;
  }
  throw new Error(`in vain for a minute: ${what}`);
}

const processes = () => readdirSync("/proc").filter((name) => /^\d+$/.test(name));
/** What /proc tells of a process after its name: its state, its parent… */
const stat = (id) => readFileSync(`/proc/${id}/stat`, "utf8").split(") ").at(-1).split(" ");

function running(file) {
  const is = (id) => {
    try {
      return readlinkSync(`/proc/${id}/exe`) === file && stat(id)[0] !== "Z";
    } catch {
      return false;
    }
  };
  return processes().find(is);
}

/** When a process started, in milliseconds since 1970. */
function startedAt(id) {
  const up = Number(readFileSync("/proc/uptime", "utf8").split(" ")[0]) * 1000;
  return Date.now() - up + Number(stat(id)[19]) * TICK;
}

/** What a process and its children keep in memory, in MB; what they share counts once. */
function memory(id) {
  const parents = new Map();
  for (const each of processes()) {
    try {
      parents.set(each, stat(each)[1]);
    } catch {}
  }
  const of = (each) => each === id || (parents.has(each) && of(parents.get(each)));
  let kb = 0;
  for (const each of [...parents.keys()].filter(of)) {
    kb += Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${each}/smaps_rollup`, "utf8"))?.[1] ?? 0);
  }
  return kb / 1024;
}

/** One start: milliseconds to a usable window, MB once it has settled. */
async function start(file) {
  const port = await freePort();
  const driver = spawn("WebKitWebDriver", [`--port=${port}`, "--host=127.0.0.1"], {
    env: { ...process.env, ...told },
    stdio: "ignore",
  });
  try {
    await until("the driver", () => ask(port, "/status", undefined, "GET"));
    const alwaysMatch = { browserName: "wry", "webkitgtk:browserOptions": { binary: file, args: [] } };
    const { sessionId } = await ask(port, "/session", { capabilities: { alwaysMatch } });
    const script = `const [mark] = performance.getEntriesByName("usable");
      return mark ? performance.timeOrigin + mark.startTime : 0;`;
    const run = () => ask(port, `/session/${sessionId}/execute/sync`, { script, args: [] });
    const usable = await until("a usable window", run);
    const id = running(file);
    const ms = usable - startedAt(id);
    await wait(SETTLED);
    const mb = memory(id);
    await ask(port, `/session/${sessionId}`, undefined, "DELETE");
    await until("its end", async () => !running(file));
    return { ms, mb };
  } finally {
    driver.kill();
  }
}

const median = (all) => [...all].sort((a, b) => a - b)[all.length >> 1];

try {
  // The first start makes the library and fills the caches.
  for (const file of [program, bare]) await start(file);
  const seen = { program: [], bare: [] };
  for (let n = 0; n < TIMES; n += 1) {
    seen.bare.push(await start(bare));
    seen.program.push(await start(program));
  }
  const of = (who, what) => median(seen[who].map((one) => one[what]));
  const line = (name, what, unit) => {
    const [own, other] = [of("program", what), of("bare", what)];
    console.log(`${name}: ${own.toFixed(0)} ${unit}, bare ${other.toFixed(0)} ${unit}, ratio ${(own / other).toFixed(2)}`);
  };
  line("start to a usable window", "ms", "ms");
  line("memory of all its processes", "mb", "MB");
} finally {
  rmSync(folder, { recursive: true, force: true });
}
