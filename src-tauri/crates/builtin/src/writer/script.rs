//! The screenwriter: a brief becomes a script whose scenes add up to the film.
//!
//! Chooses the way of telling, fits it to the length and mints the ids.

use std::collections::BTreeSet;

use story::{Brief, Kind, Language, Line, MAX_DURATION_S, MIN_DURATION_S, Minter, Scene, Script, Speaker, clean_text};

use super::budget::{self, LINE_CHARS, LINE_WORDS};
use super::draft::{self, Draft};
use super::english::English;
use super::languages::Foreign;
use super::{asking, kind, lamps, prose, theme, titles};

struct Written {
    title: String,
    logline: String,
    ending: String,
    kind: Kind,
    drafts: Vec<Draft>,
}

/// Writes the script of a brief: scenes, narration, title. The scenes' lengths add up to the film's.
pub fn write_script(brief: &Brief) -> Script {
    let seconds = brief.duration_s.value.clamp(MIN_DURATION_S, MAX_DURATION_S);
    let film_ms = seconds * 1000;
    let theme = theme::read(brief);
    let mut kind = kind::classify(brief, &theme);
    let said = brief.scene_count.or(theme.scene_count).map(|n| n as usize);
    let points = asking::points(&brief.message);
    let points = if kind == Kind::HowTo { asking::steps(points) } else { points };
    let items = story::words(&theme.text)
        .iter()
        .take(2)
        .find_map(|w| super::being::number(w))
        .or(Some(points.len()).filter(|count| *count > 0))
        .filter(|_| matches!(kind, Kind::List | Kind::HowTo) && (kind == Kind::List || !points.is_empty()))
        .map(|n| (n + 2).min(seconds as usize / 3));
    let count = said.or(items).unwrap_or_else(|| budget::scene_count(seconds)).clamp(1, (seconds as usize / 2).max(1));
    let sentences = prose::sentences(brief.story());
    // Points behind a colon are steps, reasons and details where a film is made of such; scenes elsewhere.
    let pointed = matches!(kind, Kind::HowTo | Kind::List | Kind::Product | Kind::Explainer | Kind::Montage)
        && !points.is_empty();
    let listed: Vec<String> = brief
        .scenes
        .iter()
        .filter(|_| !pointed)
        .map(|s| clean_text(s, 2000))
        .filter(|s| s.chars().any(char::is_alphanumeric))
        .take(seconds as usize)
        .collect();
    let room = f64::from(budget::speech_budget(film_ms).aim) * 2.35 / 1000.0;
    let told = if !listed.is_empty() {
        Some(listed)
    } else if sentences.len() >= 3
        || sentences.len() == 2 && story::words(brief.story()).len() > 11 && !brief.story().contains('?')
        || brief.story().chars().count() > 260
    {
        Some(prose::gather(&prose::choose(&sentences, room as usize), count))
    } else {
        None
    };
    let english = brief.language.value == Language::En;
    let limit = (room / count as f64 * if count > 2 { 1.05 } else { 1.0 }).floor() as usize;
    let written = match (english, told) {
        (true, told) => {
            if told.is_some() && kind == Kind::Tale && theme.hero.is_none() {
                kind = Kind::Montage;
            }
            let mut writer = English::new(brief, &theme, kind, limit, points);
            let own = told.is_some();
            let mut drafts =
                told.map_or_else(|| writer.drafts(count), |texts| prose::drafts(brief, &theme, kind, &texts));
            if own {
                writer.telling.slots.past = is_past(brief.story()) || brief.scenes.iter().any(|s| is_past(s));
                settle(&mut drafts, |line| writer.telling.keep(line));
            }
            let mut rng = brief.seed.fork("lengths").rng();
            draft::fit(&mut drafts, film_ms, Language::En, &mut rng, &mut |d, left| {
                writer.more(d, (f64::from(left) * 2.35 / 1000.0) as usize)
            });
            let mut rng = brief.seed.fork("title").rng();
            Written {
                title: titles::title(&theme, kind, &writer.telling.slots, &mut rng),
                logline: titles::logline(&theme),
                ending: titles::ending(kind, &writer.telling.slots, &mut rng),
                kind,
                drafts,
            }
        }
        (false, told) => {
            let language = brief.language.value;
            let mut writer = Foreign::new(brief, &theme.text, kind);
            let own = told.is_some();
            let mut drafts =
                told.map_or_else(|| writer.drafts(count), |texts| prose::drafts(brief, &theme, kind, &texts));
            if own {
                settle(&mut drafts, |line| writer.keep(line));
            }
            let mut rng = brief.seed.fork("lengths").rng();
            draft::fit(&mut drafts, film_ms, language, &mut rng, &mut |d, left| writer.more(d, left));
            Written { title: writer.title(), logline: writer.logline(), ending: writer.ending(), kind, drafts }
        }
    };
    mint(brief, written)
}

// The person's own lines are kept once and within what can be said in a shot.
fn settle(drafts: &mut [Draft], mut keep: impl FnMut(&str) -> bool) {
    let mut seen = BTreeSet::new();
    for draft in drafts {
        draft.pool.retain(|line| {
            let short = budget::spoken_words(line) <= LINE_WORDS.max(LINE_CHARS);
            let new = short && seen.insert(line.clone());
            if new {
                keep(line);
            }
            new
        });
    }
}

fn is_past(text: &str) -> bool {
    let words = story::words(text);
    let past = words.iter().filter(|w| matches!(w.as_str(), "was" | "were" | "had") || w.ends_with("ed")).count();
    let present = words.iter().filter(|w| matches!(w.as_str(), "is" | "are" | "has")).count();
    past > present
}

fn mint(brief: &Brief, written: Written) -> Script {
    let mut minter = Minter::new(brief.seed.fork("script"));
    let language = brief.language.value;
    let scenes = written
        .drafts
        .into_iter()
        .map(|draft| {
            let summary = summary(&draft, language);
            let id = minter.scene();
            let mut props = draft.props;
            if lamps::out(&draft.lines) {
                props.push(format!("{} lamp", lamps::UNLIT));
            }
            let lines = draft
                .lines
                .into_iter()
                .map(|text| Line { id: minter.line(), speaker: Speaker::Narrator, text })
                .collect();
            Scene {
                id,
                title: draft.title,
                summary,
                place: draft.spot.words,
                time: draft.time,
                weather: draft.weather,
                mood: draft.mood,
                who: draft.who,
                props,
                lines,
                drafted: None,
                duration_ms: draft.duration_ms,
            }
        })
        .collect();
    Script {
        title: written.title,
        logline: written.logline,
        kind: written.kind,
        ending: written.ending,
        speaking: Vec::new(),
        scenes,
    }
}

// What a picture is drawn from: who is where, then what is told.
fn summary(draft: &Draft, language: Language) -> String {
    if !draft.happens.is_empty() {
        return draft.happens.clone();
    }
    let told = draft.lines.first().or(draft.pool.first()).cloned().unwrap_or_default();
    if language != Language::En {
        return if told.is_empty() { draft.title.clone() } else { told };
    }
    let who = if draft.who.is_empty() { "Nobody in sight".to_owned() } else { super::grammar::and_joined(&draft.who) };
    let place = draft.spot.with_preposition();
    let start = if draft.who.is_empty() {
        story::sentence_case(&draft.spot.words)
    } else {
        format!("{} {place}", story::sentence_case(&who))
    };
    format!("{start}, {}. {told}", draft.time.as_str()).trim().to_owned()
}
