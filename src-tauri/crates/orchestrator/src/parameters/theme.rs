//! The theme: what the film is about, freed of the request around it and of length, style and format.

use std::sync::LazyLock;

use regex::Regex;
use story::{Language, Mood, clean_text, words};

use super::{aspect, duration::duration, special, style};

const WORK: &str = r"(?:animated |short |little |quick |mini[ -]?)*(?:film|video|movie|clip|short|story|animation|cartoon|reel|ad|advert|advertisement|commercial|trailer|teaser|documentary|explainer|tutorial|montage|music video|promo|series|episode|something|one)s?";

static REQUEST: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(&format!(
        r"(?ix)^\s*(?:(?:hi|hello|hey|please|ok|okay|so|now)[\s,!]+)*
        (?:(?:can|could|would|will)\s+you\s+(?:please\s+)?|i(?:'d|\s+would)?\s+(?:like|love|want|need)\s+(?:you\s+)?(?:to\s+(?:make|create|see|have|get)\s+)?|let'?s\s+|help\s+me\s+(?:to\s+)?|we\s+need\s+|give\s+me\s+)?
        (?:make|create|generate|produce|build|do|film|shoot|render|draw|animate|design|craft|tell|write)?\s*(?:me|us)?\s*
        (?P<before>[^,.;!?\n]*?\b{WORK})\b\s*
        (?:about|on|of|showing|where|in\s+which|for|featuring|with|that\s+(?:shows|tells|explains)|explaining|called|titled|:|-|—)\s*(?:the\s+story\s+of\s+)?"
    ))
    .ok()
});
static BARE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(&format!(r"(?i)^\s*(?:please\s+)?(?:(?:can|could)\s+you\s+)?(?:make|create|generate|produce|animate|film|show|draw|tell)\s+(?:me\s+|us\s+)?(?:an?\s+|some\s+)?(?:(?:great|nice|cool|wonderful|beautiful|good|awesome|amazing|new|another)\s+)*(?:{WORK})?\s*")).ok()
});
static OTHER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)^\s*(?:hazme|haz|crea|quiero|créame|genera|fais(?:-moi)?|crée|je\s+veux|je\s+voudrais|mach(?:e)?(?:\s+mir)?|erstelle|ich\s+möchte|ich\s+will)\b.*?\b(?:sobre|acerca\s+de|de|sur|à\s+propos\s+de|über|von)\s+(?P<es>.+)$
         | ^\s*(?:请|帮我|给我|我想|我要)*(?:做|制作|生成|创作|拍)(?:一个|一部|一段|个|段)?(?:关于|有关)?(?P<zh>.+?)(?:的)?(?:视频|短片|影片|电影|动画|片子)?\s*$
         | ^(?P<ja>.+?)(?:について|に関する|の)(?:動画|ビデオ|映画|アニメ|ショート).*$",
    )
    .ok()
});
static FORMAT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?ix)\b(?:in|as|at|with)?\s*(?:an?\s+)?(?:about\s+|around\s+|roughly\s+|exactly\s+|under\s+)?\d+(?:[.,]\d+)?(?:\s*-\s*\d+)?[\s-]*(?:seconds?|secs?|s|minutes?|mins?|min)\b(?:\s+long)?|\b(?:16:9|9:16|1:1|4:5|21:9)\b|\b(?:half\s+a\s+minute|two\s+min(?:ute)?s|a\s+minute\s+long|one\s+minute)\b|\bin\s+[\w' -]{3,30}?\s+style\b|\b[\w-]+\s+style\b|\b(?:vertical|widescreen|square)\s*(?:format|video)?\b").ok()
});

/// True for a clause that says only how: length, style, shape, mood, sound.
fn says_only_how(clause: &str) -> bool {
    let count = words(clause).len();
    (duration(clause).is_some() && count <= 6)
        || (aspect::aspect(clause).is_some() && count <= 5)
        || (special::is_demand(clause) && count <= 6)
        || (style::is_style(clause) && count <= 4)
        || (Mood::from_words(clause).is_some() && count <= 5)
        || (clause.to_lowercase().ends_with(" style") && count <= 5)
        || matches!(
            clause.to_lowercase().as_str(),
            "please" | "thanks" | "thank you" | "for instagram" | "for tiktok" | "for youtube"
        )
}

/// What the film is about; `None` when the message names no subject.
pub(super) fn theme(clauses: &[String], text: &str, language: Language) -> Option<String> {
    let mut parts: Vec<String> = Vec::new();
    for (i, clause) in clauses.iter().enumerate() {
        let clause = if i == 0 { without_request(clause, language) } else { clause.clone() };
        if clause.trim().is_empty() || says_only_how(&clause) {
            continue;
        }
        parts.push(clause.trim().to_owned());
    }
    let joined = parts.join(", ");
    let bare = FORMAT.as_ref().map_or(joined.clone(), |re| re.replace_all(&joined, " ").into_owned());
    let bare = clean_text(&bare, 4000);
    let bare = bare.trim_matches(|c: char| c.is_whitespace() || ",;:-–—".contains(c)).to_owned();
    let only_filler = words(&bare).iter().all(|w| {
        matches!(
            w.as_str(),
            "a" | "an"
                | "the"
                | "video"
                | "film"
                | "movie"
                | "clip"
                | "something"
                | "nice"
                | "cool"
                | "great"
                | "wonderful"
                | "beautiful"
                | "make"
                | "me"
                | "please"
                | "it"
                | "one"
                | "good"
                | "for"
                | "with"
                | "my"
                | "some"
                | "any"
        )
    });
    if words(&bare).is_empty() {
        // A message of pictures alone is about what they show.
        let pictures: String =
            text.chars().filter(|c| !c.is_ascii() && !c.is_alphanumeric() && !c.is_whitespace()).collect();
        return (!pictures.is_empty()).then_some(pictures);
    }
    (!only_filler).then_some(bare)
}

fn without_request(clause: &str, language: Language) -> String {
    let other = OTHER.as_ref().filter(|_| language != Language::En).and_then(|re| re.captures(clause));
    if let Some(rest) = other.and_then(|found| ["es", "zh", "ja"].iter().find_map(|name| found.name(name))) {
        return rest.as_str().to_owned();
    }
    if let Some(found) = REQUEST.as_ref().and_then(|re| re.find(clause)) {
        let rest = &clause[found.end()..];
        if !rest.trim().is_empty() {
            return rest.to_owned();
        }
    }
    BARE.as_ref().map_or_else(|| clause.to_owned(), |re| re.replace(clause, "").into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parameters::clauses::split;

    #[test]
    fn the_subject_stands_free_of_the_request() {
        let check = |text: &str, want: Option<&str>| {
            assert_eq!(theme(&split(text), text, crate::language_of(text)).as_deref(), want, "{text}");
        };
        check(
            "Make a 30-second watercolor film about an old lighthouse keeper. Gentle.",
            Some("an old lighthouse keeper"),
        );
        check("Create a 2-minute video about space exploration", Some("space exploration"));
        check("a hedgehog who is afraid of the dark", Some("a hedgehog who is afraid of the dark"));
        check("a 24-second how-to video about how to bake sourdough bread", Some("how to bake sourdough bread"));
        check("make a wonderful video", None);
        check("Make me a video", None);
        check("🐋🌊", Some("🐋🌊"));
        check(
            "Hazme un corto sobre una abuela que aprende a surfear, divertido",
            Some("una abuela que aprende a surfear, divertido"),
        );
        check(
            "a man riding a cat in cartoon style, square format for instagram, half a minute",
            Some("a man riding a cat"),
        );
    }
}
