//! Drafts the scenes of a film in English from a theme that was taken apart.
//!
//! Puts beats, places, times and people together; the words are in the books of phrases.

use story::{Brief, Kind, Mood, Nature, Rng, TimeOfDay, Weather};

use super::being::Being;
use super::budget::LINE_WORDS;
use super::draft::Draft;
use super::lexicon::VerbClass;
use super::outline;
use super::spots::{Spot, Spots};
use super::telling::{self, Fixed, SEASONS, Setting, Telling, time_named, weather_named};
use super::theme::Theme;
use super::things;
use super::vocabulary;

/// A film while its scenes are drafted.
pub(super) struct English<'a> {
    pub(super) brief: &'a Brief,
    pub(super) theme: &'a Theme,
    pub(super) kind: Kind,
    pub(super) telling: Telling,
    pub(super) spots: Spots,
    pub(super) rng: Rng,
    /// What the person listed: steps, reasons, details.
    pub(super) points: Vec<String>,
    /// How many points were told.
    items: usize,
    arc: &'static [TimeOfDay],
}

// How the day goes through a short film; which one is left to chance.
const ARCS: &[&[TimeOfDay]] = &[
    &[TimeOfDay::Dusk, TimeOfDay::Night, TimeOfDay::Night, TimeOfDay::Dawn],
    &[TimeOfDay::Dawn, TimeOfDay::Day, TimeOfDay::Golden, TimeOfDay::Dusk],
    &[TimeOfDay::Day, TimeOfDay::Golden, TimeOfDay::Dusk, TimeOfDay::Golden],
    &[TimeOfDay::Golden, TimeOfDay::Dusk, TimeOfDay::Night, TimeOfDay::Dawn],
];

impl<'a> English<'a> {
    pub(super) fn new(brief: &'a Brief, theme: &'a Theme, kind: Kind, limit: usize, points: Vec<String>) -> Self {
        let mut rng = brief.seed.fork("script").rng();
        let spots = Spots::of(theme, kind, &mut rng);
        let mut slots = vocabulary::slots(theme, kind);
        let named = spots.said && super::tokens::is_large(&spots.home.words);
        slots.set("place", spots.home.words.clone());
        slots.set("in place", spots.home.with_preposition());
        slots.tag("named", named || spots.said);
        slots.tag("night", theme.time == Some(TimeOfDay::Night));
        if let (Kind::Explainer, "") = (kind, slots.get("question"))
            && let Some(question) = vocabulary::do_question(vocabulary::without_audience(&theme.text))
        {
            slots.set("question", question);
            slots.tag("question", true);
        }
        let arc: &[TimeOfDay] = match kind {
            Kind::Tale | Kind::Journey | Kind::MoodPiece | Kind::Portrait => {
                ARCS.get(rng.below(ARCS.len())).copied().unwrap_or(ARCS[1])
            }
            Kind::Montage => ARCS[1],
            _ => &[TimeOfDay::Day],
        };
        // Tales without a plot are told in many ways; of the few ways of the others, each theme has its own.
        let many = matches!(kind, Kind::Tale | Kind::Journey) && !theme.has_plot();
        let chance = if many { "telling".to_owned() } else { format!("telling {}", theme.text) };
        let telling = Telling::new(slots, brief.seed.fork(&chance), limit);
        Self { brief, theme, kind, telling, spots, rng, points, items: 0, arc }
    }

    fn fixed(&self) -> Fixed {
        Fixed { time: self.theme.time, weather: self.theme.weather }
    }

    /// The drafts of `count` scenes.
    pub(super) fn drafts(&mut self, count: usize) -> Vec<Draft> {
        let beats = outline::beats(self.kind, count);
        let mut drafts: Vec<Draft> = (0..count).map(|at| self.draft(beats[at], at, count)).collect();
        if matches!(self.kind, Kind::Tale | Kind::Journey) {
            self.tell_theme(&mut drafts, &beats);
        }
        if matches!(
            self.kind,
            Kind::Portrait
                | Kind::Product
                | Kind::News
                | Kind::Montage
                | Kind::MoodPiece
                | Kind::Explainer
                | Kind::List
        ) {
            self.tell_facts(&mut drafts);
        }
        drafts
    }

    fn sections(&self, beat: &str) -> Vec<String> {
        let prefix = outline::prefix(self.kind);
        if prefix.is_empty() && self.theme.travels {
            return vec![format!("{beat}.travel")];
        }
        if prefix.is_empty() && self.theme.has_plot() {
            let usual = (beat == "glimpse").then(|| beat.to_owned());
            return [format!("{beat}.plot")].into_iter().chain(usual).collect();
        }
        if prefix.is_empty() {
            let class = match self.theme.deed.as_ref().map(|d| d.class) {
                Some(VerbClass::Fear) => "fear",
                Some(VerbClass::Learn) => "learn",
                Some(VerbClass::Seek) => "seek",
                Some(VerbClass::Make) => "make",
                Some(VerbClass::Find) => "find",
                Some(VerbClass::Lose) => "lose",
                _ => "none",
            };
            // A friend who is met matters more than what else is done.
            let class = if class == "find" && self.theme.friend().is_some() { "none" } else { class };
            return vec![format!("{beat}.{class}"), format!("{beat}.does"), beat.to_owned()];
        }
        match beat {
            "between" | "item" => Vec::new(),
            _ => vec![format!("{prefix}.{beat}")],
        }
    }

    fn draft(&mut self, beat: &'static str, at: usize, count: usize) -> Draft {
        let tale = matches!(self.kind, Kind::Tale | Kind::Journey);
        let season = (count > 8).then(|| SEASONS[(at * 4 / count + 3 + self.brief.seed.value() as usize % 4) % 4]);
        let time = self.theme.time.unwrap_or_else(|| {
            if count > 8 && self.arc.len() > 1 {
                TimeOfDay::ALL[at % 5]
            } else {
                self.arc[at * self.arc.len() / count.max(1)]
            }
        });
        let weather = self.theme.weather.unwrap_or_else(|| self.weather(season));
        let spots = self.spots.clone();
        let base = Setting { kind: spots.home.kind, time, weather, season, hero: tale };
        let setting_of = |word: Option<&str>| Setting { kind: spots.at(word, at).kind, ..base.clone() };
        let sections = self.sections(beat);
        let fixed = self.fixed();
        let told = self.telling.beat(&sections, fixed, &setting_of);
        // What is true of any film is said where nothing else can be.
        let told = told.or_else(|| self.telling.beat(&[format!("plain.{beat}")], fixed, &setting_of));
        let set = |key: &str| told.as_ref().and_then(|t| t.set.get(key).copied());
        let wander = told.is_none() || !tale;
        let spot = match set("place") {
            None if wander
                && at > 0
                && at + 1 < count
                && matches!(
                    self.kind,
                    Kind::MoodPiece | Kind::Tale | Kind::Journey | Kind::Portrait | Kind::Explainer | Kind::Montage
                )
                && at % 2 == 1
                && !self.theme.owned =>
            {
                spots.at(Some("near"), at / 2)
            }
            word => spots.at(word, at),
        };
        let time = self.theme.time.or_else(|| set("time").and_then(time_named)).unwrap_or(time);
        let weather = self.theme.weather.or_else(|| set("weather").and_then(weather_named)).unwrap_or(weather);
        let (time, weather) = match spot.kind {
            story::PlaceKind::Space => (TimeOfDay::Night, Weather::Clear),
            kind if kind.is_indoors() && self.theme.weather.is_none() => (time, Weather::Clear),
            _ => (time, weather),
        };
        let mood =
            set("mood").and_then(|w| Mood::ALL.into_iter().find(|m| m.as_str() == w)).unwrap_or(self.brief.mood.value);
        let who = self.who(beat, set("who"), at);
        let props = self.props(&spot, &who);
        let mut pool = told.map(|t: telling::Told| t.lines).unwrap_or_default();
        let mut happens = String::new();
        if beat == "item" {
            let given = self.points.get(at.saturating_sub(1)).cloned();
            self.items += 1;
            pool = self.item(self.items, given.as_ref());
            happens = given.unwrap_or_default();
        }
        Draft {
            title: title(&spot, time),
            happens,
            spot,
            time,
            weather,
            season,
            mood,
            who,
            props,
            pool,
            own: 0,
            lines: Vec::new(),
            duration_ms: 0,
        }
    }

    /// One more sentence for a scene, of at most `limit` words.
    pub(super) fn more(&mut self, draft: &Draft, limit: usize) -> Option<String> {
        let aside = match self.kind {
            Kind::Product => "product.aside",
            Kind::HowTo => "how_to.aside",
            Kind::Explainer => "aside",
            _ => "",
        };
        if !aside.is_empty() && limit >= 4 {
            let base =
                Setting { kind: draft.spot.kind, time: draft.time, weather: draft.weather, season: None, hero: false };
            let usual = std::mem::replace(&mut self.telling.limit, limit.min(LINE_WORDS));
            let told = self.telling.beat(&[aside.to_owned()], self.fixed(), &|_| base.clone());
            self.telling.limit = usual;
            if let Some(line) = told.and_then(|t| t.lines.into_iter().next()) {
                return Some(line);
            }
        }
        // What is only seen and heard around has no place where something is explained, sold or reported.
        let long = self.brief.duration_s.value >= 90;
        let mood = self.kind == Kind::MoodPiece && (self.spots.said || long)
            || self.kind == Kind::Montage && self.brief.duration_s.value >= 180;
        let around = mood || matches!(self.kind, Kind::Tale | Kind::Journey);
        // Nor has it in a short film that tells what the person told.
        let short = self.brief.duration_s.value < 90 && (self.theme.has_plot() || self.theme.travels);
        if !around || short {
            return None;
        }
        let hero = self.telling.slots.past
            && !self.theme.has_plot()
            && !draft.who.is_empty()
            && self.theme.hero.as_ref().is_some_and(|h| draft.who.contains(&h.seen()[0]));
        let setting =
            Setting { kind: draft.spot.kind, time: draft.time, weather: draft.weather, season: draft.season, hero };
        self.telling.detail(&setting, limit)
    }

    fn weather(&mut self, season: Option<&'static str>) -> Weather {
        let roll = self.rng.unit();
        match (self.brief.mood.value, season) {
            (_, Some("winter")) if roll < 0.4 => Weather::Snow,
            (_, Some(_)) if roll < 0.12 => Weather::Rain,
            (_, Some(_)) if roll < 0.2 => Weather::Fog,
            (Mood::Melancholy | Mood::Tense | Mood::Dark, _) if roll < 0.5 => Weather::Cloudy,
            (Mood::Mysterious, _) if roll < 0.5 => Weather::Fog,
            _ if roll < 0.15 => Weather::Cloudy,
            _ => Weather::Clear,
        }
    }

    fn who(&self, beat: &str, said: Option<&str>, at: usize) -> Vec<String> {
        if !matches!(self.kind, Kind::Tale | Kind::Journey | Kind::Portrait) {
            // An animal that news, facts or a mood are about is seen in them.
            let shown = self
                .theme
                .hero
                .iter()
                .filter(|h| h.noun.is_some() && !matches!(h.nature, Nature::Human | Nature::Thing));
            return shown.flat_map(Being::seen).collect();
        }
        if self.theme.owned && beat == "start" {
            return Vec::new();
        }
        let mut who: Vec<String> = self.theme.hero.iter().flat_map(Being::seen).collect();
        let both = said == Some("both")
            || beat == "glimpse"
            || (self.theme.other.is_some() && beat == "episode" && at.is_multiple_of(2));
        if both {
            who.extend(self.theme.other.iter().flat_map(Being::seen));
        }
        who
    }

    fn props(&self, spot: &Spot, who: &[String]) -> Vec<String> {
        let mut props = spot.props.clone();
        let hero = self.theme.hero.as_ref().filter(|_| !who.is_empty());
        if let Some(work) = hero.and_then(|h| h.noun).and_then(|n| n.work.as_ref()) {
            props.push(work.tool.to_owned());
        }
        if let Some(thing) = self
            .theme
            .deed
            .as_ref()
            .filter(|d| matches!(d.class, VerbClass::Find | VerbClass::Make) && self.theme.friend().is_none())
        {
            let words = story::words(&thing.rest);
            let end = words
                .iter()
                .position(|w| {
                    matches!(
                        w.as_str(),
                        "and" | "that" | "who" | "in" | "on" | "for" | "with" | "of" | "to" | "from" | "at"
                    )
                })
                .unwrap_or(words.len());
            if let Some(word) = words[..end].last().filter(|w| w.is_ascii()) {
                props.push(word.clone());
            }
        }
        // What is sold is seen; what it is good for is seen where that is told.
        let head = super::tokens::head(&self.theme.text);
        let text = if self.kind == Kind::Product { head } else { &self.theme.text };
        props.extend(things::named_in(text));
        let mut seen = std::collections::BTreeSet::new();
        props.retain(|p| seen.insert(p.clone()));
        props
    }

    // Points that the person did not give stay open for them.
    fn item(&mut self, at: usize, given: Option<&String>) -> Vec<String> {
        const COUNT: [&str; 12] =
            ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
        let number = COUNT.get(at - 1).map_or_else(|| at.to_string(), |w| (*w).to_owned());
        let (name, open) = match self.kind {
            Kind::HowTo => ("Step", "[what to do]"),
            Kind::Explainer => ("Part", "[one more thing to know]"),
            _ => ("Number", "[name it here]"),
        };
        let line = format!("{name} {number}: {}.", given.map_or(open, String::as_str));
        if self.telling.keep(&line) { vec![line] } else { Vec::new() }
    }
}

/// "The cliff, dusk".
pub(super) fn title(spot: &Spot, time: TimeOfDay) -> String {
    let time = if time == TimeOfDay::Golden { "late light" } else { time.as_str() };
    story::sentence_case(&format!("{}, {time}", spot.words))
}
