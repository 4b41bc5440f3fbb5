// Packs the bundled pictures and the words that find them. Run by `npm run art` (node 20 and the `zstd` program).
//
// Reads, from node_modules (or the folder given as the first argument):
//   @iconify-json/fluent-emoji   the pictures (MIT, Microsoft)
//   @iconify-json/fluent-emoji-flat   only its table from code point to picture name
//   @iconify-json/noto           the few pictures that are missing there (Apache-2.0, Google)
//   unicode-emoji-json, emojilib (MIT), cldr-annotations-full (Unicode-3.0)   names, groups and keywords
// Writes, beside this file:
//   pictures.zst   zstd frames one after another: a skippable frame that holds the length of the index frame (u32,
//                  little-endian), the index (a line a picture: name, unit, block start, block length, start in the block, length;
//                  separated by spaces), then blocks of pictures that resemble each other.
//   nouns.zst      one zstd frame, a line a picture: name, group (with * when it comes in skin tones), names, keywords, separated
//                  by tabs, `;` between words, `|` between English and the other languages.
// The same input gives the same bytes.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const modules = process.argv[2] ?? path.join(here, '../../../../node_modules');
const read = (...p) => JSON.parse(fs.readFileSync(path.join(modules, ...p), 'utf8'));
const zstd = (bytes) => execFileSync('zstd', ['-19', '--long=23', '-c', '-q', '--no-check'], { input: bytes, maxBuffer: 1 << 28 });
const LANGUAGES = ['en', 'zh', 'es', 'fr', 'de', 'ja'];

const fluent = read('@iconify-json/fluent-emoji/icons.json');
const noto = read('@iconify-json/noto/icons.json');
const chars = read('@iconify-json/fluent-emoji-flat/chars.json');
const notoChars = read('@iconify-json/noto/chars.json');
const unicode = read('unicode-emoji-json/data-by-emoji.json');
const emojilib = read('emojilib/dist/emoji-en-US.json');
const cldr = LANGUAGES.map((l) => read('cldr-annotations-full/annotations', l, 'annotations.json').annotations.annotations);

const NOTO = `treasure-chest orca meteor harp shovel leafless-tree hairy-creature monarch-butterfly
  trombone root-vegetable net-with-handle landslide eraser`.split(/\s+/);

// What is no thing in a scene: signs, faces, gestures, clock faces, flags.
const GROUPS = new Set(['People & Body', 'Animals & Nature', 'Food & Drink', 'Travel & Places', 'Activities', 'Objects', 'Smileys & Emotion']);
const IN = new Set(['clown-face', 'skull', 'ghost', 'alien', 'alien-monster', 'robot', 'ogre', 'goblin', 'bomb', 'love-letter', 'nose', 'eye', 'tooth', 'bone',
  'mechanical-arm', 'mechanical-leg', 'footprints', 'brain', 'anatomical-heart']);
const OUT = new RegExp('oclock|-thirty$|^(new|full|first-quarter|last-quarter)-moon-face|^(waxing|waning)-|first-quarter-moon|last-quarter-moon|new-moon|' +
  'sun-with-face|muted-speaker|mobile-phone-off|no-one|chart-|-suit$|mahjong|flower-playing|joker|bell-with-slash|love-hotel|' +
  'kaaba|^om$|customs|baggage-claim|left-luggage|passport-control|left-speech|memo-|cigarette|dotted|bikini|briefs|' +
  'middle-finger|person-bouncing|person-in-steamy|getting|tuxedo-|levitating|japanese-dolls|moon-viewing|globe-with-meridians|' +
  'wheelchair|white-cane|playing-(handball|water)|wrestling|cartwheel|bunny|juggling|lifting|golfing|kneeling|feeding|pregnant|selfie|nail-polish|frowning|pouting|index-pointing|' +
  'surfing|swimming|rowing|mountain-biking|taking-bath|-facing-right|ear-with|biting|mouth$|tongue|^foot|^leg|^ear$|lungs|biceps|busts?-in|' +
  'speaking-head|people-hugging|horse-racing|spouting-whale|climbing|facepalm|shrug|tipping|gesturing|bowing|deaf|lotus-position|raising-hand');

const TONE = /-(light|medium-light|medium|medium-dark|dark)$/;
const toned = new Set(Object.keys(fluent.icons).filter((k) => k.endsWith('-medium-dark')).map((k) => k.replace(TONE, '')));
const clean = (w) => w.toLowerCase().replace(/[_\-–’'“”.:;\t\n]/g, (c) => ('’\'“”.'.includes(c) ? '' : ' ')).replace(/\s+/g, ' ').trim();

const APPROVED = new Set(fs.readFileSync(path.join(here, 'keywords.txt'), 'utf8').split('\n').filter((l) => !l.startsWith('#')).join(' ').split(/\s+/));

// English first, then the other languages: [[names, names], [keywords, keywords]].
function words(emoji, name) {
  const bare = emoji.replace(/\ufe0f/g, '');
  const record = unicode[emoji] ?? unicode[bare];
  const names = [new Set([clean(name)]), new Set()];
  const keys = [new Set(), new Set()];
  if (record) names[0].add(clean(record.name));
  for (const k of emojilib[emoji] ?? emojilib[bare] ?? []) keys[0].add(clean(k));
  cldr.forEach((language, i) => {
    const entry = language[emoji] ?? language[bare];
    for (const n of entry?.tts ?? []) names[i ? 1 : 0].add(clean(n));
    for (const k of entry?.default ?? []) keys[i ? 1 : 0].add(clean(k));
  });
  // A loose keyword gives a wrong picture ("beach" → whale). Of the English ones those stay that a person approved, of the others
  // those that are part of the picture's own name.
  for (const k of keys[0]) if (!APPROVED.has(k)) keys[0].delete(k);
  const named = (k) => [...names[1]].some((n) => (/^[\x00-\u024f]+$/.test(k) ? n.split(' ').includes(k) : n.includes(k)));
  for (const k of keys[1]) if (!named(k)) keys[1].delete(k);
  for (const n of [...names[0], ...names[1], '']) keys.forEach((k) => k.delete(n));
  const list = (sets) => sets.map((set) => [...set].join(';')).join('|');
  return { names: list(names), keys: list(keys) };
}

const text = (cp) => String.fromCodePoint(...cp.split('-').map((x) => parseInt(x, 16)));
const pictures = [];
const seen = new Set();
const HANDS = /hand|finger|fist|thumb|horns|palm|gesture|clapping|salute|flexed|call-me/;
for (const [cp, name] of Object.entries(chars).sort((a, b) => (a[1] < b[1] ? -1 : a[1] > b[1] ? 1 : a[0] < b[0] ? -1 : 1))) {
  if (TONE.test(name) || seen.has(name) || !fluent.icons[name] || name.startsWith('flag-')) continue;
  const emoji = text(cp);
  const record = unicode[emoji] ?? unicode[emoji.replace(/\ufe0f/g, '')] ?? unicode[emoji + '\ufe0f'];
  if (!record || !GROUPS.has(record.group)) continue;
  if (!IN.has(name)) {
    if (OUT.test(name) || record.group === 'Smileys & Emotion') continue;
    if (record.group === 'People & Body' && HANDS.test(name)) continue;
  }
  seen.add(name);
  pictures.push({ name, unit: 32, body: fluent.icons[name].body, tones: toned.has(name), group: record.group, ...words(record.emoji ?? emoji, name) });
}
for (const name of NOTO) {
  const cp = Object.entries(notoChars).find(([, n]) => n === name)?.[0];
  if (!noto.icons[name]) throw new Error(`Noto has no ${name}`);
  const w = words(cp ? text(cp) : '', name);
  pictures.push({ name: `noto:${name}`, unit: 128, body: noto.icons[name].body, tones: false, group: 'Noto', ...w });
}

// A person is bundled in the five skin tones only: the yellow one is a sign, not somebody.
const files = [];
for (const p of pictures) {
  if (!p.tones) { files.push({ name: p.name, unit: p.unit, body: p.body }); continue; }
  for (const tone of ['light', 'medium-light', 'medium', 'medium-dark', 'dark']) {
    const icon = fluent.icons[`${p.name}-${tone}`];
    if (icon) files.push({ name: `${p.name}-${tone}`, unit: 32, body: icon.body });
  }
}

// Short ids, unlike those of any other picture.
files.forEach((f, n) => {
  const map = new Map();
  for (const [, id] of f.body.matchAll(/\bid="([^"]+)"/g)) if (!map.has(id)) map.set(id, `p${n.toString(36)}_${map.size.toString(36)}`);
  f.body = f.body.replace(/\bid="([^"]+)"/g, (all, id) => `id="${map.get(id)}"`)
    .replace(/url\(#([^)]+)\)/g, (all, id) => `url(#${map.get(id) ?? id})`)
    .replace(/(xlink:)?href="#([^"]+)"/g, (all, x, id) => `${x ?? ''}href="#${map.get(id) ?? id}"`);
});

// Neighbours share a block: the same role in both genders and all tones compresses best.
const root = (n) => n.replace(TONE, '').replace(/^(man|woman|person)-/, '');
const order = files.map((f, i) => [root(f.name), i]).sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : a[1] - b[1])).map(([, i]) => files[i]);
const BLOCK = 600_000;
const blocks = [];
let at = [], size = 0;
const flush = () => { if (at.length) { blocks.push(at); at = []; size = 0; } };
for (const f of order) {
  const bytes = Buffer.byteLength(f.body);
  if (size + bytes > BLOCK) flush();
  at.push(f); size += bytes;
}
flush();
let start = 0;
const lines = [];
const packed = blocks.map((block) => {
  const frame = zstd(Buffer.from(block.map((f) => f.body).join('')));
  let offset = 0;
  for (const f of block) {
    const length = Buffer.byteLength(f.body);
    lines.push(`${f.name} ${f.unit} ${start} ${frame.length} ${offset} ${length}`);
    offset += length;
  }
  start += frame.length;
  return frame;
});
const index = zstd(Buffer.from(lines.sort().join('\n')));
const head = Buffer.alloc(12);
head.writeUInt32LE(0x184d2a50, 0);
head.writeUInt32LE(4, 4);
head.writeUInt32LE(index.length, 8);
fs.writeFileSync(path.join(here, 'pictures.zst'), Buffer.concat([head, index, ...packed]));

const nouns = pictures.map((p) => [p.name, p.tones ? `${p.group}*` : p.group, p.names, p.keys].join('\t')).sort();
fs.writeFileSync(path.join(here, 'nouns.zst'), zstd(Buffer.from(nouns.join('\n'))));
console.log(`${files.length} pictures of ${pictures.length} nouns, ${blocks.length} blocks, ${(head.length + index.length + start) >> 10} KiB`);
