// Counts the lines of the rooms that the tests run, and fails under 80 %.
//
// The workspace's own crates are built again with rustc's instrumentation (RUSTC_WORKSPACE_WRAPPER gives them names of
// their own in the target folder; dependencies are shared with `make test`). The tests run as cargo would run them;
// each process leaves a profile, llvm merges and counts. No tool to install but llvm's own two.

import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

const LEAST = 80;
const root = resolve(import.meta.dirname, "..");
const target = process.env.CARGO_TARGET_DIR ?? join(root, "target");
const profiles = join(target, "coverage");
const most = { maxBuffer: 1 << 30, encoding: "utf8" };

function llvm(tool) {
  const sysroot = execFileSync("rustc", ["--print", "sysroot"], most).trim();
  const rustlib = join(sysroot, "lib", "rustlib");
  const places = readdirSync(rustlib).map((host) => join(rustlib, host, "bin", tool));
  const found = [...places, `/usr/lib/llvm-19/bin/${tool}`].find(existsSync);
  if (!found) throw new Error(`${tool} is missing: rustup component add llvm-tools, or apt-get install llvm-19`);
  return found;
}

const env = {
  ...process.env,
  RUSTC_WORKSPACE_WRAPPER: join(root, ".ci", "instrument"),
  LLVM_PROFILE_FILE: join(profiles, "build-%p.profraw"),
};
rmSync(profiles, { recursive: true, force: true });
mkdirSync(profiles, { recursive: true });

const built = spawnSync("cargo", ["test", "--workspace", "--no-run", "--message-format=json-render-diagnostics"], {
  ...most,
  cwd: root,
  env,
  stdio: ["ignore", "pipe", "inherit"],
});
if (built.status !== 0) process.exit(built.status ?? 1);
const artifacts = built.stdout
  .split("\n")
  .filter((line) => line.startsWith("{"))
  .map((line) => JSON.parse(line))
  .filter((message) => message.reason === "compiler-artifact" && message.executable);

// The window's own journeys and the kills are proven by `make test`; instrumented, they would only be slow.
const kills = ["kills_cost_nothing_twice", "kills_lose_nothing", "killed_at_any_moment"];
const tests = artifacts.filter((a) => a.profile.test && a.target.name !== "window");
const failed = [];
for (const test of tests) {
  const folder = dirname(test.manifest_path);
  const run = spawnSync(test.executable, ["--quiet", ...kills.flatMap((name) => ["--skip", name])], {
    cwd: folder,
    env: { ...env, CARGO_MANIFEST_DIR: folder, LLVM_PROFILE_FILE: join(profiles, "test-%p-%m.profraw") },
    stdio: "inherit",
  });
  if (run.status !== 0) failed.push(`${relative(root, folder) || "shell"} ${test.target.name}`);
}
if (failed.length > 0) {
  console.error(`coverage: tests failed: ${failed.join(", ")}`);
  process.exit(1);
}

const raw = readdirSync(profiles)
  .filter((name) => name.startsWith("test-"))
  .map((name) => join(profiles, name));
const merged = join(profiles, "all.profdata");
execFileSync(llvm("llvm-profdata"), ["merge", "-sparse", "-failure-mode=all", "-o", merged, ...raw], { stdio: "inherit" });
const objects = artifacts.flatMap((a) => ["-object", a.executable]).slice(1);
const report = JSON.parse(
  execFileSync(llvm("llvm-cov"), ["export", "-summary-only", `-instr-profile=${merged}`, ...objects], {
    ...most,
    stdio: ["ignore", "pipe", "ignore"],
  }),
);

// The shell is the window's glue: the window journey runs it, in a process that is ended by the driver.
const rooms = new Map();
for (const file of report.data[0].files) {
  const room = /^src-tauri\/crates\/([^/]+)\/src\//.exec(relative(root, file.filename))?.[1];
  // Tests would count themselves as tested.
  if (!room || room === "testkit" || /(^|\/)(\w+_)?tests?\.rs$/.test(file.filename)) continue;
  const sum = rooms.get(room) ?? { count: 0, covered: 0, poor: [] };
  const { count, covered } = file.summary.lines;
  sum.count += count;
  sum.covered += covered;
  if (count - covered > 40) sum.poor.push(`${relative(root, file.filename)} ${count - covered} lines not run`);
  rooms.set(room, sum);
}

const share = ({ count, covered }) => (count === 0 ? 100 : (100 * covered) / count);
const line = (name, sum) => `${name.padEnd(14)}${String(sum.count).padStart(8)}${share(sum).toFixed(1).padStart(8)} %`;
const all = { count: 0, covered: 0 };
console.log(`${"room".padEnd(14)}${"lines".padStart(8)}${"run".padStart(8)}`);
for (const [name, sum] of [...rooms].sort()) {
  all.count += sum.count;
  all.covered += sum.covered;
  console.log(line(name, sum));
  for (const poor of sum.poor) console.log(`  ${poor}`);
}
console.log(line("all", all));
if (share(all) < LEAST) {
  console.error(`coverage: ${share(all).toFixed(1)} % of the rooms' lines were run; at least ${LEAST} % must be.`);
  process.exit(1);
}
