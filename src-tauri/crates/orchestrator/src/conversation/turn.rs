//! One turn of a conversation: a message is routed to what it asks for.

use story::{Brief, Seed};

use super::heard::Heard;
use super::{Conversation, Defaults, context};
use crate::direction::{Desk, Way};
use crate::documents::Documents;
use crate::records::Focus;
use crate::replies::{Reply, Thing};
use crate::understanding::{Cue, Numbers, understand};
use crate::{
    Body, BriefChange, Change, Choices, Context, ConversationError, Direction, Edition, Intent, ProposalState, Subject,
    Understanding, brief_from, next_version,
};

/// What follows a turn once it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Next {
    Nothing,
    /// What is decided is made.
    Start,
    /// The film goes where the history went, when that makes nothing.
    BringBack,
}

/// One turn.
pub(super) struct Turn<'a> {
    pub(super) conversation: &'a Conversation,
    pub(super) desk: Desk,
    pub(super) defaults: &'a Defaults,
    pub(super) text: String,
    pub(super) documents: Option<Documents>,
    pub(super) context: Context,
    pub(super) understanding: Understanding,
    pub(super) start: Next,
}

impl<'a> Turn<'a> {
    pub(super) async fn new(
        conversation: &'a Conversation,
        desk: Desk,
        defaults: &'a Defaults,
        text: String,
    ) -> Result<Self, ConversationError> {
        let documents = conversation.direction.documents(&desk).await?;
        let context = context(&desk, documents.as_ref());
        let understanding = understand(&text, &context);
        Ok(Self { conversation, desk, defaults, text, documents, context, understanding, start: Next::Nothing })
    }

    pub(super) fn direction(&self) -> &Direction {
        &self.conversation.direction
    }

    fn runs(&self) -> bool {
        self.direction().run_of(&self.desk.project).is_some()
    }

    /// Answers.
    pub(super) async fn take(&mut self) -> Result<(), ConversationError> {
        let heard = Heard::of(&self.text, self.understanding.cue);
        match self.desk.record.asked.take() {
            Some(Subject::Theme) if self.answers_theme(&heard) => return self.answer_theme().await,
            Some(Subject::Theme) if self.understanding.intent == Intent::Chat => {
                self.desk.record.asked = Some(Subject::Theme);
                return self.chat().await;
            }
            Some(Subject::Theme) if self.understanding.intent == Intent::VideoGeneration => {
                return self.ask_theme(true).await;
            }
            Some(Subject::Which) => {
                if let Some(who) = self.who_is_answered() {
                    return self.change_again(Some(who), None).await;
                }
            }
            _ => {}
        }
        if self.in_dialogue(&heard).await? {
            return Ok(());
        }
        if self.hears_series().await? {
            return Ok(());
        }
        match self.understanding.intent {
            Intent::VideoGeneration => match brief_from(&self.understanding.parameters, &self.text, self.defaults) {
                Some(brief) => {
                    let direction = self.direction().clone();
                    plan_brief(&direction, &mut self.desk, brief, &Reply::Understood).await
                }
                None => self.ask_theme(false).await,
            },
            Intent::Modification => {
                let text = self.text.clone();
                self.modify(&text).await
            }
            Intent::Review => {
                self.review();
                Ok(())
            }
            Intent::Export => {
                self.take_out();
                Ok(())
            }
            Intent::Chat => self.chat().await,
        }
    }

    /// Agreement, refusal, amendment, undo and the like; false when the message is none of them.
    async fn in_dialogue(&mut self, heard: &Heard) -> Result<bool, ConversationError> {
        let open = self.desk.open_proposal();
        let planned = self.desk.edition().is_some();
        let to_make = planned && (!self.desk.record.has_film || self.desk.record.film_outdated);
        match (heard, open) {
            (Heard::Go | Heard::Yes, Some(open)) => {
                if self.direction().clone().apply_on(&mut self.desk, open, &Choices::default()).await?.is_none() {
                    self.start = Next::Start;
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
                self.direction().cancel(&self.desk.project);
                self.desk.reply(&Reply::Stopping);
            }
            (Heard::Pause, _) if self.runs() => {
                self.direction().pause(&self.desk.project);
                self.desk.reply(&Reply::Holding);
            }
            (Heard::Resume, _) if self.runs() => {
                self.direction().resume(&self.desk.project);
                self.desk.reply(&Reply::GoingOn);
            }
            (Heard::Stop | Heard::Pause, _) => self.desk.reply(&Reply::NothingRuns),
            (Heard::Go | Heard::Yes | Heard::Resume | Heard::Retry, None) if self.runs() => {
                self.desk.reply(&Reply::AlreadyMaking);
            }
            (Heard::Go | Heard::Yes | Heard::Resume, None) if to_make => self.start = Next::Start,
            (Heard::Retry, None) if planned => self.start = Next::Start,
            (Heard::Length(seconds), _) if planned => {
                self.change_brief(&BriefChange::Length(seconds.to_string())).await?;
            }
            (Heard::Episode(number), _) => return self.choose_episode(*number).await,
            (Heard::Go | Heard::Yes | Heard::Resume, None) if planned && !super::greets(&self.understanding) => {
                self.review();
            }
            (Heard::But(rest), None) if planned && self.asks_for_change() => {
                let rest = rest.clone();
                self.modify(&rest).await?;
            }
            _ => {
                let agrees = self.understanding.cue == Some(Cue::Agreement) && to_make && !self.runs();
                if agrees {
                    self.start = Next::Start;
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
        let direction = self.direction().clone();
        direction.move_to(&mut self.desk, number, way).await?;
        self.desk.record.focus.before_last = None;
        if !self.desk.record.has_film {
            self.show_plan(&Reply::Changed);
        }
        self.start = Next::BringBack;
        Ok(())
    }

    /// One field of the brief.
    pub(super) async fn change_brief(&mut self, change: &BriefChange) -> Result<(), ConversationError> {
        self.make(vec![Change::Brief(change.clone())], Vec::new(), true).await
    }

    pub(super) fn show_plan(&mut self, reply: &Reply) {
        show_plan(&mut self.desk, reply);
    }

    fn review(&mut self) {
        let reply = match (&self.documents, self.desk.record.has_film, self.desk.edition()) {
            (_, false, None) => Reply::NothingYet,
            (_, false, Some(_)) if self.runs() => Reply::AlreadyMaking,
            (_, false, Some(_)) => Reply::OnlyPlan,
            (documents, true, _) => {
                let scenes = documents.as_ref().map_or(0, |d| d.scenes().len() as u32);
                let shots = documents.as_ref().map_or(0, |d| d.shots().len() as u32);
                let seconds = self.desk.snapshot.project.duration_ms.unwrap_or_default() as u32 / 1000;
                let title = self.desk.snapshot.project.title.clone();
                Reply::Facts { title, seconds, scenes, shots }
            }
        };
        let numbers = self.understanding.review.as_ref().and_then(|r| r.scene.as_ref()).map(Numbers::list);
        if let (Some(documents), Some([number, ..])) = (&self.documents, numbers.as_deref()) {
            let count = documents.scenes().len() as u32;
            let scene = number.checked_sub(1).and_then(|at| documents.scenes().get(at as usize));
            let Some(scene) = scene else {
                self.desk.reply(&Reply::NoSuch { thing: Thing::Scene(*number), count });
                return;
            };
            let lines: Vec<_> = scene.lines.iter().map(|line| format!("“{}”", line.text)).collect();
            let text = format!("{number}. {}: {} {}", scene.title, scene.summary, lines.join(" "));
            self.desk.record.focus.scene = Some(scene.id.clone());
            self.desk.say(Body::Text { text: text.trim().to_owned() });
            return;
        }
        self.desk.reply(&reply);
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
