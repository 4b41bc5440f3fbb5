//! What the app says, in the language of the message.

mod de;
mod en;
mod es;
mod fr;
mod ja;
mod zh;

use story::Language;

/// Something to be said. Names and numbers from people are put in as they are: it is plain text everywhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Reply {
    /// Above the brief and the plan.
    Understood,
    /// Above the brief and the plan after a change.
    Changed,
    /// The one question.
    WhatAbout,
    /// "Surprise me", on a button.
    SurpriseMe,
    /// The film is ready: its title and seconds.
    FilmReady { title: String, seconds: u32 },
    /// A run failed: what is left to do.
    RunFailed,
    /// A greeting or thanks.
    Hello,
    /// What the app can do.
    Guide,
    /// A change that cannot be made yet.
    CannotChangeYet,
    /// There is nothing to change yet.
    NothingYet,
    /// How to take the film out.
    HowToSave,
    /// The film's facts: title, seconds, scenes, shots.
    Facts { title: String, seconds: u32, scenes: u32, shots: u32 },
    /// Only a plan is there.
    OnlyPlan,
    /// A run is going on.
    AlreadyMaking,
    /// ffmpeg is missing.
    NoFfmpeg,
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
    let text = text.to_lowercase();
    let any = [
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
            Reply::SurpriseMe,
            Reply::FilmReady { title: "T".into(), seconds: 30 },
            Reply::RunFailed,
            Reply::Hello,
            Reply::Guide,
            Reply::CannotChangeYet,
            Reply::NothingYet,
            Reply::HowToSave,
            Reply::Facts { title: "T".into(), seconds: 30, scenes: 4, shots: 8 },
            Reply::OnlyPlan,
            Reply::AlreadyMaking,
            Reply::NoFfmpeg,
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
