// Writes the feed that installed programs ask for new versions (latest.json), from the packages in a folder and the
// signatures beside them: node .ci/feed.mjs FOLDER VERSION NOTES.md > latest.json
// A package without a signature is not offered; a kind of package that is missing is an error.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

const [folder, version, notesFile] = process.argv.slice(2);
if (!folder || !version || !notesFile) {
  console.error("usage: node .ci/feed.mjs FOLDER VERSION NOTES.md");
  process.exit(2);
}
const { repository } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));

// Which file serves whom. An installed program asks for its own kind of package first, then for its system alone.
const KINDS = [
  [/_amd64\.deb$/, ["linux-x86_64-deb"]],
  [/\.x86_64\.rpm$/, ["linux-x86_64-rpm"]],
  [/_amd64\.AppImage$/, ["linux-x86_64-appimage", "linux-x86_64"]],
  [/_x64-setup\.exe$/, ["windows-x86_64-nsis", "windows-x86_64"]],
  [/\.app\.tar\.gz$/, ["darwin-x86_64-app", "darwin-x86_64", "darwin-aarch64-app", "darwin-aarch64"]],
];

const names = readdirSync(folder);
const platforms = {};
for (const [ending, targets] of KINDS) {
  const name = names.find((one) => ending.test(one) && names.includes(`${one}.sig`));
  if (!name) {
    console.error(`no signed package for ${targets[0]} in ${folder}`);
    process.exit(1);
  }
  const one = {
    url: `${repository}/releases/download/v${version}/${encodeURIComponent(name)}`,
    signature: readFileSync(join(folder, `${name}.sig`), "utf8").trim(),
    size: statSync(join(folder, name)).size,
  };
  for (const target of targets) platforms[target] = one;
}
const notes = readFileSync(notesFile, "utf8").trim();
process.stdout.write(`${JSON.stringify({ version, notes, pub_date: new Date().toISOString(), platforms }, null, 2)}\n`);
