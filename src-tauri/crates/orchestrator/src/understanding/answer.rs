//! Answers to a question of ours: the question that waits decides how the next words are taken.

use super::intent::Decision;
use super::{Asked, Context, Cue, DecidedBy, Intent, Understanding};
use crate::{Subject, extract, language_of};

/// A request as sure as this is no answer, whatever was asked.
const ANOTHER_REQUEST: f32 = 0.7;
/// Talk as sure as this is no answer.
const TALK: f32 = 0.9;
/// The longest answer to "who do you mean?", in words and, where words are not parted, in letters.
const SHORT: (usize, usize) = (4, 10);

/// What a message wants as the answer to the question that waits; `None` when it does not answer it.
pub(super) fn answer(text: &str, context: &Context, below: &Decision, cue: Option<Cue>) -> Option<Decision> {
    let asked = context.asked.as_ref()?;
    let (is, intent, why) = match asked.about {
        Subject::Theme => {
            let is = tells_a_subject(text, below, cue);
            (is, Intent::VideoGeneration, "it answers what the film should be about")
        }
        Subject::Which => (chosen(text, asked).is_some(), Intent::Modification, "it answers who is meant"),
        // A yes or a no; anything else is said for itself.
        Subject::Film => return None,
    };
    is.then(|| Decision {
        intent,
        confidence: 0.95,
        decided_by: DecidedBy::Context,
        why: why.to_owned(),
        second: Some((below.intent, 1.0 - below.confidence)),
    })
}

/// True when a message can say what a film is about: not small talk, not another request.
fn tells_a_subject(text: &str, below: &Decision, cue: Option<Cue>) -> bool {
    if crate::replies::asks_for_surprise(text) {
        return true;
    }
    if cue.is_some() {
        return false;
    }
    match below.intent {
        Intent::VideoGeneration => {
            let theme = extract(text, language_of(text)).theme;
            theme.is_some_and(|theme| !crate::conversation::says_nothing(&theme))
        }
        Intent::Chat => below.confidence < TALK || names_something(text),
        Intent::Modification | Intent::Review | Intent::Export => below.confidence < ANOTHER_REQUEST,
    }
}

/// True for what reads as talk but hardly, and begins as the name of something does: "the history of chess".
pub(crate) fn may_be_a_subject(text: &str, read: &Understanding) -> bool {
    read.decided_by == DecidedBy::Classifier && read.confidence < TALK && names_something(text)
}

/// True for what begins as the name of something does: "a whale who sings".
fn names_something(text: &str) -> bool {
    const BEGIN: [&str; 32] = [
        "a", "an", "the", "my", "our", "some", "two", "three", "one", "un", "una", "unos", "el", "los", "las", "mi",
        "une", "le", "les", "mon", "ma", "des", "ein", "eine", "der", "die", "das", "mein", "meine", "zwei", "drei",
        "dos",
    ];
    let asks = text.trim_end().ends_with(['?', '\u{ff1f}']);
    let first = story::words(text).into_iter().next().unwrap_or_default();
    !asks && (BEGIN.contains(&first.as_str()) || text.trim_start().starts_with('一'))
}

/// The choice that a short message names, by its words or its place ("the second one"), from 0.
pub(crate) fn chosen(text: &str, asked: &Asked) -> Option<usize> {
    let words = story::words(text);
    let unspaced = text.chars().any(|c| c > '\u{2e80}');
    if words.len() > SHORT.0 && !(unspaced && text.chars().count() <= SHORT.1) {
        return None;
    }
    let said = format!(" {} ", words.join(" "));
    let named = |choice: &String| {
        let words: Vec<_> =
            story::words(choice).into_iter().filter(|w| !["the", "a", "an"].contains(&w.as_str())).collect();
        !words.is_empty()
            && words.iter().all(|word| said.contains(&format!(" {word} ")) || unspaced && text.contains(word.as_str()))
    };
    asked.choices.iter().position(named).or_else(|| {
        let place = place(&words)?;
        (place < asked.choices.len()).then_some(place)
    })
}

/// "The second one", "2", "der zweite": from 0.
fn place(words: &[String]) -> Option<usize> {
    let places: [&[&str]; 4] = [
        &["1", "first", "primero", "primera", "premier", "première", "erste", "ersten", "第一个", "最初"],
        &["2", "second", "segundo", "segunda", "deuxième", "zweite", "zweiten", "第二个", "二番目"],
        &["3", "third", "tercero", "tercera", "troisième", "dritte", "dritten", "第三个", "三番目"],
        &["4", "fourth", "cuarto", "cuarta", "quatrième", "vierte", "vierten", "第四个", "四番目"],
    ];
    places.iter().position(|list| words.iter().any(|word| list.contains(&word.as_str())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::understand;

    fn asked(about: Subject, choices: &[&str]) -> Context {
        let choices = choices.iter().map(|c| (*c).to_owned()).collect();
        Context { asked: Some(Asked { about, choices }), ..Context::default() }
    }

    #[test]
    fn the_question_that_waits_makes_words_an_answer() {
        let check = |text: &str, is: bool| {
            let cue = |context: &Context| understand(text, context).cue == Some(Cue::Answer);
            assert_eq!(cue(&asked(Subject::Theme, &[])), is, "{text:?}");
            assert!(!cue(&Context::default()), "{text:?} answers though nothing was asked");
        };
        check("a whale who sings", true);
        check("surprise me", true);
        check("robots", true);
        check("my cat", true);
        check("no idea", true);
        check("who won the game yesterday?", false);
        check("一只怕黑的刺猬", true);
        check("hello", false);
        check("what can you do?", false);
        check("no thanks", false);
        check("make me a video", false);
    }

    #[test]
    fn one_of_the_offered_is_chosen_by_name_or_place() {
        let question = asked(Subject::Which, &["The girl", "The grandmother"]).asked.expect("it was asked");
        let check = |text: &str, want| assert_eq!(chosen(text, &question), want, "{text:?}");
        check("the girl", Some(0));
        check("Grandmother!", Some(1));
        check("the second one", Some(1));
        check("the fourth", None);
        check("make the girl younger and give her a hat", None);
        check("hello", None);
    }
}
