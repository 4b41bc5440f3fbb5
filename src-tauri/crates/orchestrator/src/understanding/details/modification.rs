//! The details of a change: what is done, to what, where, and what it becomes.

use std::ops::Range;
use std::sync::LazyLock;

use super::places::{Places, places};
use super::{ModificationDetails, Numbers, TARGETS, value};
use crate::parameters::{aspect, found_lengths, has_being, has_style, names_mood};
use crate::understanding::{Context, cues};
use crate::wording::{Clause, Hit, Lexicon, Word, Words, clauses, fold};

pub(super) static OPERATIONS: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::read(&[include_str!("../data/operations.txt")]));

/// Operations from the plainest word to the vaguest.
const PLAINNESS: [&str; 22] = [
    "undo",
    "rename",
    "translate",
    "regenerate",
    "split",
    "merge",
    "duplicate",
    "freeze",
    "zoom_in",
    "mute",
    "replace",
    "shorten",
    "lengthen",
    "speed_up",
    "slow_down",
    "darken",
    "brighten",
    "move",
    "remove",
    "add",
    "increase",
    "decrease",
];

/// A clause of a change with what is known of its words.
pub(super) struct Part<'a> {
    pub(super) text: &'a str,
    words: Words<'a>,
    pub(super) operations: Vec<Hit<'static>>,
    targets: Vec<Hit<'static>>,
    places: Places,
    /// Where the project's characters are named.
    names: Vec<Range<usize>>,
}

impl<'a> Part<'a> {
    fn of(text: &'a str, context: &Context) -> Self {
        let words = Words::of(text);
        let names = names(&words, context);
        let free = |h: &Hit<'_>| {
            !names.iter().any(|n| n.start <= h.range.start && h.range.end <= n.end) && !in_quotes(text, h.range.start)
        };
        Self {
            operations: OPERATIONS.find(&words.list).into_iter().filter(|h| free(h)).collect(),
            targets: TARGETS.find(&words.list).into_iter().filter(|h| free(h)).collect(),
            places: places(text, context),
            text,
            words,
            names,
        }
    }

    fn says(&self, operation: &str) -> Option<&Hit<'static>> {
        self.operations.iter().find(|h| h.class == operation)
    }

    pub(super) fn list(&self) -> &[Word] {
        &self.words.list
    }
}

/// Where the project's characters are named.
fn names(words: &Words<'_>, context: &Context) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for name in cues::characters(context) {
        for own in Words::of(&fold(&name)).list.iter().filter(|p| !p.unspaced && p.norm.len() > 2 && p.norm != "the") {
            let said =
                words.list.iter().filter(|w| w.norm == own.norm || w.norm.strip_suffix('s') == Some(own.norm.as_str()));
            found.extend(said.map(|w| w.range.clone()));
        }
    }
    found
}

/// True inside double quotes.
fn in_quotes(text: &str, at: usize) -> bool {
    let before = &text[..at];
    before.matches('"').count() % 2 == 1
        || before.rfind(['“', '「', '《', '«', '„']).is_some_and(|o| {
            !before[o..].contains(['”', '」', '》', '»', '“'])
                || before[o..].starts_with('“') && !before[o + 3..].contains(['”', '“'])
        })
}

/// Reads a change.
pub(in crate::understanding) fn modification(text: &str, context: &Context) -> ModificationDetails {
    let whole = Part::of(text, context);
    let first = first_request(text, context);
    let part = first.as_ref().unwrap_or(&whole);
    let operation = operation(part).or_else(|| operation(&whole));
    let character = character(part, context).or_else(|| character(&whole, context));
    let mut target = target(part, operation, character.is_some());
    if matches!(target, "video" | "object") && part.targets.is_empty() && first.is_some() {
        // "The hook is weak, replace it": the clause before says what "it" is.
        let wider = self::target(&whole, operation, character.is_some());
        if wider != "video" {
            target = wider;
        }
    }
    let operation = settled(part, operation, target);
    let places = if part.places == Places::default() { &whole.places } else { &part.places };
    let value = value::said(part, operation, target).or_else(|| value::quoted(text));
    let (scene, shot) = if adds_a_place(part, operation, target) {
        (Vec::new(), Vec::new())
    } else {
        (places.scenes.clone(), places.shots.clone())
    };
    ModificationDetails {
        target: Some(target.to_owned()),
        scene: Numbers::of(scene),
        shot: Numbers::of(shot),
        character,
        operation: Some(operation.to_owned()),
        value,
    }
}

/// The first clause that asks for something; refused and describing clauses before it count for nothing. `None` when
/// the message is one clause.
fn first_request<'a>(text: &'a str, context: &Context) -> Option<Part<'a>> {
    let said = cues::Said::of(text, context);
    let parts: Vec<Clause<'a>> = clauses(text);
    if parts.len() < 2 {
        return None;
    }
    let describes = |c: &Clause<'_>| {
        let part = Part::of(c.text, context);
        part.operations.iter().all(|h| h.class == "change") && part.places.scenes.is_empty()
    };
    let head = said.head.and_then(|h| said.clauses.get(h)).map(|c| c.range.clone());
    let start = head.or_else(|| parts.iter().find(|c| !describes(c)).map(|c| c.range.clone()))?.start;
    // The request runs to the end of its sentence; a second request after "and" or a comma is another one.
    let sentence = parts.iter().find(|c| c.range.contains(&start))?.sentence;
    let end = parts.iter().filter(|c| c.sentence == sentence).map(|c| c.range.end).max()?;
    // "In scene 4, shot 1, swap…": what stands before the head in its sentence says where.
    let before =
        parts.iter().filter(|c| c.sentence == sentence && c.range.end <= start).all(|c| !said_alone(c, context));
    let from =
        if before { parts.iter().find(|c| c.sentence == sentence).map_or(start, |c| c.range.start) } else { start };
    Some(Part::of(text.get(from..end)?, context))
}

/// A clause before the head that says something of its own.
fn said_alone(clause: &Clause<'_>, context: &Context) -> bool {
    let part = Part::of(clause.text, context);
    part.places == Places::default()
}

/// What is done, by the plainest word for it.
fn operation(part: &Part<'_>) -> Option<&'static str> {
    let timed = !found_lengths(part.text).is_empty();
    let takes =
        part.says("remove").is_some_and(|h| !matches!(h.words.start, 0) || fold(&part.text[h.range.clone()]) != "no")
            || ["take ", "clip ", "shave "].iter().any(|w| fold(part.text).starts_with(w));
    let text = fold(part.text);
    let off = text.contains(" off ")
        || text.contains(" from ")
        || text.starts_with("lose ")
        || text.starts_with("cut ") && timed && !text.contains("first") && !text.contains("last");
    if timed && takes && off && part.says("undo").is_none() {
        return Some("shorten");
    }
    if timed
        && (text.contains(" more second")
            || text.contains("another ")
            || text.contains(" more minute")
            || text.contains(" more in total")
            || text.contains("seconds more")
            || text.contains("minute more")
            || text.contains("second longer"))
    {
        return Some("lengthen");
    }
    if timed
        && (text.contains("under ")
            || text.contains("no longer than")
            || text.contains("at most")
            || text.contains("maximum")
            || text.contains("cap ")
            || text.contains("down to")
            || text.contains("hochstens")
            || text.contains("como maximo"))
        && part.says("lengthen").is_none()
    {
        return Some("shorten");
    }
    PLAINNESS
        .iter()
        .find_map(|name| part.operations.iter().find(|h| h.class == *name).map(|h| h.class))
        .or_else(|| part.says("change").map(|h| h.class))
}

/// Words for colours: subtitles in yellow are changed, subtitles in Arabic are added.
const COLOURS: &str = " yellow red blue green white black orange pink purple grey gray gold silver bold italic amarillo rojo azul verde blanco negro jaune rouge bleu vert blanc noir gelb rot blau grun weiss schwarz ";

/// The operation in the light of the target.
fn settled(part: &Part<'_>, operation: Option<&'static str>, target: &str) -> &'static str {
    let text = fold(part.text);
    let said = operation.filter(|o| *o != "-");
    let vague = matches!(said, None | Some("change"));
    let spoken = !languages(part).is_empty();
    let coloured = part.list().iter().any(|w| {
        COLOURS.contains(&format!(" {} ", w.norm))
            || COLOURS.contains(&format!(" {} ", w.norm.trim_end_matches(['s', 'n', 'e'])))
    }) || ["黄色", "白色", "红色", "黄色に", "白に", "赤に"].iter().any(|c| text.contains(c));
    let at_a_place = [
        " top",
        " bottom",
        " left",
        " right",
        "corner",
        " middle",
        "center",
        "centre",
        "upper",
        "lower",
        "later",
        "earlier",
        " oben",
        " unten",
        " links",
        " rechts",
        "arriba",
        "abajo",
        "izquierda",
        "derecha",
        "en haut",
        "en bas",
        "gauche",
        "droite",
        "上に",
        "下に",
        "右",
        "左",
    ]
    .iter()
    .any(|w| text.contains(w));
    match (said, target) {
        (_, "language") if vague && spoken => {
            if text.contains("version") || text.contains("into") {
                "translate"
            } else {
                "change"
            }
        }
        (_, "voice_over" | "dialogue" | "script" | "text" | "title" | "voice") if vague && spoken => "translate",
        (_, "subtitles") if vague && spoken => {
            if text.contains("into") || text.contains("render") {
                "translate"
            } else {
                "add"
            }
        }
        (_, "title" | "text" | "subtitles" | "logo" | "watermark") if vague && at_a_place => "move",
        (_, "camera")
            if vague
                && ["fix", "fija", "fest", "still", "steady", "固定", "ruhig"].iter().any(|w| text.contains(w)) =>
        {
            "freeze"
        }
        (Some("replace" | "change"), "title")
            if text.contains("换成") || text.contains("改成") || value::quoted(part.text).is_some() =>
        {
            "rename"
        }
        (Some("change"), "character") if text.contains("call ") && value::quoted(part.text).is_some() => "rename",
        (Some("change"), "object") if text.contains(" into ") => "replace",
        (Some("change"), "weather") => "add",
        (Some("change"), "dialogue")
            if value::quoted(part.text).is_some()
                && (text.starts_with("let ") || text.starts_with("have ") || text.starts_with("make ")) =>
        {
            "add"
        }
        (None | Some("change" | "add"), "music" | "voice_over" | "title")
            if !part.places.scenes.is_empty()
                && ["从", "开始", "empiec", "commenc", "beginn", "start", "から始"]
                    .iter()
                    .any(|w| text.contains(w)) =>
        {
            "move"
        }
        (Some("translate"), "language") if part.says("translate").is_none() && !text.contains("version") => "change",
        (Some("increase"), "lighting")
            if text.contains("shadow")
                || text.contains("sombra")
                || text.contains("ombre")
                || text.contains("schatten") =>
        {
            "darken"
        }
        (Some("add"), "subtitles") if text.contains("only") => "change",
        (Some("add"), "subtitles" | "text") if coloured && !text.starts_with("add") => "change",
        (Some("increase"), "voice" | "mood" | "character") if text.contains("more ") && !text.contains("more of") => {
            "change"
        }
        (Some("increase" | "decrease"), "subtitles" | "text" | "title") if coloured && text.contains(',') => "change",
        (Some("decrease"), "lighting") => "darken",
        (Some("increase"), "lighting") if text.contains("light") => "brighten",
        (Some("speed_up"), "voice_over" | "dialogue") if text.contains("snappier") => "change",
        (Some("lengthen" | "shorten"), "character") => "change",
        (Some("merge" | "split"), other) if !matches!(other, "scene" | "shot" | "video") => "change",
        (Some(other), _) => other,
        // A bare noun is to be there: "fog in scene 2", "a radio on the counter".
        (None, "weather" | "effect" | "sound" | "object" | "transition" | "watermark" | "music" | "costume")
            if part.list().len() <= 8 && !coloured =>
        {
            "add"
        }
        (None, "subtitles") if !coloured => "add",
        (None, _) => "change",
    }
}

/// The languages that a clause names.
fn languages(part: &Part<'_>) -> Vec<String> {
    crate::parameters::languages_in(part.list())
}

/// What is changed.
fn target(part: &Part<'_>, operation: Option<&'static str>, has_character: bool) -> &'static str {
    let inside =
        |range: &Range<usize>| part.places.ranges.iter().any(|r| r.start <= range.start && range.start < r.end);
    let value_from = value_start(part, operation);
    let elsewhere = part.targets.len() > 1 || !part.places.ranges.is_empty();
    let located = |h: &Hit<'_>| {
        inside(&h.range)
            || (matches!(h.class, "scene" | "shot") && located_before(part, h.words.start))
            || (elsewhere && matches!(h.class, "ending" | "opening") && placed(part, h))
    };
    let mut own: Vec<&Hit<'static>> =
        part.targets.iter().filter(|h| !located(h) && h.range.start < value_from).collect();
    if own.is_empty() && part.places.ranges.is_empty() {
        own = part.targets.iter().filter(|h| !located(h) && !matches!(h.class, "video")).collect();
    }
    let whole = own.first().is_some_and(|h| h.class == "video");
    if whole
        && matches!(operation, Some("split" | "slow_down" | "speed_up" | "regenerate" | "undo" | "duplicate"))
        && !own.iter().any(|h| !matches!(h.class, "video" | "pacing" | "scene"))
    {
        return "video";
    }
    if operation == Some("rename") && !part.places.scenes.is_empty() {
        return "scene";
    }
    // "Slow the narration": the word for the speed is what is done, not what it is done to.
    if matches!(operation, Some("speed_up" | "slow_down")) && (own.len() > 1 || !part.places.ranges.is_empty()) {
        own.retain(|h| {
            !matches!(h.class, "pacing" | "effect" | "animation") || fold(&part.text[h.range.clone()]).contains("anim")
        });
    }
    // Of two words side by side the second one is the thing: "logo animation".
    let chosen = own.iter().find(|h| !matches!(h.class, "video" | "character" | "object" | "language")).map(|h| {
        own.iter()
            .find(|n| {
                n.words.start == h.words.end
                    && !matches!(n.class, "video" | "character" | "scene" | "shot")
                    && !part.list()[n.words.start].unspaced
            })
            .unwrap_or(h)
    });
    let timing = matches!(
        operation,
        Some(
            "shorten"
                | "lengthen"
                | "speed_up"
                | "slow_down"
                | "darken"
                | "brighten"
                | "split"
                | "merge"
                | "move"
                | "duplicate"
                | "regenerate"
                | "remove"
                | "undo"
                | "freeze"
                | "zoom_in"
                | "mute"
                | "rename"
                | "translate"
        )
    );
    if let Some(hit) = chosen {
        let said_of_place =
            matches!(hit.class, "lighting" | "duration" | "pacing") && timing && !part.places.scenes.is_empty();
        if hit.class == "costume" || !said_of_place {
            return hit.class;
        }
    }
    if let Some(place) = place_target(part, operation, timing) {
        return place;
    }
    if let Some(hit) = chosen {
        return hit.class;
    }
    if !languages(part).is_empty() && matches!(operation, None | Some("change" | "translate")) {
        return "language";
    }
    let vague = own.iter().find(|h| matches!(h.class, "object" | "character" | "language")).map(|h| h.class);
    let words = part.list();
    if aspect(part.text).is_some() {
        return "aspect_ratio";
    }
    if has_character {
        return "character";
    }
    if let Some(class) = vague {
        return class;
    }
    match operation {
        Some("darken" | "brighten") => return "lighting",
        Some("speed_up" | "slow_down") => return "pacing",
        Some("translate") => return "language",
        Some("rename") => return "title",
        Some("zoom_in") => return "camera",
        Some("freeze") => return "effect",
        Some("mute") => return "sound",
        Some("undo" | "regenerate") => return "video",
        _ => {}
    }
    if !found_lengths(part.text).is_empty() || matches!(operation, Some("shorten" | "lengthen")) {
        return "duration";
    }
    if has_style(words).is_some() {
        return "style";
    }
    if matches!(operation, Some("add" | "remove" | "replace")) {
        return if has_being(words).is_some() { "character" } else { "object" };
    }
    if names_mood(words).is_some() {
        return "mood";
    }
    if fold(part.text).contains(" into ") && fold(part.text).starts_with("turn ") {
        return "object";
    }
    let article =
        words.first().is_some_and(|w| matches!(w.norm.as_str(), "a" | "an" | "un" | "una" | "une" | "ein" | "eine"));
    if operation.is_none() && article && words.len() <= 8 {
        return "object";
    }
    if has_being(words).is_some() {
        return "character";
    }
    "video"
}

/// The scene or shot itself, where it is what the change is about.
fn place_target(part: &Part<'_>, operation: Option<&'static str>, timing: bool) -> Option<&'static str> {
    let Places { scenes, shots, ranges } = &part.places;
    if ranges.is_empty() && !part.targets.iter().any(|h| matches!(h.class, "scene" | "shot")) {
        return None;
    }
    let located = ranges.first().is_some_and(|r| {
        part.list().iter().position(|w| w.range.start >= r.start).is_some_and(|i| located_before(part, i))
    });
    if located && !timing && !matches!(operation, None | Some("change")) {
        return None;
    }
    if !shots.is_empty() {
        return Some("shot");
    }
    if !scenes.is_empty() {
        return Some("scene");
    }
    part.targets.iter().find(|h| matches!(h.class, "scene" | "shot")).map(|h| h.class)
}

/// "at the end", "al final", "最後に": where, not what.
fn placed(part: &Part<'_>, hit: &Hit<'_>) -> bool {
    let before = (1..=2).filter_map(|back| hit.words.start.checked_sub(back)).filter_map(|i| part.list().get(i));
    let led = before.map(|w| w.norm.as_str()).any(|w| {
        matches!(
            w,
            "at" | "to" | "towards" | "from" | "in" | "al" | "a" | "au" | "am" | "ans" | "zum" | "en" | "到" | "在"
        )
    });
    led || part.text[hit.range.end..].starts_with(['に', 'で', '加', '放', '插'])
}

/// True when the word before says "in", "of", "after": a place, not a thing.
fn located_before(part: &Part<'_>, word: usize) -> bool {
    (1..=2).filter_map(|back| word.checked_sub(back)).filter_map(|i| part.list().get(i)).any(|w| {
        matches!(
            w.norm.as_str(),
            "in" | "of"
                | "after"
                | "before"
                | "during"
                | "at"
                | "for"
                | "from"
                | "between"
                | "to"
                | "under"
                | "on"
                | "de"
                | "en"
                | "durante"
                | "tras"
                | "dans"
                | "apres"
                | "avant"
                | "pendant"
                | "von"
                | "nach"
                | "vor"
                | "wahrend"
                | "aus"
                | "im"
                | "der"
                | "在"
        )
    })
}

/// "Insert a scene between 4 and 5": the numbers say where the new one goes.
fn adds_a_place(part: &Part<'_>, operation: &str, target: &str) -> bool {
    let text = fold(part.text);
    let new = matches!(target, "scene" | "shot" | "camera") && operation == "add";
    let whence = !matches!(target, "scene" | "shot" | "transition") && matches!(operation, "remove" | "move");
    (new || whence)
        && [
            "after", "before", "between", "despues", "antes", "entre", "apres", "avant", "nach", "vor", "zwischen",
            "之后", "之前", "后面", "前面", "之间", "の後", "の前", "の間",
        ]
        .iter()
        .any(|w| text.contains(w))
}

/// Where what the thing becomes begins: its words are no target.
fn value_start(part: &Part<'_>, operation: Option<&str>) -> usize {
    let links: &[&str] = match operation {
        Some("replace" | "change") | None => {
            &["with", "for", "by", "into", "to", "por", "par", "durch", "gegen", "contre", "换成", "改成", "变成", "as"]
        }
        Some("translate" | "rename" | "move") => &["into", "to", "al", "a", "en", "ins", "zu", "nach"],
        _ => return usize::MAX,
    };
    let list = part.list();
    let spaced = list.iter().skip(2).find(|w| links.contains(&w.norm.as_str())).map(|w| w.range.start);
    spaced.or_else(|| ["换成", "改成", "变成", "改为"].iter().find_map(|l| part.text.find(l))).unwrap_or(usize::MAX)
}

/// A character of the project that is named, or the being that is spoken of.
fn character(part: &Part<'_>, context: &Context) -> Option<String> {
    let list = part.list();
    for name in cues::characters(context) {
        let folded = fold(&name);
        let own: Vec<Word> = Words::of(&folded).list.into_iter().filter(|w| w.norm != "the").collect();
        let key = Words::key(&own);
        let whole = Words::key(list).contains(&key) && !key.is_empty();
        let piece = part.names.iter().any(|n| {
            let said = fold(&part.text[n.clone()]);
            own.iter().any(|p| !p.unspaced && p.norm.len() > 2 && said.starts_with(&p.norm))
        });
        if whole || piece {
            return Some(name);
        }
    }
    has_being(list).map(|h| part.text[h.range].to_lowercase())
}
