//! When a word of the list of beings means one who acts, and which words belong to it.

use story::Language;

use crate::parameters::reading::Reading;
use crate::wording::Hit;

/// French articles that cling to a word.
pub(super) fn bare(phrase: &str) -> &str {
    ["qu'un ", "qu'une ", "d'un ", "d'une ", "l'", "d'", "l’", "d’un ", "d’une ", "d’"]
        .iter()
        .fold(phrase, |p, article| p.strip_prefix(article).unwrap_or(p))
}

/// A word of the list that here is something else: "hey team", "work as a nurse", French "son".
pub(super) fn means_no_one(reading: &Reading<'_>, hit: &Hit<'_>) -> bool {
    let list = &reading.words.list;
    let said = list[hit.words.start].norm.as_str();
    let before = |n: usize| hit.words.start.checked_sub(n).map_or("", |i| list[i].norm.as_str());
    let foreign = reading.language != Language::En && matches!(said, "son" | "personne" | "man" | "master" | "grille");
    let greeted = matches!(before(1), "hey" | "hi" | "hello" | "dear");
    let only_called = matches!(before(1), "as" | "als" | "kids" | "show" | "series")
        || (matches!(before(1), "a" | "an" | "the") && matches!(before(2), "as" | "is" | "like"));
    let after = reading.text[hit.range.end..].chars().next();
    let shop = said.len() > 1
        && reading.text[hit.range.clone()].ends_with(['屋', '店'])
        && after.is_some_and(|c| "の・を".contains(c));
    let aimed_at = reading.text[hit.range.end..].starts_with("向け");
    foreign || greeted || only_called || shop || aimed_at || inside_another_word(reading, hit)
}

/// A single character is a being only where it is a word: 魚 is none in 魚市場, 母 none in 母语.
fn inside_another_word(reading: &Reading<'_>, hit: &Hit<'_>) -> bool {
    let han = |c: char| matches!(c, '\u{3400}'..='\u{9fff}');
    let kana = |c: char| matches!(c, '\u{30a0}'..='\u{30ff}');
    if reading.text[hit.range.clone()].chars().all(kana) {
        let before = reading.text[..hit.range.start].chars().next_back();
        return before.is_some_and(kana) || reading.text[hit.range.end..].chars().next().is_some_and(kana);
    }
    if hit.words.len() != 1 || !reading.text[hit.range.clone()].chars().all(han) {
        return false;
    }
    let before = reading.text[..hit.range.start].chars().next_back();
    let after = reading.text[hit.range.end..].chars().next();
    if reading.language == Language::Ja {
        return before.is_some_and(|c| han(c) && !"老小白黒赤".contains(c)) || after.is_some_and(han);
    }
    before.is_some_and(|c| han(c) && !"只头条匹位个条名的小老大黑白红灰和与跟给".contains(c))
        || "娘父母鬼孫姫".contains(&reading.text[hit.range.clone()])
}

/// "a mummy, a telescope and a jazz trio": a clause of its own with an article before the being.
pub(super) fn lists_beings(reading: &Reading<'_>, start: usize) -> bool {
    reading.word(start).is_some_and(|w| {
        matches!(
            w.norm.as_str(),
            "a" | "an" | "two" | "three" | "un" | "una" | "une" | "ein" | "eine" | "zwei" | "dos" | "deux"
        )
    })
}

/// "no people", "ohne Menschen".
pub(super) fn refused(reading: &Reading<'_>, word: usize) -> bool {
    (word.saturating_sub(2)..word).filter_map(|i| reading.word(i)).any(|w| {
        matches!(
            w.norm.as_str(),
            "no" | "without" | "sin" | "sans" | "ohne" | "keine" | "无" | "没" | "for" | "fur" | "para" | "pour"
        )
    }) && !(word.saturating_sub(1)..word)
        .filter_map(|i| reading.word(i))
        .any(|w| matches!(w.norm.as_str(), "my" | "our"))
}

pub(super) fn looks_like_verb(word: &str) -> bool {
    let bare = word.len() > 4 && (word.ends_with("ing") || word.ends_with("ends") || word.ends_with("ets"));
    bare && !matches!(
        word,
        "talking"
            | "flying"
            | "singing"
            | "dancing"
            | "walking"
            | "running"
            | "sleeping"
            | "swimming"
            | "living"
            | "young"
            | "king"
            | "aging"
            | "wandering"
            | "retired"
            | "floating"
    ) || matches!(
        word,
        "finds"
            | "helps"
            | "saves"
            | "loves"
            | "rides"
            | "teaches"
            | "sees"
            | "hears"
            | "follows"
            | "chases"
            | "fights"
            | "becomes"
            | "turned"
            | "turns"
            | "takes"
            | "makes"
            | "sells"
            | "carries"
            | "befriends"
            | "wants"
            | "learns"
            | "fressen"
            | "trifft"
            | "findet"
    )
}
