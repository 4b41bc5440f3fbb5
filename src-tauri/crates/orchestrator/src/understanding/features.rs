//! The features of a message that the classifier weighs: words, pieces of words, what words do and in which order, and
//! the state the message is said in. Names, numbers and quotations stand for themselves as kinds only.

use super::ContextState;
use super::cues::Said;
use super::details;

/// The features of a message, as hashes: sorted, each once.
pub(super) fn features(said: &Said<'_>) -> Vec<u32> {
    let mut bag = Bag { list: Vec::with_capacity(512) };
    let state = match said.state {
        ContextState::None => "none",
        ContextState::DraftPlanReady => "plan",
        ContextState::VideoReady => "film",
    };
    let tokens = tokens(said);
    of_words(&mut bag, &tokens, state);
    of_classes(&mut bag, said, state);
    of_details(&mut bag, said, state);
    for rule in &said.rules {
        bag.add("rule", &[rule.name]);
        bag.add("rule_state", &[rule.name, state]);
    }
    bag.add("first_rule", &[said.rules.first().map_or("<none>", |r| r.name), state]);
    of_pieces(&mut bag, &tokens);
    of_shape(&mut bag, said, &tokens, state);
    of_sentence(&mut bag, said, &tokens, state);
    bag.list.sort_unstable();
    bag.list.dedup();
    bag.list
}

struct Bag {
    list: Vec<u32>,
}

impl Bag {
    fn add(&mut self, kind: &str, parts: &[&str]) {
        // FNV-1a, with a mark between parts.
        let mut hash: u32 = 0x811c_9dc5;
        let mut eat = |byte: u8| hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
        kind.bytes().for_each(&mut eat);
        for part in parts {
            eat(0x1f);
            part.bytes().for_each(&mut eat);
        }
        self.list.push(hash);
    }
}

/// A word as the classifier sees it.
struct Token {
    text: String,
    unspaced: bool,
    /// True where the word before it does not touch it.
    starts: bool,
}

fn tokens(said: &Said<'_>) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut end = 0;
    for (i, word) in said.words.list.iter().enumerate().take(400) {
        let text = if said.named[i] {
            "<name>".to_owned()
        } else if word.norm.chars().all(|c| c.is_ascii_digit()) {
            "<number>".to_owned()
        } else {
            word.norm.clone()
        };
        if text == "<name>" && tokens.last().is_some_and(|t| t.text == text) {
            end = word.range.end;
            continue;
        }
        tokens.push(Token { text, unspaced: word.unspaced, starts: word.range.start != end || i == 0 });
        end = word.range.end;
    }
    tokens
}

fn of_words(bag: &mut Bag, tokens: &[Token], state: &str) {
    let text = |i: usize| tokens.get(i).map_or("<end>", |t| t.text.as_str());
    for (i, token) in tokens.iter().enumerate() {
        bag.add("w", &[&token.text]);
        bag.add("ws", &[&token.text, state]);
        bag.add("ww", &[&token.text, text(i + 1)]);
        if token.unspaced {
            bag.add("www", &[&token.text, text(i + 1), text(i + 2)]);
        } else if i < 6 {
            bag.add("w_w", &[&token.text, text(i + 2)]);
        }
    }
    bag.add("first", &[text(0)]);
    bag.add("first2", &[text(0), text(1)]);
    bag.add("first3", &[text(0), text(1), text(2)]);
    let last = tokens.len().saturating_sub(1);
    bag.add("last", &[text(last)]);
    bag.add("last2", &[text(last.saturating_sub(1)), text(last)]);
}

fn of_classes(bag: &mut Bag, said: &Said<'_>, state: &str) {
    let all: Vec<&str> = said.hits.iter().take(60).map(|h| h.class).collect();
    let class = |list: &[&'static str], i: usize| list.get(i).copied().unwrap_or("<end>");
    for (i, name) in all.iter().enumerate() {
        bag.add("c", &[name]);
        bag.add("cs", &[name, state]);
        bag.add("cc", &[name, class(&all, i + 1)]);
        if i < 8 {
            bag.add("ccc", &[name, class(&all, i + 1), class(&all, i + 2)]);
        }
    }
    bag.add("c1", &[class(&all, 0)]);
    bag.add("c1s", &[class(&all, 0), state]);
    bag.add("c2", &[class(&all, 0), class(&all, 1)]);
    bag.add("c2s", &[class(&all, 0), class(&all, 1), state]);
    if let Some(head) = said.head {
        let inside = said.classes_in(head);
        bag.add("h1", &[class(&inside, 0)]);
        bag.add("h2", &[class(&inside, 0), class(&inside, 1)]);
        bag.add("h3", &[class(&inside, 0), class(&inside, 1), class(&inside, 2)]);
        bag.add("h1s", &[class(&inside, 0), state]);
        for name in &inside {
            bag.add("h", &[name]);
            bag.add("hs", &[name, state]);
        }
        let range = &said.clauses[head].range;
        for word in said.words.list.iter().filter(|w| range.contains(&w.range.start)).take(12) {
            bag.add("hw", &[&word.norm]);
        }
    } else {
        bag.add("h1", &["<none>"]);
        bag.add("h1s", &["<none>", state]);
    }
    for i in 0..said.clauses.len().min(6) {
        if said.refuses(i) {
            bag.add("refused", &[]);
            for name in said.classes_in(i) {
                bag.add("r", &[name]);
            }
        } else {
            let inside = said.classes_in(i);
            bag.add("k1", &[class(&inside, 0), class(&inside, 1)]);
        }
    }
}

/// What the lists for the details of changes and exports know of the words.
fn of_details(bag: &mut Bag, said: &Said<'_>, state: &str) {
    let words = &said.words.list[..said.words.list.len().min(120)];
    let operations = details::operations(words);
    let targets = details::targets(words);
    let kinds = details::kinds(words);
    for (kind, list) in [("op", &operations), ("target", &targets), ("kind", &kinds)] {
        for name in list.iter().take(12) {
            bag.add(kind, &[name]);
        }
        let first = list.first().copied().unwrap_or("<none>");
        bag.add("first_of", &[kind, first]);
        bag.add("any_of", &[kind, if list.is_empty() { "none" } else { "some" }, state]);
    }
    let first = |list: &[&'static str]| list.first().copied().unwrap_or("<none>");
    bag.add("op_target", &[first(&operations), first(&targets)]);
    bag.add("some", &[some(&operations), some(&targets), some(&kinds), state]);
    let asks = said.text.trim_end().ends_with(['?', '？']);
    bag.add("some_asks", &[some(&operations), some(&targets), some(&kinds), if asks { "?" } else { "" }]);
}

fn some(list: &[&'static str]) -> &'static str {
    if list.is_empty() { "-" } else { "+" }
}

/// The kind of sentence: who does something in it, when, and to which thing: "the", "my" or any.
fn of_sentence(bag: &mut Bag, said: &Said<'_>, tokens: &[Token], state: &str) {
    let text = |i: usize| tokens.get(i).map_or("", |t| t.text.as_str());
    let subject = match text(0) {
        "i" | "we" | "my" | "our" | "yo" | "mi" | "je" | "mon" | "ma" | "ich" | "wir" | "mein" | "meine" | "unser"
        | "unsere" | "on" | "im" | "ive" => "me",
        "he" | "she" | "they" | "people" | "users" | "someone" | "everyone" | "everybody" => "they",
        "the" | "el" | "la" | "los" | "las" | "le" | "les" | "der" | "die" | "das" => "the",
        "a" | "an" | "un" | "una" | "une" | "ein" | "eine" => "a",
        "there" | "hay" => "there",
        "it" | "this" | "that" | "esto" | "ca" | "es" => "it",
        "<name>" => "name",
        "what" | "which" | "who" | "where" | "when" | "why" | "how" => "wh",
        "is" | "are" | "was" | "were" | "do" | "does" | "did" | "has" | "have" | "can" | "could" | "would" | "will"
        | "should" | "may" => "aux",
        _ => "other",
    };
    let past = tokens.iter().take(6).any(|t| {
        (t.text.len() > 4 && t.text.ends_with("ed"))
            || matches!(
                t.text.as_str(),
                "was"
                    | "were"
                    | "had"
                    | "made"
                    | "saw"
                    | "went"
                    | "got"
                    | "won"
                    | "lost"
                    | "said"
                    | "told"
                    | "fell"
                    | "came"
                    | "did"
                    | "read"
                    | "heard"
                    | "bought"
                    | "sent"
                    | "spent"
                    | "used"
                    | "watched"
                    | "been"
            )
    });
    let present = tokens.iter().take(6).any(|t| {
        matches!(t.text.as_str(), "is" | "are" | "has" | "have" | "am" | "wants" | "works" | "loves" | "can" | "im")
    });
    let tense = if past {
        "past"
    } else if present {
        "present"
    } else {
        "none"
    };
    let head = if said.head.is_some() { "asks" } else { "tells" };
    bag.add("sentence", &[subject, tense, head]);
    bag.add("sentence_state", &[subject, tense, head, state]);
    // How the first thing of a film is spoken of.
    let list = &said.words.list;
    let thing = said.hits.iter().find(|h| matches!(h.class, "part" | "doc" | "attr" | "film" | "story"));
    let article = thing.and_then(|h| h.words.start.checked_sub(1)).map_or("<none>", |i| list[i].norm.as_str());
    let article = match article {
        "the" | "this" | "that" | "these" | "my" | "our" | "his" | "her" | "their" | "your" | "a" | "an"
        | "another" | "new" | "any" | "some" | "no" | "all" | "each" | "el" | "la" | "los" | "las" | "un" | "una"
        | "le" | "les" | "une" | "des" | "du" | "der" | "die" | "das" | "den" | "ein" | "eine" | "einen" | "dem"
        | "im" => article,
        "<none>" => "first",
        _ => "word",
    };
    let class = thing.map_or("<none>", |h| h.class);
    bag.add("thing", &[class, article, state]);
    bag.add("thing_sentence", &[class, article, subject]);
    let others = said.hits.iter().any(|h| matches!(h.class, "other" | "world"));
    let makes = said
        .hits
        .iter()
        .find(|h| matches!(h.class, "make" | "want" | "change" | "show" | "export" | "add" | "remove"))
        .map_or("none", |h| h.class);
    bag.add("others", &[if others { "+" } else { "-" }, makes, class]);
}

/// Pieces of words, so that a slip of the fingers or an unknown form still tells something.
fn of_pieces(bag: &mut Bag, tokens: &[Token]) {
    for token in tokens.iter().take(60).filter(|t| !t.unspaced && !t.text.starts_with('<')) {
        let marked: Vec<char> = std::iter::once('_').chain(token.text.chars()).chain(['_']).collect();
        for size in 3..=5 {
            for piece in marked.windows(size) {
                let piece: String = piece.iter().collect();
                bag.add("p", &[&piece]);
            }
        }
    }
}

fn of_shape(bag: &mut Bag, said: &Said<'_>, tokens: &[Token], state: &str) {
    bag.add("state", &[state]);
    let trimmed = said.text.trim_end();
    let asks = trimmed.ends_with(['?', '？']);
    let end = if asks {
        "?"
    } else if trimmed.ends_with(['!', '！']) {
        "!"
    } else if trimmed.ends_with(['.', '。']) {
        "."
    } else {
        ""
    };
    bag.add("ends", &[end]);
    bag.add("ends_state", &[end, state]);
    if said.text.contains(['?', '？']) {
        bag.add("asks", &[]);
    }
    if said.text.contains(['"', '“', '«', '「', '„']) {
        bag.add("quotes", &[]);
    }
    let words =
        tokens.iter().filter(|t| !t.unspaced || t.starts).count() + tokens.iter().filter(|t| t.unspaced).count() / 2;
    let length = match words {
        0..=1 => "1",
        2 => "2",
        3..=4 => "4",
        5..=7 => "7",
        8..=12 => "12",
        13..=20 => "20",
        _ => "more",
    };
    bag.add("length", &[length]);
    bag.add("length_state", &[length, state]);
    let known: usize = said.hits.iter().filter(|h| h.class != "being").map(|h| h.words.len()).sum();
    let share = match known * 10 / tokens.len().max(1) {
        0 => "0",
        1..=2 => "2",
        3..=4 => "4",
        5..=7 => "7",
        _ => "all",
    };
    bag.add("known", &[share]);
    bag.add("known_length_state", &[share, length, state]);
    if said.named.iter().any(|n| *n) {
        bag.add("named", &[]);
        bag.add("named_ends", &[end]);
    }
}
