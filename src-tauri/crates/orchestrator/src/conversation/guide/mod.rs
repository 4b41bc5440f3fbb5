//! The built-in guide: what the app can do, how things are done in it, what words of film mean, by its real state.

mod pages;

use story::Language;

use super::turn::{Next, Turn};
use crate::replies::Reply;
use crate::understanding::{Cue, may_be_a_subject};
use crate::{Body, ConversationError, Stage};
use pages::{Page, page, text_of};

impl Turn<'_> {
    /// Small talk and questions: nothing is done to the film.
    pub(super) async fn chat(&mut self) -> Result<(), ConversationError> {
        if self.could_be_a_film() && !self.talks {
            self.offer_a_film();
            return Ok(());
        }
        let guide = self.guide().await?;
        // A greeting is worth no call.
        let greets = matches!(self.understanding.cue, Some(Cue::Greeting | Cue::Thanks));
        if self.talks && !greets {
            self.next = Next::Answer { guide };
        } else {
            self.desk.say(Body::Text { text: guide });
        }
        Ok(())
    }

    /// True for talk that is no question about the app, or hardly talk, while nothing is planned: "How to tie a tie".
    fn could_be_a_film(&self) -> bool {
        let strange = page(&self.text) == Page::Topic("unknown") || may_be_a_subject(&self.text, &self.understanding);
        self.desk.edition().is_none() && self.understanding.cue.is_none() && strange
    }

    /// What the guide says.
    async fn guide(&self) -> Result<String, ConversationError> {
        let language = self.desk.language();
        match self.understanding.cue {
            Some(Cue::Greeting) => return Ok(self.filled(text_of(language, ".hello"))),
            Some(Cue::Thanks) => return Ok(self.filled(text_of(language, ".thanks"))),
            _ => {}
        }
        match page(&self.text) {
            Page::Topic("cost") => self.price().await,
            Page::Topic("files") => {
                let home = self.direction.library().home().display().to_string();
                Ok(self.desk.words(&Reply::Files { home }))
            }
            Page::Topic("export") => Ok(self.desk.words(&Reply::HowToSave)),
            Page::Topic(name) | Page::Word(name) => Ok(self.filled(text_of(language, name))),
        }
    }

    /// True for a question of the price: whatever there is to look at, the answer is the money.
    pub(super) fn asks_the_price(&self) -> bool {
        page(&self.text) == Page::Topic("cost")
    }

    async fn price(&self) -> Result<String, ConversationError> {
        let spent = self.direction.library().ledger(&self.desk.project).await?.spent;
        let plan = self.desk.record.plan.as_ref().map(|p| (p.text.0 + p.media.0, p.text.1 + p.media.1));
        Ok(self.desk.words(&Reply::Price { plan, spent }))
    }

    /// A page with the facts of the app and of this project.
    fn filled(&self, text: &str) -> String {
        let language = self.desk.language();
        let mut text = text.to_owned();
        let mut fill = |name: &str, value: &dyn Fn() -> String| {
            let place = format!("{{{name}}}");
            if text.contains(&place) {
                text = text.replace(&place, &value());
            }
        };
        let listed =
            |names: Vec<String>| names.join(if matches!(language, Language::Zh | Language::Ja) { "、" } else { ", " });
        fill("here", &|| self.here());
        fill("model", &|| text_of(language, if self.talks { ".model" } else { ".no model" }).to_owned());
        fill("styles", &|| listed(story::Style::ALL.iter().map(|style| style.as_str().replace('_', " ")).collect()));
        fill("shapes", &|| listed(story::Aspect::ALL.iter().map(|shape| shape.as_str().to_owned()).collect()));
        fill("least", &|| story::MIN_DURATION_S.to_string());
        fill("most", &|| (story::MAX_DURATION_S / 60).to_string());
        text
    }

    /// What can be done now.
    pub(super) fn here(&self) -> String {
        let record = &self.desk.record;
        let state = match (self.desk.edition(), self.desk.stage()) {
            _ if self.runs() => ".making",
            _ if record.proposal.is_some() => ".proposal",
            (None, _) => ".none",
            (Some(_), Stage::Unfinished) => ".unfinished",
            (Some(_), _) if record.film_outdated => ".outdated",
            (Some(_), Stage::Film) => ".film",
            (Some(_), _) => ".planned",
        };
        text_of(self.desk.language(), state).to_owned()
    }
}
