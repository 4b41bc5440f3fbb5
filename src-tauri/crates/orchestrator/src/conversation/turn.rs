//! One turn of a conversation: a message is routed to what it asks for.

use story::{Brief, Seed};

use super::heard::Heard;
use super::{Defaults, context};
use crate::direction::{Desk, Way};
use crate::documents::Documents;
use crate::records::Focus;
use crate::replies::Reply;
use crate::understanding::{Cue, DecidedBy, understand};
use crate::{
    Asked, Body, BriefChange, Change, Choices, Context, ConversationError, Direction, Edition, Intent, ProposalState,
    Subject, Understanding, brief_from, next_version,
};

/// So few words can be a change without a verb.
const FEW_WORDS: usize = 4;

/// What follows a turn once it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Next {
    Nothing,
    /// What is decided is made.
    Start,
    /// The film goes where the history went, when that makes nothing.
    BringBack,
    /// The language model answers; the guide would say this.
    Answer {
        guide: String,
    },
}

/// One turn.
pub(super) struct Turn<'a> {
    pub(super) direction: &'a Direction,
    pub(super) desk: Box<Desk>,
    pub(super) defaults: &'a Defaults,
    pub(super) text: String,
    pub(super) documents: Option<Documents>,
    pub(super) context: Context,
    pub(super) understanding: Understanding,
    pub(super) next: Next,
    /// Work of at most so many seconds is done at once when it costs nothing.
    pub(super) at_once_s: u32,
    /// True when a language model answers talk.
    pub(super) talks: bool,
    /// True when who is meant was guessed: nothing is made at once then.
    pub(super) guesses: bool,
    /// What was asked before this turn.
    pub(super) asked: Option<Asked>,
}

impl<'a> Turn<'a> {
    pub(super) async fn new(
        direction: &'a Direction,
        desk: Box<Desk>,
        defaults: &'a Defaults,
        text: String,
    ) -> Result<Self, ConversationError> {
        let documents = direction.documents(&desk).await?;
        let context = context(&desk, documents.as_ref());
        let understanding = understand(&text, &context);
        let (next, asked, at_once_s) = (Next::Nothing, None, 0);
        let (talks, guesses) = (false, false);
        Ok(Self {
            direction,
            desk,
            defaults,
            text,
            documents,
            context,
            understanding,
            next,
            at_once_s,
            talks,
            guesses,
            asked,
        })
    }

    pub(super) fn runs(&self) -> bool {
        self.direction.run_of(&self.desk.project).is_some()
    }

    /// Answers.
    pub(super) async fn take(&mut self) -> Result<(), ConversationError> {
        let heard = Heard::of(&self.text, self.understanding.cue);
        self.asked = self.context.asked.take();
        self.desk.record.asked = None;
        let answers = self.understanding.cue == Some(Cue::Answer) && heard == Heard::Other;
        let talks = self.understanding.intent == Intent::Chat && matches!(heard, Heard::Other | Heard::Yes);
        match self.asked.as_ref().map(|asked| asked.about) {
            Some(Subject::Theme) if answers => return self.answer_theme().await,
            Some(Subject::Which) if answers => return self.answer_which().await,
            Some(Subject::Film) if matches!(heard, Heard::Yes | Heard::Go) => return self.take_offer().await,
            Some(Subject::Film) => {}
            // Talk in between leaves the question open.
            Some(about) if talks => {
                self.desk.record.asked = Some(about);
                return self.chat().await;
            }
            Some(Subject::Theme) if self.desk.edition().is_none() && !matches!(heard, Heard::No | Heard::Undo) => {
                return self.ask_theme(true).await;
            }
            _ => {}
        }
        if self.in_dialogue(&heard).await? {
            return Ok(());
        }
        if self.hears_episode().await? || self.hears_series().await? {
            return Ok(());
        }
        let changes = self.understanding.intent == Intent::Chat && self.says_a_change();
        match self.understanding.intent {
            Intent::VideoGeneration => match brief_from(&self.understanding.parameters, &self.text, self.defaults) {
                // "A new film" says not what it is about.
                Some(brief) if !super::says_nothing(&brief.theme) => {
                    plan_brief(self.direction, &mut self.desk, brief, &Reply::Understood).await
                }
                _ => {
                    let again = self.asked.as_ref().is_some_and(|asked| asked.about == Subject::Theme);
                    self.ask_theme(again).await
                }
            },
            Intent::Modification => {
                let text = self.text.clone();
                self.modify(&text).await
            }
            Intent::Review if self.asks_the_price() => self.chat().await,
            Intent::Review => {
                self.review();
                Ok(())
            }
            Intent::Export => {
                self.take_out();
                Ok(())
            }
            Intent::Chat if changes => {
                let text = self.text.clone();
                self.modify(&text).await
            }
            Intent::Chat => self.chat().await,
        }
    }

    /// True for a few words that are no question and read as a change of what is planned: "in Spanish".
    fn says_a_change(&mut self) -> bool {
        let Some(edition) = self.desk.edition().cloned() else { return false };
        let rules = self.understanding.decided_by == DecidedBy::Rules;
        let asks = self.text.trim_end().ends_with(['?', '\u{ff1f}']);
        if rules || asks || self.understanding.cue.is_some() || story::words(&self.text).len() > FEW_WORDS {
            return false;
        }
        let (text, focus) = (self.text.clone(), self.desk.record.focus.clone());
        let read = self.read(&edition, &text, None, None, None);
        self.desk.record.focus = focus;
        !read.changes.is_empty() && read.troubles.is_empty()
    }

    /// Agreement, refusal, amendment, undo and the like; false when the message is none of them.
    async fn in_dialogue(&mut self, heard: &Heard) -> Result<bool, ConversationError> {
        let open = self.desk.open_proposal();
        let planned = self.desk.edition().is_some();
        let to_make = planned && (!self.desk.record.has_film || self.desk.record.film_outdated);
        match (heard, open) {
            (Heard::Go | Heard::Yes, Some(open)) => {
                if self.direction.apply_on(&mut self.desk, open, &Choices::default()).await?.is_none() {
                    self.next = Next::Start;
                }
            }
            (Heard::No, Some(_)) => {
                self.desk.close_proposal(ProposalState::Dismissed);
                self.desk.reply(&Reply::Dropped);
            }
            (Heard::But(rest), Some(open)) => return self.amend(open, rest).await,
            (Heard::Meant(rest), _) if !self.desk.record.focus.last.is_empty() => return self.correct(rest).await,
            (Heard::Undo, _) => self.through_history(Way::Back).await?,
            (Heard::Redo, _) => self.through_history(Way::Again).await?,
            (Heard::Stop, _) if self.runs() => {
                self.direction.cancel(&self.desk.project);
                self.desk.reply(&Reply::Stopping);
            }
            (Heard::Pause, _) if self.runs() => {
                self.direction.pause(&self.desk.project);
                self.desk.reply(&Reply::Holding);
            }
            (Heard::Resume, _) if self.runs() => {
                self.direction.resume(&self.desk.project);
                self.desk.reply(&Reply::GoingOn);
            }
            (Heard::Stop | Heard::Pause, _) => self.desk.reply(&Reply::NothingRuns),
            (Heard::Go | Heard::Yes | Heard::Resume | Heard::Retry, None) if self.runs() => {
                self.desk.reply(&Reply::AlreadyMaking);
            }
            (Heard::Go | Heard::Yes | Heard::Resume, None) if to_make => self.next = Next::Start,
            (Heard::Retry, None) if planned => self.next = Next::Start,
            (Heard::Length(seconds), _) if planned => {
                self.change_brief(&BriefChange::Length(seconds.to_string())).await?;
            }
            (Heard::About(theme), _) if planned => self.change_brief(&BriefChange::Theme(theme.clone())).await?,
            (Heard::About(theme), _) => self.plan_theme(theme.clone(), self.text.clone(), &Reply::Understood).await?,
            (Heard::Episode(number), _) => return self.choose_episode(*number).await,
            (Heard::Go | Heard::Yes | Heard::Resume | Heard::No, None) => {
                let here = self.here();
                self.desk.say(Body::Text { text: here });
            }
            (Heard::But(rest), None) if planned && self.asks_for_change() => {
                let rest = rest.clone();
                self.modify(&rest).await?;
            }
            _ => {
                let agrees = self.understanding.cue == Some(Cue::Agreement) && to_make && !self.runs();
                if agrees {
                    self.next = Next::Start;
                }
                return Ok(agrees);
            }
        }
        Ok(true)
    }

    fn asks_for_change(&self) -> bool {
        matches!(self.understanding.intent, Intent::Modification | Intent::VideoGeneration)
    }

    async fn through_history(&mut self, way: Way) -> Result<(), ConversationError> {
        let editions = self.desk.editions();
        let to = if way == Way::Back { editions.undo() } else { editions.redo() };
        let Some(number) = to else {
            self.desk.reply(if way == Way::Back { &Reply::NothingToUndo } else { &Reply::NothingToRedo });
            return Ok(());
        };
        self.direction.move_to(&mut self.desk, number, way).await?;
        self.desk.record.focus.before_last = None;
        if !self.desk.record.has_film {
            self.show_plan(&Reply::Changed);
        }
        self.next = Next::BringBack;
        Ok(())
    }

    /// One field of the brief.
    pub(super) async fn change_brief(&mut self, change: &BriefChange) -> Result<(), ConversationError> {
        self.make(vec![Change::Brief(change.clone())], Vec::new(), true).await
    }

    pub(super) fn show_plan(&mut self, reply: &Reply) {
        show_plan(&mut self.desk, reply);
    }
}

/// Shows the brief and its plan; an assumed length with choices.
pub(super) fn show_plan(desk: &mut Desk, reply: &Reply) {
    let text = desk.words(reply);
    let assumed = desk.edition().is_some_and(|e| !e.brief.duration_s.is_said() && e.series.is_none());
    let choices = if assumed { super::asking::lengths(desk.language()) } else { Vec::new() };
    desk.say(Body::Brief { text, choices });
}

/// Makes a brief the one that is decided, in place of all that was decided before, and shows its plan.
pub(super) async fn plan_brief(
    direction: &Direction,
    desk: &mut Desk,
    brief: Brief,
    reply: &Reply,
) -> Result<(), ConversationError> {
    desk.record.asked = None;
    desk.record.half_said.clear();
    desk.record.focus = Focus::default();
    desk.close_proposal(ProposalState::Dismissed);
    let review = desk.edition().is_some_and(|edition| edition.review);
    let what = crate::describe::described(
        &Change::Brief(BriefChange::Theme(brief.theme.clone())),
        &Documents::default(),
        desk.language(),
    );
    desk.decide(Edition { review, ..Edition::of(brief) }, &Reply::Words(what))?;
    direction.plan_into(desk).await?;
    show_plan(desk, reply);
    Ok(())
}

/// Decides on the same wishes with another chance.
pub(super) async fn another_version(direction: &Direction, desk: &mut Desk) -> Result<(), ConversationError> {
    let edition = desk.edition().cloned().ok_or(ConversationError::NothingToStart)?;
    let of = |value: &serde_json::Value| value.get("version")?.as_u64();
    let last = desk.editions().all.iter().filter_map(|e| of(&e.value)).max().unwrap_or(1);
    let version = u32::try_from(last).unwrap_or(1).max(edition.version) + 1;
    let brief = next_version(&edition.brief, version);
    debug_assert_ne!(brief.seed, Seed::new(edition.version));
    let words = format!("v{version}");
    desk.decide(Edition { brief, version, ..edition }, &Reply::Words(words))?;
    direction.plan_into(desk).await
}
