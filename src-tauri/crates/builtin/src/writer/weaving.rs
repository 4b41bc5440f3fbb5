//! Puts what the person told into the drafts of an English film: the plot of a tale, the facts of other films.
//!
//! The words are `plot`'s; what is said around them is the books'.

use story::Kind;

use super::being::Being;
use super::draft::Draft;
use super::english::{English, title};
use super::lexicon::VerbClass;
use super::phrasebook::sentence;
use super::plot::{self, Told};
use super::prose;
use super::setting::places_in;
use super::spots::spot_in;
use super::vocabulary;

impl English<'_> {
    /// What the person said happens is told whatever the beats say.
    pub(super) fn tell_theme(&mut self, drafts: &mut [Draft], beats: &[&str]) {
        // A glimpse has room for one sentence, and has it.
        if drafts.len() < 2 {
            return;
        }
        if self.theme.has_plot() || self.theme.travels {
            return self.tell_plot(drafts);
        }
        let Some(deed) = &self.theme.deed else { return };
        let (he, hero) = (self.telling.slots.get("he").to_owned(), self.telling.slots.get("a hero").to_owned());
        if he.is_empty() {
            return;
        }
        let (base, past) = (deed.base(), deed.past());
        if !self.telling.deed_told() && !vocabulary::implied(self.theme, &self.telling.slots) {
            let at = beats.iter().position(|name| *name == "meeting").unwrap_or(0);
            let who = if at == 0 { hero } else { format!("Then, one day, {he}") };
            self.tell(&mut drafts[at], &[format!("{who} {past}.")]);
        }
        // With whom something is done is seen when it is told; who is looked for is not there yet.
        if deed.class == VerbClass::Seek {
            return;
        }
        let with = self.theme.seen_in(&deed.rest);
        let tells =
            |draft: &&mut Draft| draft.pool.first().is_some_and(|line| line.contains(&base) || line.contains(&past));
        for draft in drafts.iter_mut().filter(tells) {
            show(draft, &with);
            lead_to(draft, &deed.rest);
        }
    }

    /// The plot of the person's own: its beginning where the film begins, the rest over the scenes behind that.
    fn tell_plot(&mut self, drafts: &mut [Draft]) {
        let plot = plot::of_tale(self.theme, &self.telling.slots, &mut self.rng);
        let tells = self.theme.hero.as_ref().is_some_and(Being::tells);
        if !tells {
            drafts[0].pool.clear();
        }
        let lines: Vec<String> = plot.beginning.into_iter().flat_map(|told| told.lines).collect();
        let behind = drafts[0].pool.len().min(1);
        self.insert(&mut drafts[0], behind, &lines);
        self.spread(drafts, &plot.then);
    }

    /// What was said of somebody or something, over the scenes behind the first.
    pub(super) fn tell_facts(&mut self, drafts: &mut [Draft]) {
        let mut told = plot::of_facts(self.theme, self.kind, &self.telling.slots, &self.points);
        match self.kind {
            Kind::Explainer => return self.explain(drafts, told),
            Kind::MoodPiece | Kind::List => self.name_topic(&mut drafts[0]),
            // The news is the first thing that is said of it.
            Kind::News if !told.is_empty() => {
                let behind = drafts[0].pool.len().min(1);
                self.insert(&mut drafts[0], behind, &told.remove(0).lines);
            }
            _ => {}
        }
        if drafts.len() > 1 && !told.is_empty() {
            self.spread(drafts, &told);
        }
    }

    /// The question, and the answer where it was given: it needs no gap.
    fn explain(&mut self, drafts: &mut [Draft], told: Vec<Told>) {
        if drafts.len() > 1 {
            self.ask(&mut drafts[0]);
        }
        if told.is_empty() {
            return;
        }
        let gap = |draft: &Draft| draft.pool.iter().any(|line| line.contains('['));
        let answer = drafts.iter().position(gap).unwrap_or(drafts.len() - 1);
        for draft in drafts.iter_mut().filter(|draft| gap(draft)) {
            draft.pool.clear();
        }
        let lines: Vec<String> = told.into_iter().flat_map(|told| told.lines).collect();
        self.tell(&mut drafts[answer], &lines);
    }

    /// What a mood or a list is of is said first, whatever else is.
    fn name_topic(&mut self, draft: &mut Draft) {
        let topic = self.telling.slots.get("topic").to_owned();
        let said = draft.pool.iter().any(|line| line.to_lowercase().contains(&topic.to_lowercase()));
        if !said && !topic.is_empty() && !self.spots.said {
            self.tell(draft, &[format!("{topic}.")]);
        }
    }

    /// What an explainer is about is said first; a question that is too long for a line of a frame is asked in parts.
    fn ask(&mut self, draft: &mut Draft) {
        let (text, question) = (self.theme.text.clone(), self.telling.slots.get("question").to_owned());
        let topic = self.telling.slots.get("topic").to_lowercase();
        let asked =
            |line: &String| line.to_lowercase().contains(&topic) || !question.is_empty() && line.contains(&question);
        if draft.pool.iter().take(2).any(asked) {
            return;
        }
        let asks = ["how ", "why ", "what "].iter().any(|ask| text.to_lowercase().starts_with(ask));
        let said = if question.is_empty() { format!("{text}{}", if asks { "?" } else { "." }) } else { question };
        draft.pool.clear();
        self.tell(draft, &[said]);
    }

    fn spread(&mut self, drafts: &mut [Draft], told: &[Told]) {
        let (scenes, count) = (drafts.len() - 1, told.len());
        // Few things are told as far apart as there are scenes, and the end is left to itself where it can be.
        let room = if count < scenes { scenes - 1 } else { scenes };
        let places: Vec<usize> = (0..count).map(|at| 1 + at * room / count).collect();
        for at in 1..drafts.len() {
            let here: Vec<&Told> =
                told.iter().zip(&places).filter(|(_, place)| **place == at).map(|(t, _)| t).collect();
            if here.is_empty() {
                continue;
            }
            let lines: Vec<String> = here.iter().flat_map(|told| told.lines.clone()).collect();
            // What the person told needs nothing behind it but an end.
            if matches!(self.kind, Kind::Tale | Kind::Journey) && at + 1 < drafts.len() {
                drafts[at].pool.clear();
            }
            // What is presented is named before it is told of.
            let behind = usize::from(at == 1 && self.kind == Kind::Product).min(drafts[at].pool.len());
            self.insert(&mut drafts[at], behind, &lines);
            for told in here {
                show(&mut drafts[at], &told.seen);
                lead_to(&mut drafts[at], &told.about);
            }
        }
    }

    /// Begins a scene with some sentences.
    fn tell(&mut self, draft: &mut Draft, lines: &[String]) {
        self.insert(draft, 0, lines);
    }

    /// Says some sentences in a scene; one that is too long for a shot is parted.
    fn insert(&mut self, draft: &mut Draft, at: usize, lines: &[String]) {
        let parts = lines.iter().flat_map(|line| prose::captions(&sentence(line), story::Language::En));
        let said: Vec<String> = parts.filter(|part| self.telling.keep(part)).collect();
        draft.own = if said.is_empty() { draft.own } else { at + said.len() };
        draft.pool.splice(at..at, said);
    }
}

/// Where something that happens leads to is where it is seen: the island that is sailed to, the cave that is found.
fn lead_to(draft: &mut Draft, words: &str) {
    let named = places_in(words).first().is_some_and(|found| found.prop.is_none() && found.kind != draft.spot.kind);
    if let Some(spot) = spot_in(words).filter(|_| named) {
        draft.title = title(&spot, draft.time);
        draft.spot = spot;
    }
}

/// With somebody else in a scene.
fn show(draft: &mut Draft, who: &[String]) {
    let new: Vec<String> = who.iter().filter(|name| !draft.who.contains(name)).cloned().collect();
    draft.who.extend(new);
}
