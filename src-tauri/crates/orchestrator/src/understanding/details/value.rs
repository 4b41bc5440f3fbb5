//! What a thing becomes, in the person's words: the part of a change that is neither what is done nor to what.

use std::sync::LazyLock;

use regex::Regex;

use super::modification::Part;
use crate::parameters::aspect;
use crate::wording::{fold, head};

/// The longest value, in bytes.
const LONGEST: usize = 78;

/// Where the new value stands: after these words. The first pattern that matches is taken.
static AFTER: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    [
        // Quoted words.
        r#"["“„«「『]([^"”“»」』]+)["”“»」』]"#,
        // "instead of A, B" and "B instead of A".
        r"(?i)^(?:please )?(?:instead of|rather than|statt|anstatt|anstelle von|au lieu d[e'’]|en vez de|en lugar de) [^,]+?(?:,| (?:i'd like|i want|we want|use|let's have|bitte|mets|pon)) ?(?:i'd like|i want|we want|use|let's have|please)? ?(.+)$",
        r"(?i)^(?:please |can we (?:have )?|could we (?:have )?|i'd (?:like|prefer|rather have) |i want |let's (?:have|use) |use |put |make it )*(.+?) (?:instead of|rather than|in place of|statt|anstatt|anstelle|au lieu d[e'’]|à la place|en vez de|en lugar de)\b",
        // "replace A with B", "swap A for B".
        r"(?i)\b(?:replace|swap|substitute|exchange|trade|switch)\w*\b.+?\b(?:with|for|by|to)\b (.+)$",
        r"(?i)\b(?:sustituy\w*|reemplaz\w*|cambi\w*|remplac\w*|chang\w*|échang\w*|ersetz\w*|tausch\w*|wechsl\w*)\b.+?\b(?:por|con|a|par|pour|avec|contre|en|durch|gegen|mit|zu|auf)\b (.+)$",
        // "should be B", "needs B".
        r"(?i)\b(?:should|must|needs? to|has to|ought to|debería|tiene que|devrait|doit|soll(?:te|en|ten)?|muss)\b (?:be |become |look (?:like )?|have |wear |say |read |sound |happen |start |go |get |ser |estar |llevar |tener |être |avoir |porter |mehr wie )?(.+)$",
        // "to B", "into B", "as B".
        r"(?i)\b(?:change|set|turn|switch|convert|make|bring|cut|trim|move|put|shorten|translate|rename|transform|stretch|go|take|get|color|colour|paint|dub|transfer|extend|adjust|raise|lower|alter|shift|crop|reframe|restyle|bump|dial)\w*\b.*?\b(?:into|to|as|on|at|under|for|in)\b (.+)$",
        r"(?i)\b(?:say(?:s|ing)?|reads?|reading|wear(?:s|ing)?|called|named|labell?ed|dressed in|with|like|by|using|use|showing|featuring|from)\b (.+)$",
        r"(?:换成|改成|改为|变成|换为|换上|换|调成|设为|译成|翻成|翻译成|做成|弄成|叫|加上|加|添加|配上|戴上|穿上|放到|用)(?:一[个件首段位只条]|个)?(.+?)(?:吧|。|$)",
        r"(?:を|は|の)([^をはの]+?)(?:に|へ)(?:変えて|変更|して|替えて|差し替え|置き換え|翻訳|移動|なるように)",
        r"(?i)\b(?:auf|in|im|ins|zu|zum|zur|mit|als|wie|à|en|façon|avec|de|a|con|como|sur|unter)\b (.+)$",
    ]
    .iter()
    .filter_map(|p| Regex::new(p).ok())
    .collect()
});
static ENDS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:,? (?:please|pls|thanks|now|from now on|instead|bitte|por favor|s'il (?:te|vous) plaît|then|too|again)|[\s.,!?。！？]+|ください|お願いします|吧)+$").ok()
});

/// What a change says the thing becomes; `None` where no such phrase is in it.
pub(super) fn becomes(clause: &str) -> Option<String> {
    quoted(clause).or_else(|| {
        let said = AFTER.iter().skip(1).filter_map(|re| re.captures(clause).and_then(|c| c.get(1)));
        said.map(|m| m.as_str()).find(|m| !only_a_place(m)).and_then(tidy)
    })
}

/// True for "scene 4", "der dritten Einstellung": where it is, not what it becomes.
fn only_a_place(words: &str) -> bool {
    static PLACE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)^(?:the |der |die |la |el )?(?:(?:scenes?|shots?|clips?|szenen?|escenas?|scènes?|plan|toma|einstellung) [\d, and&-]+|(?:first|second|third|fourth|fifth|last|opening|final) (?:scene|shot|clip)s?)$").ok()
    });
    PLACE.as_ref().is_some_and(|re| re.is_match(words.trim()))
}

/// The last quoted words, as they stand.
pub(super) fn quoted(text: &str) -> Option<String> {
    let last = AFTER.first().and_then(|re| re.captures_iter(text).last()).and_then(|c| c.get(1));
    last.map(|m| head(m.as_str(), LONGEST).to_owned())
}

/// Without courtesies at the end; cut at a word.
pub(super) fn tidy(text: &str) -> Option<String> {
    let bare = ENDS.as_ref().map_or_else(|| text.to_owned(), |re| re.replace(text, "").into_owned());
    let bare = bare.trim().trim_matches(|c: char| c.is_whitespace() || ",;:.\"“”".contains(c)).to_owned();
    let cut = head(&bare, LONGEST);
    let cut = if cut.len() < bare.len() { cut.rsplit_once(' ').map_or(cut, |(a, _)| a) } else { cut };
    (!cut.is_empty()).then(|| cut.to_owned())
}

/// What it becomes, or what comes or goes.
pub(super) fn said(part: &Part<'_>, operation: &str, target: &str) -> Option<String> {
    let becomes = matches!(operation, "replace" | "change" | "rename" | "translate" | "move" | "undo");
    let quoted = quoted(part.text);
    let named = if becomes { self::becomes(part.text) } else { quoted };
    // "Blur the sign": the word for the effect is what comes.
    if target == "effect" && !becomes {
        let effect = part.targets.iter().find(|h| h.class == "effect" && h.words.start == 0);
        if let Some(hit) = effect {
            return tidy(&part.text[hit.range.clone()]);
        }
    }
    let mut found = named.filter(|v| fold(v) != fold(part.text)).or_else(|| rest(part))?;
    if matches!(target, "subtitles" | "language" | "voice_over" | "voice" | "dialogue") {
        // A language that was named is part of what it becomes.
        let spoken = crate::parameters::language_names_in(part.list());
        if let Some(range) = spoken.first().filter(|r| !fold(&found).contains(&fold(&part.text[(*r).clone()]))) {
            part.text[range.clone()].clone_into(&mut found);
        }
    }
    let ratio = aspect(part.text).filter(|r| target == "aspect_ratio" && !found.contains(r));
    Some(ratio.map_or(found.clone(), |r| format!("{found} ({r})")))
}

/// Of "花瓶を片付けて" the vase: Japanese puts the verb last.
fn before_the_verb(text: &str) -> Option<String> {
    let bare = ENDS.as_ref().map_or_else(|| text.to_owned(), |re| re.replace(text, "").into_owned());
    let particle = bare.char_indices().rev().find(|(at, c)| *at > 0 && "をにへでが".contains(*c));
    particle.and_then(|(at, _)| tidy(&bare[..at])).or_else(|| tidy(&bare))
}

/// The words after the verb; of a message without one, those before its first preposition.
fn rest(part: &Part<'_>) -> Option<String> {
    let words = part.list();
    let first = words.first()?;
    if words.iter().any(|w| matches!(w.norm.chars().next(), Some('\u{3040}'..='\u{30ff}'))) {
        return before_the_verb(part.text);
    }
    if first.unspaced {
        // The verb parts what comes from what it is done to.
        let verb =
            part.operations.iter().rev().find(|h| h.range.end < part.text.trim_end_matches(['了', '吧', '。']).len());
        let start = verb.map_or(0, |h| h.range.end);
        return tidy(&part.text[start..]);
    }
    let verb = part.operations.iter().find(|h| h.words.start <= 2).map(|h| h.words.end);
    let courtesy =
        ["please", "can", "could", "would", "lets", "bitte", "kannst", "puedes", "peux"].contains(&first.norm.as_str());
    match (verb, courtesy) {
        (Some(after), _) if after < words.len() && part.operations.iter().any(|h| h.words.start == 0) => {
            tidy(&part.text[words[after].range.start..])
        }
        (_, true) if words.len() > 2 => tidy(&part.text[words[2].range.start..]),
        (None, _) => {
            let stop = words.iter().skip(1).find(|w| {
                matches!(
                    w.norm.as_str(),
                    "on" | "in"
                        | "at"
                        | "for"
                        | "when"
                        | "from"
                        | "between"
                        | "too"
                        | "please"
                        | "en"
                        | "dans"
                        | "pour"
                        | "im"
                        | "auf"
                        | "fur"
                )
            });
            let thing = part
                .targets
                .iter()
                .find(|h| !matches!(h.class, "weather" | "effect" | "object" | "sound" | "transition"));
            // "gelbe Untertitel", "subtitles: white on black": the thing is not what it becomes.
            let beside = thing.and_then(|h| {
                if h.words.start == 0 {
                    part.text.get(h.range.end..).and_then(tidy)
                } else if h.words.end == words.len() {
                    part.text.get(..h.range.start).and_then(tidy)
                } else {
                    None
                }
            });
            beside
                .or_else(|| stop.and_then(|w| tidy(&part.text[..w.range.start])))
                .or_else(|| tidy(&part.text[words.get(1)?.range.start..]))
        }
        _ => tidy(&part.text[words.get(1)?.range.start..]),
    }
}
