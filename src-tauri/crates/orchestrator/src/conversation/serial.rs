//! Series in the conversation: "a 3-part series about space exploration", "start episode 2".

use std::sync::LazyLock;

use regex::Regex;

use super::heard::number;
use super::reader::series::episode_in;
use super::turn::{Next, Turn, plan_brief};
use crate::replies::{Reply, Thing};
use crate::{Change, ConversationError, Edition, Intent, Series, brief_from};

/// How many films a message asks for as a series.
fn series_in(text: &str) -> Option<u32> {
    static PATTERN: LazyLock<Option<Regex>> = LazyLock::new(|| {
        let n = r"(\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|dos|tres|cuatro|cinco|seis|deux|trois|quatre|cinq|zwei|drei|vier|fünf|sechs)";
        Regex::new(&format!(
            r"(?i)\b{n}[\s-]*(?:part|episode|teilige|folgen|partes|episodios|épisodes|parties)\w*[\s-]+(?:mini[\s-]?)?(?:series?|serie|série|miniserie|trilogy)\b|\b(?:mini[\s-]?)?(?:series?|serie|série)\s+(?:of|in|de|en|mit|von)\s+{n}\b|\b(trilogy|trilogía|trilogie)\b|([二两三四五六七八九十\d]+)\s*(?:集|部)(?:的)?(?:系列|连续剧|短剧|剧)|(?:系列|シリーズ).{{0,6}}?([一二两三四五六七八九十\d]+)\s*(?:集|部|話|本)|(?:全)?([一二三四五六七八九十\d]+)\s*(?:話|部)(?:の)?シリーズ"
        ))
        .ok()
    });
    let found = PATTERN.as_ref()?.captures(text)?;
    if found.get(3).is_some() {
        return Some(3);
    }
    found.iter().skip(1).flatten().next().and_then(|n| number(n.as_str())).filter(|n| *n >= 2)
}

impl Turn<'_> {
    /// A message that asks for a series; false when it does not, or says not about what.
    pub(super) async fn hears_series(&mut self) -> Result<bool, ConversationError> {
        if self.understanding.intent != Intent::VideoGeneration {
            return Ok(false);
        }
        let Some(count) = series_in(&self.text) else { return Ok(false) };
        let Some(mut brief) = brief_from(&self.understanding.parameters, &self.text, self.defaults) else {
            return Ok(false);
        };
        // The number is that of the films, not of the scenes of one.
        brief.scene_count = None;
        let series = Series::of(&brief, count, crate::cast_of(&brief));
        let first = series.brief_of(0, &brief);
        plan_brief(self.direction, &mut self.desk, first, &Reply::Understood).await?;
        self.desk.unsay();
        let edition = self.desk.edition().cloned().ok_or(ConversationError::NothingToStart)?;
        let words = self.desk.words(&Reply::SeriesOf { theme: series.theme.clone(), count });
        self.desk.decide_instead(Edition { series: Some(series), ..edition }, &words)?;
        self.direction.plan_into(&mut self.desk).await?;
        self.show_series_or_plan();
        Ok(true)
    }

    /// "Make episode 2 shorter" while there is a series: a change of it, whatever else it could be.
    pub(super) async fn hears_episode(&mut self) -> Result<bool, ConversationError> {
        let series = self.desk.edition().is_some_and(|edition| edition.series.is_some());
        let asks = matches!(self.understanding.intent, Intent::VideoGeneration | Intent::Modification);
        if !series || !asks || episode_in(&self.text).is_none() {
            return Ok(false);
        }
        let text = self.text.clone();
        self.modify(&text).await?;
        Ok(true)
    }

    /// "Start episode 2"; false when there is no series.
    pub(super) async fn choose_episode(&mut self, number: u32) -> Result<bool, ConversationError> {
        let Some(series) = self.desk.edition().and_then(|edition| edition.series.clone()) else { return Ok(false) };
        let count = series.episodes.len() as u32;
        if number == 0 || number > count {
            self.desk.reply(&Reply::NoSuch { thing: Thing::Episode(number), count });
            return Ok(true);
        }
        let at = number as usize - 1;
        if series.chosen != at {
            let proposal = self.direction.work_out(&self.desk, &[Change::ChooseEpisode(at)]).await?;
            self.desk.decide_in_words(proposal.edition, proposal.words)?;
            self.direction.plan_into(&mut self.desk).await?;
        }
        self.next = Next::Start;
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_series_is_heard_with_its_number() {
        let check = |text: &str, want| assert_eq!(series_in(text), want, "{text}");
        check("Create a 3-part series about space exploration", Some(3));
        check("a series of four films about bees", Some(4));
        check("Erstelle eine dreiteilige Serie über Bienen", Some(3));
        check("Eine Serie in 3 Teilen über Bienen", Some(3));
        check("Haz una serie de 4 episodios sobre el mar", Some(4));
        check("制作一个3集的系列，关于太空", Some(3));
        check("a trilogy about a fox", Some(3));
        check("a film about a series of events", None);
        check("a film in three parts", None);
    }
}
