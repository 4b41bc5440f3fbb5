//! What a message does in the dialogue, whatever it is about: agree, refuse, take back, amend, correct.

use std::sync::LazyLock;

use regex::Regex;

use super::words;
use crate::understanding::Cue;

/// What a message does in the dialogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Heard {
    /// "go", "start".
    Go,
    /// "ok", "yes, great".
    Yes,
    /// "no", "never mind".
    No,
    /// "undo that".
    Undo,
    /// "redo".
    Redo,
    /// "stop".
    Stop,
    /// "pause".
    Pause,
    /// "go on".
    Resume,
    /// "try again".
    Retry,
    /// "yes, but …": what comes after.
    But(String),
    /// "no, I meant …": what comes after.
    Meant(String),
    /// "Standard length": seconds.
    Length(u32),
    /// "make it about a dragon": what it is about then.
    About(String),
    /// "start episode 2", counted from 1.
    Episode(u32),
    /// None of these.
    Other,
}

/// Seconds of the quick choices: short, standard, long.
pub(super) const LENGTHS: [u32; 3] = [30, 90, 240];

fn patterns() -> Option<&'static [Regex; 4]> {
    static PATTERNS: LazyLock<Option<[Regex; 4]>> = LazyLock::new(|| {
        let re = |pattern: &str| Regex::new(pattern).ok();
        Some([
            re(
                r"(?i)^\s*(?:(?:ok(?:ay)?|yes|yep|yeah|sure|fine|good|great|perfect|nice|sí|vale|bien|oui|d'accord|ja|gut|schön|好|好的|可以|はい|いいけど|いいね)[\s,，、.!。]*)?(?:but|just|except|although|pero|mais|aber|nur|nicht|但是|但|不过|只是|でも|ただ(?:し)?)[\s,，、]*(.+)$",
            )?,
            re(
                r"(?i)^\s*(?:(?:no|nope|nein|non|sorry|wait|oops|不|不是|不对|いや|いいえ|違う)[\s,，、.!。]*)?(?:i (?:meant|mean|was talking about|said)|(?:me refería a|quería decir|quise decir)|(?:je (?:voulais dire|parlais de|voulais))|(?:ich (?:meinte|meine|wollte))|(?:我是说|我说的是|我指的是|我的意思是)|(?:言いたかったのは|言ったのは))[\s,，、:]*(.+)$",
            )?,
            re(
                r"(?i)^\s*(?:ok(?:ay)?[\s,]*|now |please |and )*(?:start|make|begin|do|go with|go on with|empieza|haz|comienza|commence|fais|starte|mach|beginne|开始|制作|做)\s*(?:with |con |avec |mit )?(?:the |el |l'|die )?(?:(?:episode|part|film|episodio|parte|épisode|partie|folge|teil)\s*(\d+|one|two|three|four|five|six|uno|dos|tres|un|deux|trois|eins|zwei|drei)|第\s*(\d+|[一二三四五六])\s*(?:集|部|話))[\s.!]*$|^\s*第\s*(\d+|[一二三四五六])\s*(?:話|集)(?:を)?(?:始めて|作って|开始)",
            )?,
            re(
                r"(?i)^\s*(?:(?:no|ok(?:ay)?|actually|please|hm+|rather)[\s,]+)*(?:(?:make|let|have|change|turn|switch)\s+(?:it|this|that|the (?:film|video|movie|story|subject|topic))\s+(?:to\s+)?(?:be\s+)?(?:all\s+)?about|mach(?:e)?\s+(?:es|ihn|daraus)\s+(?:einen film\s+)?über|que\s+(?:sea|trate)\s+(?:sobre|de)|hazl[oa]\s+sobre|fais-?(?:le|la|en)\s+(?:un film\s+)?sur|改成(?:关于|讲)|换成(?:关于|讲))\s*(.+?)(?:\s+instead|\s+stattdessen)?[\s.!。！]*$",
            )?,
        ])
    });
    PATTERNS.as_ref()
}

/// A number as digits or a small number word.
pub(super) fn number(word: &str) -> Option<u32> {
    let words: [&[&str]; 12] = [
        &["one", "first", "uno", "un", "eins", "一"],
        &["two", "second", "dos", "deux", "zwei", "二", "两"],
        &["three", "third", "tres", "trois", "drei", "三"],
        &["four", "fourth", "cuatro", "quatre", "vier", "四"],
        &["five", "fifth", "cinco", "cinq", "fünf", "五"],
        &["six", "sixth", "seis", "sechs", "六"],
        &["seven", "siete", "sept", "sieben", "七"],
        &["eight", "ocho", "huit", "acht", "八"],
        &["nine", "nueve", "neuf", "neun", "九"],
        &["ten", "diez", "dix", "zehn", "十"],
        &["eleven", "once", "onze", "elf", "十一"],
        &["twelve", "doce", "douze", "zwölf", "十二"],
    ];
    let word = word.to_lowercase();
    word.parse().ok().or_else(|| words.iter().position(|list| list.contains(&word.as_str())).map(|at| at as u32 + 1))
}

/// The parts of a short message between its signs, without courtesies.
fn parts(text: &str) -> Vec<String> {
    let small = text.to_lowercase().replace('’', "'");
    let cut = small.split([',', '.', '!', '?', ';', '，', '。', '！', '、', '\n', '…']);
    cut.map(|part| part.trim().trim_end_matches(" please").trim_end_matches(" now").trim_end_matches(" then").trim())
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect()
}

impl Heard {
    /// Hears a message. What understanding takes for a cue counts where the words are not plain enough.
    pub(super) fn of(text: &str, cue: Option<Cue>) -> Self {
        match (Self::of_words(text), cue) {
            (Self::Other, Some(Cue::Undo)) => Self::Undo,
            (Self::Other, Some(Cue::Redo)) => Self::Redo,
            (Self::Other, Some(Cue::Agreement)) => Self::Yes,
            (Self::Other, Some(Cue::Refusal)) => Self::No,
            (heard, _) => heard,
        }
    }

    fn of_words(text: &str) -> Self {
        let parts = parts(text);
        let whole = parts.join(", ");
        let is = |class: &'static str| words::list(class).contains(&whole.as_str());
        let among = |class: &'static str, part: &String| words::list(class).contains(&part.as_str());
        if is("undo") {
            return Self::Undo;
        }
        if is("redo") {
            return Self::Redo;
        }
        if is("retry") {
            return Self::Retry;
        }
        for (class, seconds) in [("short", LENGTHS[0]), ("standard", LENGTHS[1]), ("long", LENGTHS[2])] {
            if is(class) {
                return Self::Length(seconds);
            }
        }
        // Thanks alone are no yes; "great, thanks" is.
        let words: Vec<_> = parts.iter().filter(|part| !among("thanks", part)).collect();
        if !words.is_empty() && words.iter().all(|part| among("yes", part) || among("go", part)) {
            return if parts.iter().any(|part| among("go", part)) { Self::Go } else { Self::Yes };
        }
        for (class, heard) in [("stop", Self::Stop), ("pause", Self::Pause), ("resume", Self::Resume)] {
            if is(class) {
                return heard;
            }
        }
        if !words.is_empty() && words.iter().all(|part| among("no", part)) {
            return Self::No;
        }
        let Some([but, meant, episode, about]) = patterns() else { return Self::Other };
        if let Some(found) = episode.captures(text) {
            let said = found.iter().skip(1).flatten().next().and_then(|n| number(n.as_str()));
            if let Some(number) = said {
                return Self::Episode(number);
            }
        }
        let rest = |found: regex::Captures<'_>| found.get(1).map_or_else(String::new, |rest| rest.as_str().to_owned());
        if let Some(found) = about.captures(text) {
            return Self::About(rest(found));
        }
        if let Some(found) = meant.captures(text) {
            return Self::Meant(rest(found));
        }
        if let Some(found) = but.captures(text) {
            let keyword_is_part = ["nur", "nicht", "except", "just"].iter().any(|w| starts_with_word(text, w));
            return Self::But(if keyword_is_part { text.trim().to_owned() } else { rest(found) });
        }
        // "No, the dog": a refusal and what was meant.
        if let Some(after) = after_no(text) {
            return Self::Meant(after);
        }
        Self::Other
    }
}

fn starts_with_word(text: &str, word: &str) -> bool {
    text.trim_start().to_lowercase().strip_prefix(word).is_some_and(|rest| rest.starts_with([' ', ',']))
}

/// What follows "no," in a short message; a longer one is a request of its own.
fn after_no(text: &str) -> Option<String> {
    let trimmed = text.trim();
    let rest = ["no,", "No,", "nein,", "Nein,", "non,", "Non,", "不，", "不是，", "いや、"]
        .iter()
        .find_map(|no| trimmed.strip_prefix(no))?;
    (rest.split_whitespace().count() <= 4 && !rest.trim().is_empty()).then(|| rest.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_answer_does_one_thing() {
        let check = |text: &str, want: Heard| assert_eq!(Heard::of(text, None), want, "{text:?}");
        check("go", Heard::Go);
        check("Yes, go ahead!", Heard::Go);
        check("ok", Heard::Yes);
        check("Great, thanks.", Heard::Yes);
        check("never mind", Heard::No);
        check("undo that", Heard::Undo);
        check("Redo", Heard::Redo);
        check("Standard length", Heard::Length(90));
        check("yes, but not in the first scene", Heard::But("not in the first scene".into()));
        check(
            "Yes, but make episode 2 longer and more dramatic",
            Heard::But("make episode 2 longer and more dramatic".into()),
        );
        check("ja, aber nicht in der ersten Szene", Heard::But("nicht in der ersten Szene".into()));
        check("好的，但是第一个场景不要", Heard::But("第一个场景不要".into()));
        check("except the last scene", Heard::But("except the last scene".into()));
        check("thanks", Heard::Other);
        check("make it about a dragon who bakes bread", Heard::About("a dragon who bakes bread".into()));
        check("No, make this about bees instead.", Heard::About("bees".into()));
        check("no, I meant the dog", Heard::Meant("the dog".into()));
        check("No, the dog", Heard::Meant("the dog".into()));
        check("start episode 2", Heard::Episode(2));
        check("第2話を始めて", Heard::Episode(2));
        check("Make a film about a fox", Heard::Other);
        check("no captions", Heard::Other);
        check("a whale, but also a dog", Heard::Other);
        check("", Heard::Other);
    }
}
