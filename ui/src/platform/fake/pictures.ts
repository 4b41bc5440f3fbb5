// Drawn stand-ins for the imitation's pictures, as SVG data URLs named by a media id such as "frame-1-2".

const SKIES = [
  ["#22305c", "#c4693f", "#2a1b1f"],
  ["#0d1b33", "#1d4a5c", "#0b1d26"],
  ["#402a55", "#a6546b", "#1d1420"],
  ["#0f2027", "#2c5364", "#0a161c"],
  ["#3b2a1a", "#d39a4a", "#20140b"],
  ["#1b2b4a", "#7fa8d9", "#12202f"],
] as const;

export function drawn(id: string): string {
  const n = [...id].reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) % 9973, 7);
  const [high, low, ground] = SKIES[n % SKIES.length] ?? SKIES[0];
  const sun = 60 + (n % 200);
  const hill = 110 + (n % 25);
  const body = id.startsWith("portrait")
    ? `<circle cx="160" cy="84" r="34" fill="#f3d3b2"/><path d="M92 180q8-64 68-64t68 64z" fill="${low}"/>`
    : `<circle cx="${sun}" cy="52" r="17" fill="#ffe6a8"/><path d="M0 ${hill}q60-26 120-6t110-4 90 0V180H0z" fill="${ground}"/>` +
      `<path d="M236 ${hill - 2}l5-58h10l5 58z" fill="#ded4c4"/><path d="M239 ${hill - 60}h14v-9h-14z" fill="#ffcf70"/>`;
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 180" preserveAspectRatio="xMidYMid slice"><defs>` +
    `<linearGradient id="g" x2="0" y2="1"><stop stop-color="${high}"/><stop offset=".75" stop-color="${low}"/></linearGradient></defs>` +
    `<rect width="320" height="180" fill="url(#g)"/>${body}</svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
