//! A message cut into its requests: "make the forest darker and add fog, and skip the captions" is three.

use crate::wording::clauses;

/// Joins two requests, in each language.
const AND: &[&str] = &[" and ", " y ", " et ", " und ", " then ", " & "];
/// Joins two requests where words are not parted.
const AND_UNSPACED: &[&str] = &["，并且", "并且", "，然后", "然后", "，再", "，还要", "，也", "て、", "、そして"];

/// True for a comparative or "more …" that stands alone ("more dramatic", "darker").
fn compares(word: &str) -> bool {
    matches!(word, "more" | "less" | "plus" | "más" | "mehr")
        || (word.len() > 4
            && word.ends_with("er")
            && !matches!(
                word,
                "never"
                    | "after"
                    | "under"
                    | "over"
                    | "other"
                    | "water"
                    | "river"
                    | "winter"
                    | "summer"
                    | "letter"
                    | "tiger"
                    | "flower"
                    | "paper"
                    | "sister"
                    | "brother"
                    | "mother"
                    | "father"
                    | "power"
                    | "tower"
                    | "keeper"
                    | "baker"
                    | "soldier"
                    | "butler"
                    | "number"
                    | "character"
            ))
}

fn begins(text: &str) -> bool {
    let first = story::words(text).into_iter().next().unwrap_or_default();
    super::words::list("begin").contains(&first.as_str()) || compares(&first)
}

/// Where quotes open and close; what is between is never cut.
fn quoted(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut ranges = Vec::new();
    let mut open: Option<usize> = None;
    for (at, c) in text.char_indices() {
        match (c, open) {
            ('“' | '«' | '「' | '„' | '"', None) => open = Some(at),
            ('"' | '”' | '»' | '」', Some(from)) => {
                ranges.push(from..at + c.len_utf8());
                open = None;
            }
            _ => {}
        }
    }
    ranges
}

/// The requests of a message, in order.
pub(super) fn requests(text: &str) -> Vec<String> {
    let quotes = quoted(text);
    let free = |at: usize| !quotes.iter().any(|range| range.contains(&at));
    let mut cuts: Vec<(usize, usize)> = Vec::new();
    for clause in clauses(text) {
        // A sentence ends a request; a comma only where another one begins.
        let start = clause.range.start;
        let previous = text[..start].trim_end().chars().next_back();
        let ends = previous.is_some_and(|c| matches!(c, '.' | '!' | '?' | ';' | '。' | '！' | '？' | '；' | '\n'));
        let newline = text[..start].ends_with('\n');
        let joined = clause.text.to_lowercase();
        let after_and = ["and ", "then ", "y ", "et ", "und "]
            .iter()
            .find(|and| joined.starts_with(**and))
            .map_or(0, |and| and.len());
        let unspaced = previous.is_some_and(|c| matches!(c, '，' | '、'))
            && clause.text.chars().next().is_some_and(|c| c > '\u{2e80}');
        if start > 0 && free(start) && (ends || newline || unspaced || begins(&clause.text[after_and..])) {
            cuts.push((start, start + after_and));
        }
    }
    // A sentence may end inside its quotes.
    for range in &quotes {
        let said = text[range.clone()].trim_end_matches(['"', '”', '»', '」']);
        let next = text[range.end..].trim_start().chars().next();
        if said.ends_with(['.', '!', '?', '。', '！', '？']) && next.is_some_and(char::is_uppercase) {
            cuts.push((range.end, range.end));
        }
    }
    let small = text.to_lowercase();
    if small.len() == text.len() {
        for and in AND {
            for (at, found) in small.match_indices(and) {
                let next = at + found.len();
                if free(at) && begins(&text[next..]) {
                    cuts.push((at, next));
                }
            }
        }
    }
    for and in AND_UNSPACED {
        for (at, found) in text.match_indices(and) {
            if free(at) {
                cuts.push((at, at + found.len()));
            }
        }
    }
    cuts.sort_unstable();
    let mut parts = Vec::new();
    let mut from = 0;
    for (end, next) in cuts {
        if end >= from {
            parts.push(&text[from..end]);
            from = next;
        } else {
            from = from.max(next);
        }
    }
    parts.push(&text[from.min(text.len())..]);
    let clean = |part: &str| part.trim_matches(|c: char| c.is_whitespace() || ",.;!，。；、".contains(c)).to_owned();
    parts.into_iter().map(clean).filter(|part| !story::words(part).is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_cut_where_another_request_begins() {
        let check = |text: &str, want: &[&str]| assert_eq!(requests(text), want, "{text}");
        check(
            "Make the forest darker and add fog, and skip the captions",
            &["Make the forest darker", "add fog", "skip the captions"],
        );
        check("make it shorter", &["make it shorter"]);
        check("make episode 2 longer and more dramatic", &["make episode 2 longer", "more dramatic"]);
        check("add a cat and a dog", &["add a cat and a dog"]);
        check(
            "Change line 2 to \"Stop, and add fog.\" Remove shot 3.",
            &["Change line 2 to \"Stop, and add fog.\"", "Remove shot 3"],
        );
        check("In the second scene, make it night", &["In the second scene", "make it night"]);
        check("Mach es dunkler und füge Nebel hinzu", &["Mach es dunkler", "füge Nebel hinzu"]);
        check("把森林变暗，然后加雾", &["把森林变暗", "加雾"]);
        check("", &[]);
    }
}
