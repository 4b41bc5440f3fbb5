//! The roles of the clauses: which say how the film shall be, and which say what it is about.

use std::ops::Range;

use super::labels::{Label, label};
use super::reading::{Part, Reading, Role};
use crate::wording::{Clause, Hit};

impl<'a> Reading<'a> {
    pub(super) fn part(&self, clause: Clause<'a>) -> Part<'a> {
        let words = self.words_in(&clause.range);
        let total = words.len();
        let mut known = vec![false; total];
        let mut mark = |range: &Range<usize>| {
            for i in range.clone().filter(|i| words.contains(i)) {
                known[i - words.start] = true;
            }
        };
        let measures = self.lengths.ranges.iter().chain(&self.ratio_ranges).chain(self.count.iter().map(|c| &c.range));
        for range in measures {
            mark(&self.words_in(range));
        }
        for hits in [&self.styles, &self.moods, &self.special, &self.work, &self.languages] {
            for hit in hits {
                mark(&hit.words);
            }
        }
        let unknown = known.iter().filter(|k| !**k).count();
        let says = |hits: &[Hit<'_>]| hits.iter().any(|h| words.contains(&h.words.start));
        let unspaced = words.clone().filter(|i| self.words.list[*i].unspaced).count();
        let long = if unspaced * 2 > total { total > 14 } else { total > 8 };
        let begins_with_being =
            self.beings.iter().any(|h| h.words.start >= words.start && h.words.end <= words.end.min(words.start + 4))
                && !says_no(self, words.start);
        let about = words
            .clone()
            .filter_map(|i| self.word(i))
            .any(|w| matches!(w.norm.as_str(), "about" | "sobre" | "uber" | "sur"))
            && (unknown > 0 || says(&self.beings))
            || ["について", "に関する", "关于"].iter().any(|w| clause.text.contains(w));
        let how = if about || self.asks_about(&words, &known) {
            false
        } else if leaves_out(self, &words) || self.is_a_demand(&words, clause.range.start) {
            true
        } else if total == 0 || unknown == 0 {
            !says(&self.beings) || says(&self.special)
        } else {
            let half = unknown * 2 <= total || (unspaced > 0 && unknown <= 4);
            !long
                && !begins_with_being
                && half
                && (says(&self.special) || (unknown <= 1 && (says(&self.styles) || says(&self.moods))))
        };
        let role = if how { Role::How } else { Role::What };
        Part { clause, words, role, unknown, is_label: false, label: None }
    }

    /// "a vertical tiktok for a sneaker drop": a word for the film, then what it is about.
    fn asks_about(&self, words: &Range<usize>, known: &[bool]) -> bool {
        let leads = |i: usize| {
            self.word(i).is_some_and(|w| {
                matches!(
                    w.norm.as_str(),
                    "for"
                        | "of"
                        | "about"
                        | "on"
                        | "over"
                        | "showing"
                        | "featuring"
                        | "where"
                        | "de"
                        | "du"
                        | "des"
                        | "dune"
                        | "dun"
                        | "sobre"
                        | "sur"
                        | "von"
                        | "vom"
                        | "uber"
                        | "fur"
                        | "para"
                        | "pour"
                )
            })
        };
        let films = self.work.iter().filter(|h| h.class == "work");
        let views = self.special.iter().filter(|h| h.class == "camera");
        films.chain(views).filter(|h| words.contains(&h.words.start)).any(|h| {
            let told = |i: usize| !known[i - words.start] || self.beings.iter().any(|b| b.words.contains(&i));
            leads(h.words.end) && (h.words.end + 1..words.end).any(told)
        })
    }

    /// "a David Attenborough kind of narration", "text 'Drop 07' at the end": a short clause after the first one that
    /// begins or ends with a demand.
    fn is_a_demand(&self, words: &Range<usize>, start: usize) -> bool {
        let acts = |i: usize| {
            self.word(i)
                .is_some_and(|w| matches!(w.norm.as_str(), "he" | "she" | "they" | "it" | "who" | "i" | "we" | "is"))
                || self.beings.iter().any(|h| h.words.contains(&i))
        };
        start > 0
            && words.len() <= 7
            && self.special.iter().any(|h| {
                (h.words.start == words.start || h.words.end == words.end && words.len() <= 6)
                    && matches!(h.class, "sound" | "caption" | "camera" | "visual")
                    && h.words.start >= words.start
            })
            && !words.clone().any(acts)
    }

    /// What a label announces is how or what, as the label says.
    pub(super) fn mark_labels(&mut self) {
        let mut current: Option<(usize, Label)> = None;
        for i in 0..self.parts.len() {
            let part = &self.parts[i];
            let sentence = part.clause.sentence;
            if matches!(part.clause.end, Some(':' | '：'))
                && let Some(found) = label(&self.words.list[part.words.clone()])
            {
                current = Some((sentence, found));
                self.parts[i].is_label = true;
                self.parts[i].role = Role::How;
            } else if let Some((_, label)) = current.filter(|(s, _)| *s == sentence) {
                if label == Label::Subject {
                    current = None;
                }
                self.parts[i].label = Some(label);
                self.parts[i].role = if matches!(label, Label::Subject | Label::Cast) { Role::What } else { Role::How };
            }
        }
    }

    /// In "a fox in snow, black background, two minutes" the short clauses after the first one say how as well.
    pub(super) fn mark_trailing(&mut self) {
        for i in 1..self.parts.len() {
            let part = &self.parts[i];
            let listed = part.clause.sentence;
            let neighbours = self.parts.iter().enumerate().filter(|(j, p)| *j != i && p.clause.sentence == listed);
            let (how, what) =
                neighbours.fold((0, 0), |(h, w), (_, p)| if p.role == Role::How { (h + 1, w) } else { (h, w + 1) });
            let unspaced = part.words.clone().any(|w| self.words.list[w].unspaced);
            let short = part.words.len() <= if unspaced { 6 } else { 3 };
            let acts = self.beings.iter().any(|h| part.words.contains(&h.words.start));
            let has_what_before = self.parts[..i].iter().any(|p| p.role == Role::What);
            if part.role == Role::What
                && part.label.is_none()
                && short
                && !acts
                && how >= what.max(1)
                && has_what_before
            {
                self.parts[i].role = Role::How;
            }
        }
    }
}

/// "no people", "sin efectos": a short clause that leaves something out.
fn leaves_out(reading: &Reading<'_>, words: &Range<usize>) -> bool {
    let norm = |i: usize| reading.word(i).map_or("", |w| w.norm.as_str());
    let first = if matches!(norm(words.start), "and" | "but" | "please" | "y" | "et" | "und" | "aber") {
        words.start + 1
    } else {
        words.start
    };
    let says_no = matches!(
        norm(first),
        "no" | "without"
            | "zero"
            | "sin"
            | "nada"
            | "sans"
            | "aucun"
            | "aucune"
            | "ohne"
            | "kein"
            | "keine"
            | "keinen"
            | "无"
            | "没"
            | "never"
            | "not"
            | "dont"
            | "nothing"
    ) || (norm(first) == "pas" && matches!(norm(first + 1), "de" | "d"))
        || (norm(first) == "不" && norm(first + 1) == "要");
    let measures = matches!(
        norm(first + 1),
        "wait"
            | "longer"
            | "more"
            | "less"
            | "shorter"
            | "mas"
            | "menos"
            | "plus"
            | "moins"
            | "langer"
            | "mehr"
            | "problem"
            | "idea"
            | "clue"
            | "worries"
            | "rush"
            | "budget"
            | "a"
            | "one"
            | "only"
            | "just"
            | "too"
            | "so"
    );
    let asks = norm(first) == "dont" && !matches!(norm(first + 1), "use" | "show" | "include" | "be" | "add" | "put");
    let measures = measures || asks;
    let unspaced = reading.word(first).is_some_and(|w| w.unspaced);
    says_no && !measures && words.end > first + 1 && words.end - first <= if unspaced { 10 } else { 6 }
}

/// True when a clause begins by leaving something out.
fn says_no(reading: &Reading<'_>, start: usize) -> bool {
    reading.word(start).is_some_and(|w| {
        matches!(
            w.norm.as_str(),
            "no" | "without"
                | "sin"
                | "sans"
                | "ohne"
                | "keine"
                | "kein"
                | "无"
                | "没"
                | "不"
                | "only"
                | "for"
                | "para"
                | "pour"
                | "fur"
        )
    })
}
