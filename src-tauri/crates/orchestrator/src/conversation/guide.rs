//! The built-in guide: what the app can do, how things are done in it, what words of film mean, by its real state.

use super::turn::Turn;
use crate::replies::Reply;
use crate::{Body, ConversationError};

/// What a question is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Topic {
    Cost,
    Files,
    Export,
    Undo,
    Change,
    Takes,
    Review,
    Series,
    Length,
    Languages,
    Styles,
    Shapes,
    Models,
    Network,
    Captions,
    Voice,
    Music,
    Stop,
    Word(&'static str),
}

/// Words that name a topic; the first topic that is named counts.
const TOPICS: &[(Topic, &[&str])] = &[
    (
        Topic::Cost,
        &[
            "cost",
            "costs",
            "price",
            "expensive",
            "free",
            "pay",
            "money",
            "spend",
            "spent",
            "cuesta",
            "precio",
            "coûte",
            "prix",
            "kostet",
            "kosten",
            "preis",
            "费用",
            "价格",
            "多少钱",
            "花钱",
            "料金",
            "費用",
            "いくら",
        ],
    ),
    (
        Topic::Files,
        &[
            "files",
            "file",
            "folder",
            "stored",
            "saved",
            "disk",
            "where are",
            "archivos",
            "carpeta",
            "fichiers",
            "dossier",
            "dateien",
            "ordner",
            "gespeichert",
            "文件",
            "保存在哪",
            "ファイル",
            "フォルダ",
        ],
    ),
    (Topic::Undo, &["undo", "history", "go back", "revert"]),
    (Topic::Takes, &["take", "takes", "another version of a shot", "approve", "lock"]),
    (Topic::Review, &["review", "stage", "stages", "step by step", "straight through"]),
    (Topic::Series, &["series", "episode", "episodes"]),
    (Topic::Export, &["export", "download", "share", "upload", "mp4", "formats", "format"]),
    (Topic::Models, &["key", "keys", "model", "models", "provider", "api", "openai", "gpu"]),
    (Topic::Network, &["internet", "network", "offline", "privacy", "private", "cloud", "upload my"]),
    (Topic::Captions, &["caption", "captions", "subtitle", "subtitles"]),
    (Topic::Voice, &["voice", "voices", "narrator", "narration", "speak"]),
    (Topic::Music, &["music", "soundtrack", "score"]),
    (Topic::Stop, &["stop", "pause", "cancel", "interrupted", "crash", "crashes"]),
    (Topic::Length, &["how long", "length", "long can", "duration", "minutes"]),
    (Topic::Languages, &["language", "languages", "spanish", "french", "german", "chinese", "japanese", "polish"]),
    (Topic::Styles, &["style", "styles", "look", "looks"]),
    (Topic::Shapes, &["aspect", "ratio", "shape", "vertical", "square", "9:16", "resolution"]),
    (Topic::Change, &["change", "edit", "modify", "fix", "rewrite"]),
];

/// Words of film, for "what is a storyboard?".
const WORDS: &[(&str, &str)] = &[
    (
        "storyboard",
        "A storyboard is the film as drawings before it moves: one picture a shot, with who is seen, how close the camera is and what it does. Here it is drawn right after the script; you can change, add, remove or reorder its shots before any clip is made.",
    ),
    (
        "animatic",
        "An animatic is a film made of still drawings that move a little: the camera drifts, rain falls, a figure is shifted. The built-in studio makes films of this kind; a video model makes the pictures move for real.",
    ),
    (
        "close-up",
        "A close-up is a shot in which a face, or one thing, fills the picture. Say “make shot 3 a close-up” to have one.",
    ),
    (
        "establishing shot",
        "An establishing shot shows the place from far away, so that we know where we are before anybody acts.",
    ),
    (
        "framing",
        "Framing is how much of the subject fills the picture: wide, full, medium, close-up. Say “make shot 2 wider” to change it.",
    ),
    (
        "aspect ratio",
        "The aspect ratio is the shape of the picture: 16:9 for a screen, 9:16 for a phone held upright, 1:1 square, 4:5, and 21:9 for cinema.",
    ),
    (
        "screenplay",
        "A screenplay is the film in words: scenes with place and time, what happens in them, and what is said. Here it is called the script.",
    ),
    (
        "script",
        "The script is the film in words: scenes with place, time and what happens, and the lines that are heard. You can rewrite any line: “change line 2 to “…””.",
    ),
    ("scene", "A scene is one place at one time in which one thing happens. It is told in several shots."),
    ("shot", "A shot is one uninterrupted picture: from one cut to the next."),
    (
        "take",
        "A take is one version of a shot. Every take is kept; you can go back to any of them, approve one, or ask for a new one.",
    ),
    ("montage", "A montage is a row of short shots that tells a lot in little time, usually carried by music."),
    ("voice-over", "A voice-over is a voice that we hear and whose speaker we do not see: here, the narrator."),
    (
        "narration",
        "Narration is the voice of somebody who tells the story and is not seen. Say “no voice” to leave it out: captions and music carry the film then.",
    ),
    ("pan", "In a pan the camera turns to the left or right from where it stands. Say “pan right in shot 2”."),
    (
        "cut",
        "A cut is where one shot ends and the next begins; and “the cut” is the whole film put together from its shots.",
    ),
    (
        "look",
        "The look is how the whole film is drawn: style, light, colours and mood together, so that all shots belong to one film.",
    ),
    ("logline", "A logline is the film in one sentence: who wants what, and what stands in the way."),
];

fn has(text: &str, spaced: &str, word: &str) -> bool {
    super::words::has(text, spaced, &[word])
}

fn topic(text: &str) -> Option<Topic> {
    let spaced = format!(" {} ", story::words(text).join(" "));
    let asks_what = ["what is", "what's", "what are", "what does", "explain", "meaning of", "mean"]
        .iter()
        .any(|w| spaced.contains(&format!(" {w} ")));
    if asks_what {
        let plural = |word: &str| format!("{word}s");
        let found = WORDS.iter().find(|(word, _)| {
            has(text, &spaced, &word.replace('-', " ")) || has(text, &spaced, word) || has(text, &spaced, &plural(word))
        });
        if let Some((_, meaning)) = found {
            return Some(Topic::Word(meaning));
        }
    }
    TOPICS.iter().find(|(_, words)| words.iter().any(|word| has(text, &spaced, word))).map(|(topic, _)| *topic)
}

impl Turn<'_> {
    /// Small talk and questions: nothing is done to the film.
    pub(super) async fn chat(&mut self) -> Result<(), ConversationError> {
        let guide = self.guide().await?;
        let talker = self.conversation.talker.clone();
        let answer = match talker {
            Some(talker) => talker.answer(&super::Memory::of(&self.desk), &self.text, &guide).await,
            None => None,
        };
        let text = answer.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()).unwrap_or(guide);
        self.desk.say(Body::Text { text });
        Ok(())
    }

    /// What the guide says.
    async fn guide(&self) -> Result<String, ConversationError> {
        let words = |reply: &Reply| self.desk.words(reply);
        if super::greets(&self.understanding) {
            return Ok(words(&Reply::Hello));
        }
        let topic = topic(&self.text);
        let text = match topic {
            Some(Topic::Cost) => {
                let spent = self.direction().library().ledger(&self.desk.project).await?.spent;
                let plan = self.desk.record.plan.as_ref().map(|p| (p.text.0 + p.media.0, p.text.1 + p.media.1));
                words(&Reply::Price { plan, spent })
            }
            Some(Topic::Files) => {
                words(&Reply::Files { home: self.direction().library().home().display().to_string() })
            }
            Some(Topic::Export) => words(&Reply::HowToSave),
            Some(topic) if self.desk.language() == story::Language::En => self.english(topic),
            _ => words(&Reply::Guide),
        };
        Ok(text)
    }

    /// What is said in English alone; the other languages have the short guide.
    fn english(&self, topic: Topic) -> String {
        let styles: Vec<_> = story::Style::ALL.iter().map(|style| style.as_str().replace('_', " ")).collect();
        let shapes: Vec<_> = story::Aspect::ALL.iter().map(|aspect| aspect.as_str()).collect();
        let here = match (self.desk.record.has_film, self.desk.edition()) {
            (true, _) => "Your film is ready to be changed.",
            (false, Some(_)) => "Your plan is ready: press Start, or say “go”.",
            (false, None) => "Start by saying what your film should be about.",
        };
        match topic {
            Topic::Undo => "Every decision is a step in the history. Say “undo” to take the last one back and “redo” to have it again, or click any step. Nothing that was made is made again: it is all kept.".to_owned(),
            Topic::Change => format!("Say it: “make the forest darker and add fog”, “shorten line 3”, “remove shot 4”, “make her older”, “no captions”. I show what is made again and what it costs before anything is done; say “ok” to apply it. {here}"),
            Topic::Takes => "Every frame and clip keeps its takes. On a shot you can ask for a new take, go back to an older one, approve one so that nothing changes it, or reject one with a reason.".to_owned(),
            Topic::Review => "“Straight through” makes the film in one go. “Review each stage” stops four times for you: at the outline, the cast, the storyboard and the shots. The storyboard comes before any paid clip.".to_owned(),
            Topic::Series => "Say “a 3-part series about …”. I plan the episodes with their titles and lengths and one shared cast; each is a film of its own, made with “start episode 2”. Making all of them in one go is not possible yet.".to_owned(),
            Topic::Length => format!("A film can be from {} seconds to {} minutes long; without a word from you it is 30 seconds. Say “45 seconds”, “two minutes”, “shorter” or “standard length”.", story::MIN_DURATION_S, story::MAX_DURATION_S / 60),
            Topic::Languages => "I understand and speak English, Chinese, Spanish, French, German and Japanese. Say “in Spanish” to have the film spoken and captioned in another language.".to_owned(),
            Topic::Styles => format!("There are {} styles: {}. Say “in watercolor”, or describe your own.", styles.len(), styles.join(", ")),
            Topic::Shapes => format!("The picture can be {}. Say “vertical”, “square” or the numbers.", shapes.join(", ")),
            Topic::Models => "No key and no GPU are needed: the built-in studio draws, speaks and composes on this machine. With a models file you can use providers of your own for writing, pictures, clips and voices; keys are read from your environment and stored nowhere.".to_owned(),
            Topic::Network => "Everything runs on this machine and stays on your disk. Nothing is sent anywhere unless you set up a model of a provider; then only what that model needs goes to it.".to_owned(),
            Topic::Captions => "Captions are burned into the picture, and lie beside the film as SRT and VTT. Say “no captions” to leave them out of the picture.".to_owned(),
            Topic::Voice => "A narrator tells the story, with the voices of this machine or of a speech model. Say “no voice”, or “a woman’s voice”, “slower”.".to_owned(),
            Topic::Music => "The music is composed for the film, after its moods and its length. Say “no music”, “happier music” or “different music”.".to_owned(),
            Topic::Stop => "Say “stop” or “pause”, or use the progress card. What was made is kept, also after a crash: start again and it goes on where it was, and nothing that was paid for is paid twice.".to_owned(),
            Topic::Word(meaning) => meaning.to_owned(),
            Topic::Cost | Topic::Files | Topic::Export => String::new(),
        }
    }
}
