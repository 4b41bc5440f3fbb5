//! Dialogues in text files: what is said, and what must have become of it after each turn.
//!
//! ```text
//! # What it shows.
//! film: A 12-second film about a fox in the forest     (made before the first turn; may be left out)
//!
//! > Make it darker                                      (what the person says)
//! shows: Scene 1: dusk; Scene 2: dusk                   (the proposal that is open now, part by part)
//! says: costs nothing                                   (in one of the replies)
//! meanwhile: yes                                        (the next thing is said while it runs)
//! keeps: voice music                                    (nothing of these is made; `makes` is all that is)
//! ```
//!
//! A value that ends with "…" may go on otherwise.
//!
//! After every turn it is checked what is open, asked, decided and started, whether the file names it or not: what it
//! does not name must not have happened. With `TELL=1` the test prints what became of each turn, in the words of such a
//! file, and checks nothing: `TELL=1 DIALOGUE=01 cargo test … every_dialogue -- --nocapture`.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use library::ProjectId;
use orchestrator::{Body, Edition, Stage, Subject};

use crate::studio::Studio;

struct Turn {
    said: String,
    wants: BTreeMap<String, Vec<String>>,
}

pub(crate) struct Dialogue {
    name: String,
    film: Option<String>,
    turns: Vec<Turn>,
}

const KEYS: [&str; 13] = [
    "shows",
    "says",
    "asks",
    "decides",
    "runs",
    "stage",
    "brief",
    "revisions",
    "makes",
    "keeps",
    "meanwhile",
    "intent",
    "plan",
];

impl Dialogue {
    pub(crate) fn read(name: &str, text: &str) -> Self {
        let mut dialogue = Self { name: name.to_owned(), film: None, turns: Vec::new() };
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
            if let Some(said) = line.strip_prefix('>') {
                dialogue.turns.push(Turn { said: said.trim().to_owned(), wants: BTreeMap::new() });
                continue;
            }
            let (key, value) =
                line.split_once(':').unwrap_or_else(|| panic!("{name}: {line:?} is no line of a dialogue"));
            let value = value.trim().to_owned();
            match dialogue.turns.last_mut() {
                None if key == "film" => dialogue.film = Some(value),
                Some(turn) if KEYS.contains(&key) => turn.wants.entry(key.to_owned()).or_default().push(value),
                _ => panic!("{name}: nobody knows what {key:?} is"),
            }
        }
        dialogue
    }

    /// How many turns it has.
    pub(crate) fn len(&self) -> usize {
        self.turns.len()
    }

    /// The film that must be there before the first turn.
    pub(crate) fn film(&self) -> Option<&str> {
        self.film.as_deref()
    }

    /// Holds it in a project of its own; gives what became of its turns, in words.
    pub(crate) async fn hold(&self, studio: &Studio, films: &BTreeMap<String, ProjectId>) -> String {
        let project = match &self.film {
            Some(about) => {
                let title = studio.library().project(&films[about]).await.unwrap().title;
                studio.library().duplicate_project(&films[about], &title).await.unwrap()
            }
            None => studio.project().await,
        };
        let mut told = format!("== {}\n", self.name);
        for (number, turn) in self.turns.iter().enumerate() {
            let meanwhile = turn.wants.contains_key("meanwhile");
            let happened = Happened::of(studio, &project, &turn.said, meanwhile).await;
            let _ = writeln!(told, "> {}\n{happened}", turn.said);
            if std::env::var_os("TELL").is_some() {
                continue;
            }
            let at = format!("{}, turn {} ({:?}):\n{happened}", self.name, number + 1, turn.said);
            happened.check(&turn.wants, &at);
        }
        studio.direction.cancel(&project);
        studio.direction.settled(&project).await;
        told
    }
}

/// What became of a turn.
struct Happened {
    intent: String,
    shows: Vec<String>,
    says: Vec<String>,
    asks: String,
    decides: Vec<String>,
    runs: bool,
    stage: Stage,
    brief: BTreeMap<&'static str, String>,
    revisions: usize,
    makes: String,
    plan: String,
}

fn brief_of(edition: Option<&Edition>) -> BTreeMap<&'static str, String> {
    let Some(edition) = edition else { return BTreeMap::new() };
    let brief = &edition.brief;
    let assumed = |said: bool| if said { "" } else { " (assumed)" };
    BTreeMap::from([
        ("theme", brief.theme.clone()),
        ("length", format!("{}{}", brief.duration_s.value, assumed(brief.duration_s.is_said()))),
        ("style", brief.style.as_ref().map_or_else(String::new, |s| s.value.as_str().to_owned())),
        ("mood", brief.mood.value.as_str().to_owned()),
        ("shape", brief.aspect.value.as_str().to_owned()),
        ("language", brief.language.value.code().to_owned()),
        ("captions", if brief.captions.value { "on" } else { "off" }.to_owned()),
        ("voice", format!("{:?}", brief.sound.value)),
        ("cast", brief.characters.join(", ")),
        (
            "episodes",
            edition
                .series
                .iter()
                .flat_map(|s| &s.episodes)
                .map(|e| e.seconds.to_string())
                .collect::<Vec<_>>()
                .join(" "),
        ),
        (
            "moods",
            edition
                .series
                .iter()
                .flat_map(|s| &s.episodes)
                .map(|e| e.mood.map_or("-", |m| m.as_str()))
                .collect::<Vec<_>>()
                .join(" "),
        ),
        ("version", edition.version.to_string()),
    ])
}

impl Happened {
    async fn of(studio: &Studio, project: &ProjectId, said: &str, meanwhile: bool) -> Self {
        let before = studio.direction.history(project).await.unwrap().steps.len();
        let held = studio.say(project, said).await;
        let mut makes = String::new();
        if !meanwhile {
            studio.direction.settled(project).await;
        }
        if let Some(run) = held.started.as_ref().filter(|_| !meanwhile) {
            let (made, _) = studio.made(project, run).await;
            let mut collections: Vec<_> = made.iter().map(|slot| slot.split('/').next().unwrap().to_owned()).collect();
            collections.dedup();
            makes = if collections.is_empty() { "nothing".to_owned() } else { collections.join(" ") };
        }
        let record = studio.record(project).await;
        let edition = studio.edition(project).await;
        let open = studio.open(project).await;
        let history = studio.direction.history(project).await.unwrap();
        let stage = studio.library().project(project).await.unwrap().stage;
        let texts = held.replies.iter().map(|message| match &message.body {
            Body::Question { text, choices, .. } => {
                format!("{text} [{}]", choices.iter().map(|c| c.says.as_str()).collect::<Vec<_>>().join(" | "))
            }
            Body::Brief { text, choices } => {
                format!("{text} [{}]", choices.iter().map(|c| c.label.as_str()).collect::<Vec<_>>().join(" | "))
            }
            body => body.text().unwrap_or_default().to_owned(),
        });
        let plan = record.plan.as_ref().map_or_else(
            || "none".to_owned(),
            |plan| match plan.obstacle.as_str() {
                "" if plan.plan.steps.is_empty() => "empty".to_owned(),
                "" => plan.complexity.as_str().to_owned(),
                obstacle => obstacle.to_owned(),
            },
        );
        Self {
            intent: format!("{:?}", held.understanding.intent).to_lowercase(),
            shows: open.map(|p| p.words.split(", ").map(str::to_owned).collect()).unwrap_or_default(),
            says: texts.collect(),
            asks: match record.asked {
                None => "nothing".to_owned(),
                Some(Subject::Theme) => "theme".to_owned(),
                Some(Subject::Which) => "which".to_owned(),
                Some(Subject::Film) => "film".to_owned(),
            },
            decides: history.steps.iter().skip(before).map(|step| step.words.clone()).collect(),
            runs: held.started.is_some(),
            stage: Stage::of(&stage),
            brief: brief_of(edition.as_ref()),
            revisions: edition.map_or(0, |e| e.revisions.len()),
            makes,
            plan,
        }
    }

    fn check(&self, wants: &BTreeMap<String, Vec<String>>, at: &str) {
        let want = |key: &str| wants.get(key).map(|all| all.join("; "));
        let list = |key: &str| {
            want(key)
                .map(|all| all.split(';').map(|part| part.trim().to_owned()).collect::<Vec<_>>())
                .unwrap_or_default()
        };
        assert_eq!(self.shows, list("shows"), "what is shown — {at}");
        assert_eq!(self.asks, want("asks").unwrap_or_else(|| "nothing".to_owned()), "what is asked — {at}");
        let (decides, decided) = (want("decides").unwrap_or_default(), self.decides.join("; "));
        let fits = decides.strip_suffix('…').map_or(decides == decided, |start| decided.starts_with(start));
        assert!(fits, "what is decided, {decided:?}, should be {decides:?} — {at}");
        assert_eq!(self.runs, wants.contains_key("runs"), "whether it runs — {at}");
        if let Some(stage) = want("stage") {
            assert_eq!(self.stage.as_str(), stage, "the stage — {at}");
        }
        if let Some(intent) = want("intent") {
            assert_eq!(self.intent, intent.replace('_', ""), "the intent — {at}");
        }
        if let Some(makes) = want("makes") {
            assert_eq!(self.makes, makes, "what is made — {at}");
        }
        for kept in want("keeps").iter().flat_map(|kept| kept.split(' ')) {
            assert!(!self.makes.split(' ').any(|made| made == kept), "{kept} is made again — {at}");
        }
        if let Some(plan) = want("plan") {
            assert_eq!(self.plan, plan, "the plan — {at}");
        }
        if let Some(revisions) = want("revisions") {
            assert_eq!(self.revisions.to_string(), revisions, "how many revisions — {at}");
        }
        for field in list("brief") {
            let (name, value) = field.split_once('=').unwrap_or_else(|| panic!("{field:?} is no field — {at}"));
            let is = self.brief.get(name.trim()).map(String::as_str);
            assert_eq!(is, Some(value.trim()), "the brief's {name} — {at}");
        }
        for words in wants.get("says").into_iter().flatten() {
            assert!(self.says.iter().any(|said| said.contains(words.as_str())), "{words:?} is not said — {at}");
        }
    }
}

/// As a file would say it; what did not happen is left out.
impl std::fmt::Display for Happened {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let brief: Vec<_> = self.brief.iter().map(|(name, value)| format!("{name} = {value}")).collect();
        let lines = [
            ("intent", self.intent.clone()),
            ("shows", self.shows.join("; ")),
            ("asks", if self.asks == "nothing" { String::new() } else { self.asks.clone() }),
            ("decides", self.decides.join("; ")),
            ("runs", if self.runs { "yes".to_owned() } else { String::new() }),
            ("makes", self.makes.clone()),
            ("stage", self.stage.as_str().to_owned()),
            ("plan", self.plan.clone()),
            ("revisions", self.revisions.to_string()),
            ("brief", brief.join("; ")),
        ];
        for (key, value) in lines.iter().filter(|(_, value)| !value.is_empty()) {
            writeln!(f, "{key}: {value}")?;
        }
        for said in &self.says {
            writeln!(f, "says: {}", said.replace('\n', " / "))?;
        }
        Ok(())
    }
}
