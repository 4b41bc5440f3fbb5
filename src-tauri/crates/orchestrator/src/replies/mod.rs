//! What the app says, in the language of the message.

mod de;
mod en;
mod es;
mod fr;
mod ja;
mod things;
mod zh;

use engine::{Cap, Micros, OverCap};
use story::Language;

pub(crate) use things::{Done, Thing, done, thing};

/// Something to be said. Names and numbers from people are put in as they are: it is plain text everywhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Reply {
    /// Above the brief and the plan.
    Understood,
    /// Above the brief and the plan after a change.
    Changed,
    /// The one question.
    WhatAbout,
    /// An offer, when something is asked that a film could show.
    ShallItBeAFilm,
    /// How a film of something is asked for.
    MakeAFilm {
        /// What it shows.
        what: String,
    },
    /// "Surprise me", on a button.
    SurpriseMe,
    /// The film is ready: its title and seconds.
    FilmReady {
        title: String,
        seconds: u32,
    },
    /// A run failed: what is left to do.
    RunFailed,
    /// A change that cannot be made yet.
    CannotChangeYet,
    /// There is nothing to change yet.
    NothingYet,
    /// How to take things out.
    HowToSave,
    /// Something can be saved: as what, and the format that was asked for and is not offered.
    SaveIt {
        file: &'static str,
        refused: Option<String>,
    },
    /// The film's facts: title, seconds, scenes, shots.
    Facts {
        title: String,
        seconds: u32,
        scenes: u32,
        shots: u32,
    },
    /// Only a plan is there.
    OnlyPlan,
    /// A run is going on.
    AlreadyMaking,
    /// ffmpeg is missing.
    NoFfmpeg,
    /// An idea of our own, when nobody said what the film is about.
    AnIdea,
    /// Words that were made elsewhere, for a history.
    Words(String),
    /// The first entry of a history.
    FirstBrief,
    /// A decision was taken back.
    Undone {
        what: String,
    },
    /// A decision was made again.
    Redone {
        what: String,
    },
    /// A jump in the history.
    WentTo {
        number: u32,
        what: String,
    },
    /// There is nothing to take back.
    NothingToUndo,
    /// There is nothing to make again.
    NothingToRedo,
    /// Above a proposal.
    Proposed {
        what: String,
        items: u32,
        price: (Micros, Micros),
        seconds: u32,
        locked: u32,
        conflicts: Vec<String>,
    },
    /// A free and small change was made at once.
    MadeAtOnce {
        what: String,
        items: u32,
        seconds: u32,
    },
    /// A proposal was dropped.
    Dropped,
    /// A change found nothing to change.
    FindsNothing {
        what: String,
    },
    /// The film was cut without something; what to do about it.
    FilmMisses {
        missing: Vec<(Thing, String)>,
        hint: String,
    },
    /// A run waits for a look at a stage.
    WaitsForReview {
        stop: String,
    },
    /// A run waits for a higher cap.
    WaitsForMoney {
        over: OverCap,
    },
    /// A run waits for a word about a call of which nobody knows.
    WaitsForUnknown {
        may_cost: Option<Micros>,
    },
    /// The next film of a series can be made.
    NextEpisode {
        number: u32,
        of: u32,
    },
    /// The films of a series, one a line.
    Series {
        theme: String,
        episodes: Vec<(String, u32)>,
        /// Who is in all of them; the narrator alone when empty.
        cast: Vec<String>,
    },
    /// A take was approved of, chosen, or let go.
    TakeApproved {
        thing: Thing,
    },
    TakeChosen {
        thing: Thing,
    },
    TakeReleased {
        thing: Thing,
    },
    /// A scene, shot, line or episode that is not there, and how many there are.
    NoSuch {
        thing: Thing,
        count: u32,
    },
    /// Something that needs the script before there is one.
    NotWritten,
    /// Something that cannot be changed yet.
    CannotYet {
        what: String,
    },
    /// Who of several is meant.
    WhoIsMeant,
    /// Who is taken to be meant, since nobody said.
    TakenFor {
        name: String,
    },
    /// A line that cannot be shortened by itself, and how it reads.
    ShortAlready {
        thing: Thing,
        text: String,
    },
    /// In a history: a series was planned.
    SeriesOf {
        theme: String,
        count: u32,
    },
    /// The language model gave no answer: why.
    ModelSilent {
        why: String,
    },
    /// A run was stopped, held, or goes on; or none is on.
    Stopping,
    Holding,
    GoingOn,
    NothingRuns,
    /// What it costs: the plan's price, and what was spent.
    Price {
        plan: Option<(Micros, Micros)>,
        spent: Micros,
    },
    /// Where things are kept.
    Files {
        home: String,
    },
}

/// Money as it is shown: "$0.04", "less than a cent".
pub(crate) fn money(price: Micros) -> String {
    let cents = price.0.div_ceil(10_000);
    format!("${}.{:02}", cents / 100, cents % 100)
}

/// A price between two bounds; empty for nothing.
pub(crate) fn price((least, most): (Micros, Micros)) -> String {
    match (least, most) {
        (_, Micros::ZERO) => String::new(),
        (least, most) if least == most => money(most),
        (least, most) => format!("{}–{}", money(least), money(most)),
    }
}

/// A cap in the language of the person.
fn cap(cap: Cap, words: [&str; 3]) -> &str {
    match cap {
        Cap::Run => words[0],
        Cap::Project => words[1],
        Cap::Day => words[2],
    }
}

/// Things and why, as a list.
fn listed(missing: &[(Thing, String)], language: Language) -> String {
    let one = |(of, why): &(Thing, String)| match why.as_str() {
        "" => thing(of, language),
        why => format!("{} ({why})", thing(of, language)),
    };
    missing.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// The parts of a message that are there.
fn together(parts: &[String]) -> String {
    parts.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(" ")
}

/// The films of a series, numbered.
fn numbered(episodes: &[(String, u32)]) -> String {
    let line = |(at, (title, seconds)): (usize, &(String, u32))| format!("{}. {title} ({seconds} s)", at + 1);
    episodes.iter().enumerate().map(line).collect::<Vec<_>>().join("\n")
}

/// Who is in every film of a series.
fn in_all(cast: &[String], named: impl Fn(&str) -> String, nobody: &str) -> String {
    if cast.is_empty() { nobody.to_owned() } else { named(&cast.join(", ")) }
}

/// The words of a reply.
pub(crate) fn say(reply: &Reply, language: Language) -> String {
    match language {
        Language::En => en::say(reply),
        Language::Zh => zh::say(reply),
        Language::Es => es::say(reply),
        Language::Fr => fr::say(reply),
        Language::De => de::say(reply),
        Language::Ja => ja::say(reply),
    }
}

/// Ideas for somebody who has none, to click on.
pub(crate) fn ideas(language: Language) -> [&'static str; 3] {
    match language {
        Language::En => en::IDEAS,
        Language::Zh => zh::IDEAS,
        Language::Es => es::IDEAS,
        Language::Fr => fr::IDEAS,
        Language::De => de::IDEAS,
        Language::Ja => ja::IDEAS,
    }
}

/// What is taken when somebody says "surprise me".
pub(crate) fn surprise(language: Language, seed: story::Seed) -> String {
    let all = if language == Language::En { &en::SURPRISES[..] } else { &ideas(language)[..] };
    seed.rng().pick(all).copied().unwrap_or_default().to_owned()
}

/// True when a message asks to be surprised.
pub(crate) fn asks_for_surprise(text: &str) -> bool {
    let text = text.to_lowercase().replace('’', "'");
    let any = [
        "i don't know",
        "i dont know",
        "dunno",
        "no idea",
        "not sure",
        "up to you",
        "you pick",
        "suggest something",
        "what do you suggest",
        "no sé",
        "ni idea",
        "je ne sais pas",
        "aucune idée",
        "keine ahnung",
        "weiß nicht",
        "ich weiß nicht",
        "不知道",
        "你来定",
        "わからない",
        "分からない",
        "surprise me",
        "surprise",
        "anything",
        "whatever",
        "you choose",
        "you decide",
        "your choice",
        "sorpréndeme",
        "sorpresa",
        "surprends-moi",
        "surprenez-moi",
        "überrasch",
        "给我惊喜",
        "随便",
        "おまかせ",
        "お任せ",
    ];
    any.iter().any(|w| text.trim_matches(['.', '!', ' ']).starts_with(w))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reply_has_words_in_every_language() {
        let all = [
            Reply::Understood,
            Reply::Changed,
            Reply::WhatAbout,
            Reply::ShallItBeAFilm,
            Reply::MakeAFilm { what: "X".into() },
            Reply::SurpriseMe,
            Reply::FilmReady { title: "T".into(), seconds: 30 },
            Reply::RunFailed,
            Reply::CannotChangeYet,
            Reply::NothingYet,
            Reply::HowToSave,
            Reply::SaveIt { file: "PDF", refused: None },
            Reply::SaveIt { file: "MP4", refused: Some("MOV".into()) },
            Reply::Facts { title: "T".into(), seconds: 30, scenes: 4, shots: 8 },
            Reply::OnlyPlan,
            Reply::AlreadyMaking,
            Reply::NoFfmpeg,
            Reply::AnIdea,
            Reply::FirstBrief,
            Reply::Undone { what: "X".into() },
            Reply::Redone { what: "X".into() },
            Reply::WentTo { number: 2, what: "X".into() },
            Reply::NothingToUndo,
            Reply::NothingToRedo,
            Reply::MadeAtOnce { what: "X".into(), items: 3, seconds: 2 },
            Reply::MadeAtOnce { what: "X".into(), items: 0, seconds: 0 },
            Reply::ShortAlready { thing: Thing::Line(3), text: "X.".into() },
            Reply::SeriesOf { theme: "X".into(), count: 3 },
            Reply::Dropped,
            Reply::FindsNothing { what: "X".into() },
            Reply::FilmMisses { missing: vec![(Thing::Shot(3), "refused".into())], hint: String::new() },
            Reply::WaitsForReview { stop: "outline".into() },
            Reply::WaitsForUnknown { may_cost: None },
            Reply::WaitsForUnknown { may_cost: Some(Micros(40_000)) },
            Reply::NextEpisode { number: 2, of: 3 },
            Reply::Series { theme: "X".into(), episodes: vec![("A".into(), 30)], cast: Vec::new() },
            Reply::TakeApproved { thing: Thing::Shot(3) },
            Reply::TakeChosen { thing: Thing::Shot(3) },
            Reply::TakeReleased { thing: Thing::Shot(3) },
            Reply::NoSuch { thing: Thing::Scene(9), count: 4 },
            Reply::NotWritten,
            Reply::CannotYet { what: "logo".into() },
            Reply::WhoIsMeant,
            Reply::TakenFor { name: "X".into() },
            Reply::ModelSilent { why: "late".into() },
            Reply::Stopping,
            Reply::Holding,
            Reply::GoingOn,
            Reply::NothingRuns,
            Reply::Price { plan: None, spent: Micros::ZERO },
            Reply::Files { home: "/home".into() },
        ];
        for language in Language::ALL {
            let said: std::collections::BTreeSet<_> = all.iter().map(|r| say(r, language)).collect();
            assert_eq!(said.len(), all.len(), "two replies are the same in {language:?}");
            assert!(said.iter().all(|s| !s.is_empty()));
        }
        assert!(asks_for_surprise("Surprise me!"));
        assert!(!asks_for_surprise("a whale who surprises a sailor"));
    }
}
