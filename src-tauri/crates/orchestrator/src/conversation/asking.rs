//! The questions: what a film is about, and quick choices for what was assumed.

use story::{Language, Seed, clean_text};

use super::heard::LENGTHS;
use super::turn::{Turn, plan_brief};
use crate::replies::{Reply, asks_for_surprise, ideas, say, surprise};
use crate::understanding::understand;
use crate::{Answer, Body, Context, ConversationError, Intent, Subject, brief_from, extract, language_of};

/// Choices for a length that was assumed: what is shown, and what clicking says.
pub(super) fn lengths(language: Language) -> Vec<Answer> {
    let labels = match language {
        Language::Zh => ["30 秒", "1–2 分钟", "3–5 分钟"],
        Language::Ja => ["30 秒", "1〜2 分", "3〜5 分"],
        _ => ["30 s", "1–2 min", "3–5 min"],
    };
    let says = |seconds: u32| match language {
        Language::En => format!("{seconds} seconds"),
        Language::Zh => format!("{seconds}秒"),
        Language::Es => format!("{seconds} segundos"),
        Language::Fr => format!("{seconds} secondes"),
        Language::De => format!("{seconds} Sekunden"),
        Language::Ja => format!("{seconds}秒にして"),
    };
    labels.iter().zip(LENGTHS).map(|(label, s)| Answer { label: (*label).to_owned(), says: says(s) }).collect()
}

/// A message as the request for a film that it came with: "Why is the sky blue?" alone would be talk.
pub fn as_request(text: &str) -> String {
    let read = understand(text, &Context::default());
    let talk = read.intent == Intent::Chat && read.cue.is_none();
    if talk { say(&Reply::MakeAFilm { what: subject_of(text) }, language_of(text)) } else { text.to_owned() }
}

/// What a question or a title is about: itself, without the sign at its end.
fn subject_of(text: &str) -> String {
    text.trim().trim_end_matches(['?', '.', '!', '？', '。', '！']).trim_end().to_owned()
}

impl Turn<'_> {
    /// Asks what the film is about. Asked a second time in a row it shows an idea instead.
    pub(super) async fn ask_theme(&mut self, again: bool) -> Result<(), ConversationError> {
        if again {
            return self.suggest().await;
        }
        let language = self.desk.language();
        let idea = |idea: &&str| Answer { label: story::sentence_case(idea), says: (*idea).to_owned() };
        let mut choices: Vec<Answer> = ideas(language).iter().map(idea).collect();
        let surprised = say(&Reply::SurpriseMe, language);
        choices.push(Answer { label: surprised.clone(), says: surprised });
        let text = say(&Reply::WhatAbout, language);
        self.desk.say(Body::Question { text, about: Subject::Theme, choices });
        self.desk.record.asked = Some(Subject::Theme);
        self.desk.record.half_said.clone_from(&self.text);
        Ok(())
    }

    fn an_idea(&self) -> String {
        let count = self.desk.snapshot.messages.len() as u32;
        surprise(self.desk.language(), Seed::new(count).fork(self.desk.project.as_str()))
    }

    /// An idea of our own, to be changed or started.
    async fn suggest(&mut self) -> Result<(), ConversationError> {
        let idea = self.an_idea();
        let before = std::mem::take(&mut self.desk.record.half_said);
        self.plan_theme(idea, format!("{before} {}", self.text), &Reply::AnIdea).await
    }

    /// The answer to "what should the film be about?" completes what was said before it.
    pub(super) async fn answer_theme(&mut self) -> Result<(), ConversationError> {
        let before = std::mem::take(&mut self.desk.record.half_said);
        let language = self.desk.language();
        if asks_for_surprise(&self.text) {
            let idea = self.an_idea();
            return self.plan_theme(idea, before, &Reply::Understood).await;
        }
        let subject = extract(&self.text, language).theme.unwrap_or_else(|| clean_text(&self.text, 4000));
        let whole = format!("{before} {}", self.text);
        self.plan_theme(subject, whole, &Reply::Understood).await
    }

    /// Offers a film of what was asked, since it is none of the app's own matters: a question is a good subject.
    pub(super) fn offer_a_film(&mut self) {
        let language = self.desk.language();
        let what = subject_of(&self.text);
        let says = say(&Reply::MakeAFilm { what: what.clone() }, language);
        let choices = vec![Answer { label: says.clone(), says }];
        let text = say(&Reply::ShallItBeAFilm, language);
        self.desk.say(Body::Question { text, about: Subject::Film, choices });
        self.desk.record.asked = Some(Subject::Film);
        self.desk.record.half_said = what;
    }

    /// The film that was offered.
    pub(super) async fn take_offer(&mut self) -> Result<(), ConversationError> {
        let subject = std::mem::take(&mut self.desk.record.half_said);
        self.plan_theme(subject.clone(), subject, &Reply::Understood).await
    }

    /// A plan for a subject, with what else was said.
    pub(super) async fn plan_theme(
        &mut self,
        subject: String,
        said: String,
        reply: &Reply,
    ) -> Result<(), ConversationError> {
        let language = self.desk.language();
        let mut parameters = extract(&said, language);
        parameters.characters = extract(&subject, language).characters;
        parameters.theme = Some(subject);
        match brief_from(&parameters, &said, self.defaults) {
            Some(brief) => plan_brief(self.direction, &mut self.desk, brief, reply).await,
            None => Box::pin(self.ask_theme(false)).await,
        }
    }
}
