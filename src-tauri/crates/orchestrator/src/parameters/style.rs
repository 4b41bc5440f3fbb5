//! The look, in the person's words, and what it means for the built-in studio.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;
use story::Style;

use super::labels::Label;
use super::reading::{Reading, Role, STYLES};
use crate::wording::{Hit, Words, fold};

/// Ways to name any look at all; the first group that matched is the look.
const OPEN: &[&str] = &[
    r"\b(?:in|with|after) (?:the |an? )?(?:[\w-]+ )?(?:style|manner|look|aesthetic|spirit|vein|tradition) of (?:an? |the )?([^,.;:!?()\n]+)",
    r"\b(?:styled|shot|filmed|drawn|painted|rendered|animated|looks?|looking|feels?|done|presented|told) (?:to look |to feel |just |a bit |something |kind of |sort of )?(?:like|as if it were|as though it were|as) (?:it's |it was )?(?:an? |the |one of those |some )?([^,.;:!?()\n]+)",
    r"(?:^|[,.;:!?(]\s*)(?:(?:make it |a bit |something |kind of |sort of |all |just )?(?:like|as) (?:it's |it was |in )?(?:an? |the |one of those )?)([^,.;:!?()\n]+)",
    r"((?:[^\s,;:!?().]+ ){0,3}?[^\s,;:!?().]+)[ -](?:art[ -])?(?:style|styled|aesthetics?|inspired)\b",
    r"((?:[^\s,;:!?().]+ ){0,3}?[^\s,;:!?().]+)[ -](?:look|looks|vibes?|visuals)\b",
    r"\b(?:al|en el|con el|con|de|en) estilo (?:de )?(?:l[oa]s? |una? )?([^,.;:!?()\n]+)",
    r"\b(?:estilo|con estética|con aspecto|con aire) (?:de )?(?:l[oa]s? |una? )?([^,.;:!?()\n]+)",
    r"\bcomo (?:un|una|en un|en una) (vieja? [^,.;:!?()\n]+|antigu[^,.;:!?()\n]+|película [^,.;:!?()\n]+)",
    r"\b(?:dans (?:le|un)|en|de) style (?:de |d['’])?(?:l[ea]s? |une? )?([^,.;:!?()\n]+)",
    r"\b(?:style|façon|esthétique|rendu|ambiance visuelle) (?:de |d['’])?(?:l[ea]s? |une? )?([^,.;:!?()\n]+)",
    r"\bà la (?:manière|façon) (?:de |d['’]|du |des )(?:l[ea]s? |une? )?([^,.;:!?()\n]+)",
    r"\b(?:im|in dem|in einem) (?:stil|look) (?:von |eines |einer |der |des |alter )?([^,.;:!?()\n]+)",
    r"\bim ((?:[^\s,]+ ){0,2}?[^\s,]+?)[- ]?(?:stil|look)\b",
    r"([^\s,.;:]+?)[- ]?(?:stil|look|optik)\b",
    r"\bwie (?:ein |eine |in einem |in einer |aus einem )(alte[^,.;:!?()\n]+)",
    r"(?:像|仿|模仿|类似)([^，。；！？、]{1,10}?)(?:那样|一样|那种|的)(?:的)?(?:画风|风格|感觉|画面|效果)?",
    r"(?:风格|画风)(?:[:：]|是|为|要|用|像)?([^，。；！？、的]{1,10})",
    r"([^，。；！？、\s的用以做个部段条一]{1,8}?)(?:的)?(?:风格|画风|美学|质感)",
    r"([^，。；！？、\s的用以做个部段条一]{2,6})风(?:的|格|，|。|、|$)",
    r"([^、。！？\s]{1,12}?)(?:のような|みたいな)(?:感じ|雰囲気|映像|画|タッチ|画風)",
    r"([^、。！？\sのでをにが]{1,12}?)(?:風|スタイル|テイスト|タッチ|っぽい|っぽく)(?:の|で|に|な|、|。|$)",
];

static PATTERNS: LazyLock<Vec<Regex>> =
    LazyLock::new(|| OPEN.iter().filter_map(|p| Regex::new(&format!("(?im){p}")).ok()).collect());
/// Nothing of an open look can be said without one of these.
static ANY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)styl|look|manner|aesthetic|inspired|vibe|visuals|like|\bas\b|in the (?:spirit|vein|tradition)|estilo|estétic|aspecto|aire|como una?|façon|esthétique|rendu|manière|stil|optik|wie eine?|像|仿|风|画风|美学|质感|ような|みたい|風|スタイル|テイスト|タッチ|っぽ").ok()
});

/// Words that end a look from the right, or begin it from the left.
const STOPS: &str = " a an the in on of with for and about make made it to that which who where showing featuring shows is be but or as like very please want need like at by from into this my our your me us them its film video movie clip short animation reel trailer un una en de con para el la une le les des du pour avec ein eine einen im mit für von der die das ";

fn stops(word: &str) -> bool {
    STOPS.contains(&format!(" {word} "))
}

/// A look found in a message.
pub(super) struct Look {
    /// In the person's words.
    pub(super) words: String,
    /// Where it stands.
    pub(super) ranges: Vec<Range<usize>>,
}

/// The look that a message names.
pub(super) fn look(reading: &Reading<'_>) -> Option<Look> {
    let labelled = reading.parts.iter().find(|p| p.label == Some(Label::Look) && p.clause.text.chars().count() <= 60);
    let known = accepted(reading);
    if let Some(part) = labelled.filter(|p| known.iter().all(|(clause, _)| *clause != p.clause.range)) {
        return Some(Look { words: part.clause.text.to_lowercase(), ranges: vec![part.clause.range.clone()] });
    }
    let mut spans: Vec<Range<usize>> = Vec::new();
    for (clause, hit) in &known {
        match spans.last_mut() {
            Some(last)
                if reading.text.get(last.end..hit.range.start).is_some_and(close) && last.start >= clause.start =>
            {
                last.end = hit.range.end;
            }
            _ => spans.push(hit.range.clone()),
        }
    }
    if let Some((words, range)) = open(reading) {
        let inside = spans.iter().any(|s| s.start < range.end && range.start < s.end);
        let better = words.split_whitespace().count() <= 5;
        if spans.is_empty() || (inside && better) {
            spans.retain(|s| !(s.start < range.end && range.start < s.end));
            let mut all = vec![words];
            all.extend(spans.iter().map(|s| reading.text[s.clone()].to_owned()));
            spans.push(range);
            return Some(Look { words: joined(&all), ranges: spans });
        }
        if !inside {
            spans.push(range);
        }
    }
    let all: Vec<String> = spans.iter().map(|s| reading.text[s.clone()].trim().to_owned()).collect();
    (!all.is_empty()).then(|| Look { words: joined(&all), ranges: spans })
}

/// At most 60 characters of looks, each once.
fn joined(looks: &[String]) -> String {
    let mut out = String::new();
    for look in looks {
        let look = look.trim();
        if fold(&out).contains(&fold(look)) || (!out.is_empty() && out.chars().count() + look.chars().count() > 55) {
            continue;
        }
        if !out.is_empty() {
            out.push_str(", ");
        }
        out.push_str(look);
    }
    out
}

/// True for what may stand inside one look: a space, a hyphen, "and".
fn close(between: &str) -> bool {
    let between = between.trim();
    between.len() <= 2 && between.chars().all(|c| c == '-' || c == '/' || c == '的' || c == 'の')
}

/// The known looks that are meant as looks, with the clause they stand in.
fn accepted<'h>(reading: &'h Reading<'_>) -> Vec<(Range<usize>, &'h Hit<'static>)> {
    reading
        .styles
        .iter()
        .filter_map(|hit| {
            let part = reading.part_of(hit.words.start)?;
            // "minimal music" is the music's.
            let of_sound = reading.special.iter().any(|h| h.class == "sound" && h.range.start == hit.range.end + 1);
            let fits = (part.role == Role::How && !about_before(reading, hit, part.words.start))
                || describes_the_work(reading, hit, part.words.clone())
                || said_as_a_look(reading, hit);
            (fits && !of_sound).then(|| (part.clause.range.clone(), hit))
        })
        .collect()
}

/// "about", and what else makes the words after it a subject.
pub(super) fn about(word: &str) -> bool {
    matches!(
        word,
        "about"
            | "explaining"
            | "explain"
            | "explains"
            | "history"
            | "teaching"
            | "teach"
            | "called"
            | "titled"
            | "named"
            | "sobre"
            | "uber"
            | "sur"
            | "关"
            | "讲"
            | "how"
            | "why"
            | "who"
            | "where"
            | "whose"
            | "showing"
    )
}

fn about_before(reading: &Reading<'_>, hit: &Hit<'_>, start: usize) -> bool {
    (start..hit.words.start).any(|i| reading.word(i).is_some_and(|w| about(&w.norm)))
}

/// "a noir short film", "an animated explainer about…": the look stands before the word for the film, or is that word.
fn describes_the_work(reading: &Reading<'_>, hit: &Hit<'_>, part: Range<usize>) -> bool {
    if about_before(reading, hit, part.start) {
        return false;
    }
    let is_work = reading
        .work
        .iter()
        .any(|h| h.class == "work" && h.words.start <= hit.words.start && h.words.end >= hit.words.end);
    let unspaced = reading.word(hit.words.start).is_some_and(|w| w.unspaced);
    if is_work && (unspaced || hit.words.start < part.start + 14) {
        return true;
    }
    // "claymation of a potato".
    let next = reading.word(hit.words.end).map_or("", |w| w.norm.as_str());
    if hit.words.start <= part.start + 3 && matches!(next, "of" | "about" | "showing") {
        return true;
    }
    for i in hit.words.end..(hit.words.end + 6).min(part.end) {
        let Some(word) = reading.word(i) else { break };
        if reading.is(i, "work") {
            return true;
        }
        if matches!(
            word.norm.as_str(),
            "of" | "who"
                | "about"
                | "that"
                | "with"
                | "and"
                | "in"
                | "is"
                | "on"
                | "de"
                | "sur"
                | "sobre"
                | "uber"
                | "mit"
                | "con"
                | "avec"
        ) {
            return false;
        }
    }
    false
}

/// "in watercolor", "anime style", "like claymation".
fn said_as_a_look(reading: &Reading<'_>, hit: &Hit<'_>) -> bool {
    let next = hit.words.end;
    let adjacent = reading
        .word(next)
        .is_some_and(|w| reading.text[hit.range.end..w.range.start].trim_matches([' ', '-', '的']).is_empty());
    if adjacent && reading.is(next, "look") {
        return true;
    }
    let mut before = hit.words.start;
    for _ in 0..3 {
        let Some(word) = before.checked_sub(1).and_then(|i| reading.word(i)) else { return false };
        let gap = &reading.text[word.range.end..reading.words.list[before].range.start];
        if gap.contains([',', '.', '，', '。', ';']) {
            return false;
        }
        match word.norm.as_str() {
            "in" | "as" | "like" | "style" | "look" | "estilo" | "facon" | "im" | "als" | "wie" | "en" | "用"
            | "以" | "像" | "stil" | "rendered" | "animated" | "风" | "格" | "fully" => {
                return !matches!(hit.class, "storybook" | "sepia" | "real") || word.norm != "like" || adjacent;
            }
            "a" | "an" | "the" | "old" | "soft" | "black" | "dark" | "very" | "simple" | "classic" | "full"
            | "gritty" | "colorful" | "colourful" | "un" | "une" | "una" | "eine" | "ein" => before -= 1,
            _ => return false,
        }
    }
    false
}

/// A look that no list knows, said with a phrase for looks.
fn open(reading: &Reading<'_>) -> Option<(String, Range<usize>)> {
    if !ANY.as_ref().is_some_and(|re| re.is_match(reading.text)) {
        return None;
    }
    for (number, pattern) in PATTERNS.iter().enumerate() {
        for captures in pattern.captures_iter(reading.text) {
            let (Some(whole), Some(said)) = (captures.get(0), captures.get(1)) else { continue };
            let leading = number == 3 || number == 4;
            let Some((start, end)) = trimmed(said.as_str(), leading) else { continue };
            let words = said.as_str()[start..end].trim();
            if !is_a_look(reading, words, number) {
                continue;
            }
            let from = if leading { said.start() + start } else { whole.start() };
            let to = if leading { whole.end() } else { said.start() + end };
            return Some((words.to_owned(), from..to));
        }
    }
    None
}

/// The look inside what a pattern caught: from the right of "style", back to a word that ends it; or from the left of
/// what follows "like", up to such a word.
fn trimmed(said: &str, leading: bool) -> Option<(usize, usize)> {
    let words = Words::of(said).list;
    if words.iter().any(|w| w.unspaced) {
        return Some((0, said.len()));
    }
    let end = |w: &crate::wording::Word| w.range.end;
    if leading {
        let start = words.iter().rposition(|w| stops(&w.norm)).map_or(0, |i| i + 1);
        return words.get(start).map(|w| (w.range.start, said.len()));
    }
    let stop = words.iter().skip(1).position(|w| {
        stops(&w.norm)
            && !matches!(
                w.norm.as_str(),
                "of" | "the" | "a" | "an" | "and" | "de" | "la" | "el" | "les" | "des" | "du" | "der" | "von"
            )
            || w.norm == "about"
    });
    let count = stop.map_or(words.len(), |i| i + 1).min(7);
    words.get(..count)?.last().map(|w| (words[0].range.start, end(w)))
}

/// Sorts out what the patterns catch besides looks.
fn is_a_look(reading: &Reading<'_>, words: &str, pattern: usize) -> bool {
    let list = Words::of(words).list;
    if list.is_empty() || words.chars().count() > 60 {
        return false;
    }
    let known = !STYLES.find(&list).is_empty();
    let only = |class: &str| list.iter().all(|w| super::reading::work_has(class, &w.norm));
    if !known && (only("fill") || only("work") || only("feel")) {
        return false;
    }
    match pattern {
        // "drawn as…", "like a…": narrative sentences say it too.
        1 | 2 => known || (list.len() <= 5 && !acts(reading, words) && (pattern == 2 || looks_like_media(words))),
        // "a warm look" is a feeling.
        4 => known || !super::mood::is_mood(words),
        _ => true,
    }
}

fn acts(reading: &Reading<'_>, words: &str) -> bool {
    reading.beings.iter().any(|h| words.contains(&reading.text[h.range.clone()]))
}

/// Words for things that have a look of their own.
fn looks_like_media(words: &str) -> bool {
    let lower = fold(words);
    [
        "news",
        "tv",
        "channel",
        "broadcast",
        "poster",
        "postcard",
        "painting",
        "drawing",
        "print",
        "photo",
        "film",
        "movie",
        "video",
        "game",
        "book",
        "tape",
        "show",
        "cartoon",
        "comic",
        "illustration",
        "magazine",
        "commercial",
        "ad",
        "opera",
        "map",
        "tapestry",
        "mural",
        "stamp",
        "collage",
        "memory",
        "dream",
        "trailer",
        "sitcom",
        "reel",
        "footage",
    ]
    .iter()
    .any(|m| lower.split(|c: char| !c.is_alphanumeric()).any(|w| w.trim_end_matches('s') == *m))
}

/// The style of the built-in studio that words mean.
pub(crate) fn style_of(text: &str) -> Option<Style> {
    let slug = text.trim().to_lowercase().replace([' ', '-'], "_");
    if let Some(style) = Style::ALL.into_iter().find(|s| s.as_str() == slug) {
        return Some(style);
    }
    let words = Words::of(text);
    let class = STYLES.find(&words.list).first().map(|hit| hit.class)?;
    if class == "real" {
        return Some(Style::Flat);
    }
    Style::ALL.into_iter().find(|s| s.as_str() == class)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_are_read_in_the_persons_words() {
        let check = |text: &str, want: Option<&str>| {
            let found = look(&Reading::of(text, crate::language_of(text))).map(|l| l.words);
            assert_eq!(found.as_deref(), want, "{text}");
        };
        check("a 30-second watercolor film about a whale", Some("watercolor"));
        check("a person in a forest clearing, Studio Ghibli style, 16:9", Some("Studio Ghibli"));
        check("a heron at dusk, in the manner of a woodcut", Some("woodcut"));
        check("a man riding a cat in cartoon style", Some("cartoon"));
        check("the moon landing, like old TV news", Some("old TV news"));
        check("about drinking tea", None);
        check("a video about the history of animation", None);
        check("un corto de animación sobre un faro", Some("animación"));
        check("ein Film über einen Igel im Stil von Scherenschnitten", Some("Scherenschnitten"));
        check("水彩风格的短片", Some("水彩"));
        assert_eq!(style_of("Studio Ghibli"), Some(Style::Anime));
        assert_eq!(style_of("paper_cut"), Some(Style::PaperCut));
        assert_eq!(style_of("something else"), None);
    }
}
