//! Films in Spanish, French, German, Chinese and Japanese: simple, correct sentences around the person's own words.
//!
//! A theme in one of these is never read with English grammar; only known nouns and places are looked for in it.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use story::{Brief, Kind, Language, PlaceKind, Rng, TimeOfDay, Weather, clean_text, sentence_case};

use super::budget::{LINE_CHARS, LINE_WORDS, speech_ms, spoken_words};
use super::draft::Draft;
use super::lexicon::{self, Noun, is_unspaced};
use super::outline;
use super::phrasebook::{Book, Slots};
use super::setting::{time_in, weather_in};
use super::spots::{Spot, spot_in};

static ES: LazyLock<Book> = LazyLock::new(|| Book::parse(&[include_str!("data/es.txt")]));
static FR: LazyLock<Book> = LazyLock::new(|| Book::parse(&[include_str!("data/fr.txt")]));
static DE: LazyLock<Book> = LazyLock::new(|| Book::parse(&[include_str!("data/de.txt")]));
static ZH: LazyLock<Book> = LazyLock::new(|| Book::parse(&[include_str!("data/zh.txt")]));
static JA: LazyLock<Book> = LazyLock::new(|| Book::parse(&[include_str!("data/ja.txt")]));

/// Somebody a text names in another language.
#[derive(Debug, Clone)]
pub(super) struct Named {
    /// As it stands in the text ("un viejo farero").
    pub(super) words: String,
    /// The noun with "the" where that can be known, else as it stands.
    pub(super) short: String,
    pub(super) noun: &'static Noun,
}

/// The beings a text names, in order, each once.
pub(super) fn beings(text: &str) -> Vec<Named> {
    let mut found: Vec<Named> = Vec::new();
    let mut add = |named: Named| {
        if !found.iter().any(|f| f.noun.word == named.noun.word) {
            found.push(named);
        }
    };
    if text.chars().any(is_unspaced) {
        for part in text.split(['和', '与', '、', '，', ',', '。', '跟', ' ', 'と']) {
            for (at, word, noun) in lexicon::nouns_inside(part) {
                let whole = &part[..at + word.len()];
                let words = if whole.chars().count() <= 10
                    && whole.starts_with(['一', '两', '我', '小', '老', '大', '白', '黑', '有'])
                {
                    whole.trim_start_matches('有')
                } else {
                    word
                };
                add(Named { words: words.to_owned(), short: word.to_owned(), noun });
            }
        }
        return found;
    }
    let tokens: Vec<&str> = text.split_whitespace().collect();
    let breaks = |w: &str| {
        matches!(
            w,
            "y" | "e"
                | "et"
                | "und"
                | "que"
                | "qui"
                | "der"
                | "die"
                | "das"
                | "en"
                | "in"
                | "im"
                | "dans"
                | "con"
                | "avec"
                | "mit"
                | "de"
                | "del"
                | "du"
                | "au"
                | "a"
                | "à"
                | "se"
                | "busca"
                | "quiere"
        )
    };
    for (at, token) in tokens.iter().enumerate() {
        let bare: String = token.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        let weak = weak(&tokens[..at], &bare);
        let Some(noun) = lexicon::noun(&bare).or(weak) else { continue };
        let mut start = at;
        let article = |w: &str| {
            matches!(
                w,
                "un" | "una"
                    | "el"
                    | "la"
                    | "une"
                    | "le"
                    | "ein"
                    | "eine"
                    | "mi"
                    | "mon"
                    | "ma"
                    | "mein"
                    | "meine"
                    | "dos"
                    | "deux"
                    | "zwei"
                    | "los"
                    | "las"
                    | "les"
                    | "einen"
                    | "einer"
            )
        };
        while start > 0
            && at - start < 3
            && !breaks(&tokens[start - 1].to_lowercase())
            && !tokens[start - 1].ends_with(',')
        {
            start -= 1;
            if article(&tokens[start].to_lowercase()) {
                break;
            }
        }
        let mut end = at + 1;
        // An adjective after the noun ("una ballena blanca"), not in German.
        if end < tokens.len() && lexicon::colour(&tokens[end].to_lowercase()).is_some() {
            end += 1;
        }
        let words = nominative(&tokens[start..end]);
        let short = match tokens[start].to_lowercase().as_str() {
            "un" if noun_is_french(&tokens) => words.clone(),
            "un" => format!("el {bare}"),
            "una" => format!("la {bare}"),
            _ => words.clone(),
        };
        add(Named { words, short, noun });
    }
    found
}

/// "einen Bären" is a bear: a German noun that has an ending where something is done to it.
fn weak(before: &[&str], noun: &str) -> Option<&'static Noun> {
    let done_to =
        before.iter().rev().take(3).any(|w| matches!(w.to_lowercase().as_str(), "einen" | "den" | "einem" | "dem"));
    stem(noun).filter(|_| done_to).and_then(lexicon::noun)
}

/// A known noun without the ending that German gives it where something is done to it.
fn stem(noun: &str) -> Option<&str> {
    let mut stems = ["en", "n"].into_iter().filter_map(|end| noun.strip_suffix(end));
    stems.find(|stem| lexicon::noun(&stem.to_lowercase()).is_some())
}

/// Words as they name somebody: German "einen alten Bären" is "ein alter Bär" then.
fn nominative(words: &[&str]) -> String {
    let plain = |words: String| words.trim_matches([',', '.', '!', '?', ';', ':']).to_owned();
    let [article, between @ .., noun] = words else { return plain(words.join(" ")) };
    if !article.eq_ignore_ascii_case("einen") {
        return plain(words.join(" "));
    }
    let between: Vec<String> =
        between.iter().map(|w| w.strip_suffix("en").map_or((*w).to_owned(), |stem| format!("{stem}er"))).collect();
    let noun = plain((*noun).to_owned());
    let known = lexicon::noun(&noun.to_lowercase()).is_some();
    let noun = if known { noun.as_str() } else { stem(&noun).unwrap_or(&noun) };
    std::iter::once("ein".to_owned()).chain(between).chain([noun.to_owned()]).collect::<Vec<_>>().join(" ")
}

fn noun_is_french(tokens: &[&str]) -> bool {
    tokens.iter().any(|t| {
        matches!(
            t.to_lowercase().as_str(),
            "et" | "une" | "le" | "les" | "qui" | "dans" | "avec" | "vieux" | "petit" | "petite"
        )
    })
}

/// A place said in the language of the film.
pub(super) fn spot(spot: &Spot, language: Language) -> Spot {
    Spot { preposition: String::new(), words: place_word(spot.kind, language).to_owned(), ..spot.clone() }
}

fn place_word(kind: PlaceKind, language: Language) -> &'static str {
    use PlaceKind as P;
    // Spanish, French, German, Chinese, Japanese.
    let row: [&'static str; 5] = match kind {
        P::Forest | P::Jungle => ["el bosque", "la forêt", "der Wald", "森林", "森"],
        P::Sea | P::Underwater => ["el mar", "la mer", "das Meer", "大海", "海"],
        P::Coast | P::Beach | P::Harbor => ["la costa", "la côte", "die Küste", "海岸", "海辺"],
        P::City | P::Street | P::Market => ["la ciudad", "la ville", "die Stadt", "城市", "街"],
        P::Village | P::Farm => ["el pueblo", "le village", "das Dorf", "村庄", "村"],
        P::Mountain | P::Cave => ["la montaña", "la montagne", "der Berg", "高山", "山"],
        P::Desert => ["el desierto", "le désert", "die Wüste", "沙漠", "砂漠"],
        P::Snowfield => ["la nieve", "la neige", "der Schnee", "雪地", "雪原"],
        P::Space | P::Planet => ["el espacio", "l'espace", "der Weltraum", "太空", "宇宙"],
        P::River | P::Lake => ["el río", "la rivière", "der Fluss", "河边", "川"],
        P::Garden => ["el jardín", "le jardin", "der Garten", "花园", "庭"],
        P::Castle => ["el castillo", "le château", "das Schloss", "城堡", "城"],
        P::Sky => ["el cielo", "le ciel", "der Himmel", "天空", "空"],
        P::Road => ["el camino", "le chemin", "der Weg", "道路", "道"],
        P::Kitchen => ["la cocina", "la cuisine", "die Küche", "厨房", "台所"],
        P::Bedroom | P::LivingRoom => ["la casa", "la maison", "das Haus", "家里", "家"],
        P::Meadow => ["el prado", "la prairie", "die Wiese", "草地", "草原"],
        P::Library | P::School => ["la escuela", "l'école", "die Schule", "学校", "学校"],
        P::Laboratory | P::Workshop | P::Office | P::Studio | P::Stage | P::Cafe | P::Shop => {
            ["el taller", "l'atelier", "die Werkstatt", "工作室", "工房"]
        }
    };
    match language {
        Language::Es => row[0],
        Language::Fr => row[1],
        Language::De => row[2],
        Language::Zh => row[3],
        Language::Ja => row[4],
        Language::En => lexicon::place_defaults(kind).phrase,
    }
}

fn near(kind: PlaceKind, turn: usize) -> PlaceKind {
    let near = &lexicon::place_defaults(kind).near;
    near.get(turn % near.len().max(1)).copied().unwrap_or(kind)
}

/// A film in another language while it is written.
pub(super) struct Foreign<'a> {
    brief: &'a Brief,
    theme: &'a str,
    kind: Kind,
    book: &'static Book,
    language: Language,
    slots: Slots,
    rng: Rng,
    beings: Vec<Named>,
    home: PlaceKind,
    props: Vec<String>,
    said: BTreeSet<String>,
    phrases: BTreeSet<&'static str>,
}

impl<'a> Foreign<'a> {
    pub(super) fn new(brief: &'a Brief, theme: &'a str, kind: Kind) -> Self {
        let language = brief.language.value;
        let book = match language {
            Language::Fr => &*FR,
            Language::De => &*DE,
            Language::Zh => &*ZH,
            Language::Ja => &*JA,
            Language::Es | Language::En => &*ES,
        };
        let mut beings = beings(theme);
        for said in brief.characters.iter().flat_map(|c| self::beings(c)) {
            if !beings.iter().any(|b| b.noun.word == said.noun.word) {
                beings.push(said);
            }
        }
        let mut slots = Slots::default();
        let short = theme.trim_end_matches(['。', '.', '!', '?', '！', '？']);
        let fits = short.chars().any(char::is_alphanumeric)
            && if language.is_unspaced() {
                short.chars().count() <= if brief.duration_s.value < 10 { 5 } else { 14 }
            } else {
                spoken_words(short) <= if brief.duration_s.value < 10 { 4 } else { 9 } && short.chars().count() <= 80
            };
        slots.set("theme", if fits { short } else { "" });
        if let Some(hero) = beings.first().filter(|_| kind == Kind::Tale) {
            slots.set("hero", hero.words.as_str());
            slots.set("short", hero.short.as_str());
        }
        if let Some(other) = beings.get(1) {
            slots.set("other", other.words.as_str());
            slots.tag("other", true);
        }
        let mut rng = brief.seed.fork("script").rng();
        let found = spot_in(theme);
        let home =
            found.as_ref().map(|s| s.kind).or_else(|| beings.first().and_then(|b| b.noun.home)).unwrap_or_else(|| {
                rng.pick(&[PlaceKind::Meadow, PlaceKind::Mountain, PlaceKind::Village, PlaceKind::Lake])
                    .copied()
                    .unwrap_or_default()
            });
        let props = found.map(|s| s.props).unwrap_or_default();
        Self {
            brief,
            theme,
            kind,
            book,
            language,
            slots,
            rng: brief.seed.fork("telling").rng(),
            beings,
            home,
            props,
            said: BTreeSet::new(),
            phrases: BTreeSet::new(),
        }
    }

    /// Keeps a sentence if it is new.
    pub(super) fn keep(&mut self, line: &str) -> bool {
        self.said.insert(line.to_lowercase())
    }

    fn short_enough(&self, line: &str) -> bool {
        if self.language.is_unspaced() {
            line.chars().count() <= LINE_CHARS + 4
        } else {
            spoken_words(line) <= LINE_WORDS
        }
    }

    // "de el" is "del", "de le" is "du".
    fn contract(&self, line: &str) -> String {
        match self.language {
            Language::Es => line.replace(" de el ", " del ").replace(" a el ", " al "),
            Language::Fr => line.replace(" de le ", " du ").replace(" à le ", " au "),
            _ => line.to_owned(),
        }
    }

    fn family(&self) -> &'static str {
        match self.kind {
            Kind::Tale | Kind::Journey | Kind::Portrait => "tale",
            Kind::MoodPiece | Kind::Montage => "mood",
            _ => "info",
        }
    }

    /// The drafts of `count` scenes.
    pub(super) fn drafts(&mut self, count: usize) -> Vec<Draft> {
        const ARC: [TimeOfDay; 4] = [TimeOfDay::Day, TimeOfDay::Golden, TimeOfDay::Night, TimeOfDay::Dawn];
        let beats = outline::beats(Kind::Tale, count);
        let (said_time, said_weather) = (time_in(self.theme), weather_in(self.theme));
        beats
            .into_iter()
            .enumerate()
            .map(|(at, beat)| {
                let kind = if at % 2 == 1 && self.family() != "info" && at + 1 < count {
                    near(self.home, at / 2)
                } else {
                    self.home
                };
                let time = said_time.unwrap_or(ARC[at * 4 / count.max(1)]);
                let weather =
                    said_weather.unwrap_or(if self.rng.chance(0.2) { Weather::Cloudy } else { Weather::Clear });
                let family = self.family();
                let section = match beat {
                    "glimpse" => "glimpse".to_owned(),
                    "opening" | "meeting" | "trouble" | "ending" => format!("{family}.{beat}"),
                    _ => format!("{family}.between"),
                };
                let pool = self.lines(&section);
                let who = if family == "tale" {
                    let more = usize::from(!matches!(beat, "opening" | "want"));
                    self.beings.iter().take(1 + more).map(|b| b.words.clone()).collect()
                } else {
                    Vec::new()
                };
                let place = place_word(kind, self.language);
                Draft {
                    title: sentence_case(place),
                    happens: String::new(),
                    spot: Spot { preposition: String::new(), words: place.to_owned(), kind, props: Vec::new() },
                    time,
                    weather,
                    season: None,
                    mood: self.brief.mood.value,
                    who,
                    props: if kind == self.home { self.props.clone() } else { Vec::new() },
                    pool,
                    own: 0,
                    lines: Vec::new(),
                    duration_ms: 0,
                }
            })
            .collect()
    }

    fn lines(&mut self, section: &str) -> Vec<String> {
        let mut lines = Vec::new();
        let variant = self.book.section(section).iter().find(|v| v.tags.iter().all(|t| self.slots.tags.contains(*t)));
        for phrase in variant.map_or(&[][..], |v| v.lines.as_slice()) {
            if let Some(line) =
                self.slots.fill(phrase).map(|l| self.contract(&sentence_case(&l))).filter(|l| self.short_enough(l))
                && self.keep(&line)
            {
                lines.push(line);
            }
        }
        lines
    }

    /// One more sentence for a scene, to be said in at most `left` milliseconds.
    pub(super) fn more(&mut self, draft: &Draft, left: u32) -> Option<String> {
        use PlaceKind as P;
        let mut pool: Vec<&'static str> = self.book.phrases("any").to_vec();
        let kind = draft.spot.kind;
        if super::vocabulary::is_water(kind) && kind != P::Underwater {
            pool.extend(self.book.phrases("water"));
        }
        if matches!(kind, P::City | P::Street | P::Market) {
            pool.extend(self.book.phrases("city"));
        }
        if kind.is_indoors() {
            pool.extend(self.book.phrases("indoors"));
        } else if !matches!(kind, P::Space | P::Underwater | P::Planet) {
            pool.extend(self.book.phrases("outdoors"));
        }
        let (comma, stop) = if self.language.is_unspaced() {
            (if self.language == Language::Ja { "、" } else { "，" }, "。")
        } else {
            (", ", ".")
        };
        for attempt in 0..160 {
            let phrase = *self.rng.pick(&pool)?;
            if attempt < 30 && self.phrases.contains(phrase) {
                continue;
            }
            let opening = self.rng.pick(self.book.phrases("openings")).copied().unwrap_or_default();
            // German turns the verb after an opening, so the opening stands alone there.
            let mut text = match self.language {
                _ if attempt < 30 && self.rng.chance(0.6) => phrase.to_owned(),
                Language::De => format!("{opening}: {phrase}"),
                _ => format!("{opening}{comma}{phrase}"),
            };
            if attempt >= 90 && self.language != Language::Ja {
                text =
                    format!("{text}{comma}{}", self.rng.pick(self.book.phrases("tails")).copied().unwrap_or_default());
            }
            let line = format!("{}{stop}", sentence_case(&text));
            if speech_ms(&line, self.language) > left.max(900)
                || !self.short_enough(&line)
                || self.said.contains(&line.to_lowercase())
            {
                continue;
            }
            self.phrases.insert(phrase);
            self.keep(&line);
            return Some(line);
        }
        None
    }

    pub(super) fn title(&self) -> String {
        let limit = if self.language.is_unspaced() { 16 } else { 60 };
        let text = clean_text(self.theme, limit);
        if text.chars().any(char::is_alphanumeric) {
            sentence_case(&text)
        } else {
            sentence_case(place_word(self.home, self.language))
        }
    }

    pub(super) fn logline(&self) -> String {
        let text = clean_text(self.theme, 240);
        if text.chars().any(char::is_alphanumeric) { sentence_case(&text) } else { self.title() }
    }

    pub(super) fn ending(&self) -> String {
        self.book.phrases("words").first().map(|w| (*w).to_owned()).unwrap_or_default()
    }
}
