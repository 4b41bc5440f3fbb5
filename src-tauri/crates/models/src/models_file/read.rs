//! From the text of a models file to what it says.

use std::collections::BTreeMap;
use std::str::FromStr;
use std::time::Duration;

use story::Size;
use toml::de::DeTable;

use super::address::{address, goes_in_the_clear, name, place, variable};
use super::reader::{Table, syntax, whole};
use super::{Adapter, Caps, ImageTable, KeyRef, Limits, ModelTable, ModelsFile, SpeechTable, VideoTable};
use crate::{Lengths, Price, Unit, Voices};

/// What is wrong with a models file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {what}")]
pub struct ModelsFileError {
    /// The line, from 1.
    pub line: usize,
    /// The key, and what is allowed there.
    pub what: String,
}

const MICRO: f64 = 1e6;
const MICRO_MILLION: f64 = 1e12;
/// Reference pictures a model looks at, when the file does not say.
const REFERENCES: u32 = 8;

impl FromStr for ModelsFile {
    type Err = ModelsFileError;

    fn from_str(text: &str) -> Result<Self, ModelsFileError> {
        let parsed = DeTable::parse(text).map_err(|e| syntax(text, &e))?;
        let mut file = Table::file(text, parsed.get_ref());
        let chat = file.table("chat")?.map(chat).transpose()?;
        let image = file.table("image")?.map(image).transpose()?;
        let video = file.table("video")?.map(video).transpose()?;
        let speech = file.table("speech")?.map(speech).transpose()?;
        let limits = file.table("limits")?.map(limits).transpose()?.unwrap_or_default();
        let caps = file.table("caps")?.map(caps).transpose()?.unwrap_or_default();
        file.end()?;
        Ok(Self { chat, image, video, speech, limits, caps })
    }
}

fn chat(mut table: Table<'_>) -> Result<ModelTable, ModelsFileError> {
    let of = model(&mut table)?;
    table.end()?;
    Ok(of)
}

fn image(mut table: Table<'_>) -> Result<ImageTable, ModelsFileError> {
    let of = model(&mut table)?;
    let sizes = sizes(&mut table)?;
    let references = table.whole("references", 0..=16)?.unwrap_or(REFERENCES) as usize;
    table.end()?;
    Ok(ImageTable { of, sizes, references })
}

fn video(mut table: Table<'_>) -> Result<VideoTable, ModelsFileError> {
    let of = model(&mut table)?;
    let sizes = sizes(&mut table)?;
    let lengths = table.list("lengths", "a list of whole seconds, each from 1 to 600", |v| {
        whole(v).filter(|s| (1..=600).contains(s))
    })?;
    let lengths = lengths.map_or(Lengths::WholeSeconds, |list| Lengths::Seconds(list.into_iter().collect()));
    table.end()?;
    Ok(VideoTable { of, sizes, lengths })
}

fn speech(mut table: Table<'_>) -> Result<SpeechTable, ModelsFileError> {
    const MUST: &str = "a voice's name";
    const LIST: &str = "a list of voices' names";
    let of = model(&mut table)?;
    let mut voices = Voices::default();
    if let Some(mut names) = table.table("voices")? {
        // Whoever names voices means only these.
        let named = |v: &toml::de::DeValue<'_>| v.as_str().and_then(name);
        voices.narrator = names.needed("narrator", MUST, name)?;
        voices.female = names.list("female", LIST, named)?.unwrap_or_default();
        voices.male = names.list("male", LIST, named)?.unwrap_or_default();
        voices.neutral = names.list("neutral", LIST, named)?.unwrap_or_default();
        names.end()?;
    }
    table.end()?;
    Ok(SpeechTable { of, voices })
}

fn model(table: &mut Table<'_>) -> Result<ModelTable, ModelsFileError> {
    let adapter = table.needed("adapter", "\"openai\"", |text| (text == "openai").then_some(Adapter::Openai))?;
    let must = "an http or https address up to and with /v1, without a user, a key or a question mark in it";
    let base = table.needed("base_url", must, address)?;
    let model = table.needed("model", "the model's name at the provider", name)?;
    let must = "the NAME of an environment variable (capital letters, digits and _), never the key itself";
    let key = table.text("key_env", must, variable)?.map(KeyRef::Env);
    if key.is_some() && goes_in_the_clear(&base) {
        return Err(table.wrong_here("base_url", "https where there is a key, or anybody on the way could read it"));
    }
    let provider = table.text("name", "a short name, other than \"builtin\"", |text| {
        name(text).filter(|n| n != "builtin" && n.len() <= 64)
    })?;
    let price = price(table)?;
    let limits = table.table("limits")?.map(limits).transpose()?.unwrap_or_default();
    let deadline = table.whole("deadline_s", 1..=86_400)?.map(|s| Duration::from_secs(u64::from(s)));
    Ok(ModelTable {
        adapter,
        provider: provider.unwrap_or_else(|| place(&base)),
        base_url: base.as_str().trim_end_matches('/').to_owned(),
        model,
        key,
        price,
        limits,
        deadline,
    })
}

fn sizes(table: &mut Table<'_>) -> Result<Vec<Size>, ModelsFileError> {
    let must = "a list of sizes such as \"1280x720\", each side from 64 to 8192";
    let size = |text: &str| {
        let (width, height) = text.split_once('x')?;
        let side = |text: &str| text.parse().ok().filter(|side| (64..=8192).contains(side));
        Some(Size { width: side(width)?, height: side(height)? })
    };
    Ok(table.list("sizes", must, |v| v.as_str().and_then(size))?.unwrap_or_default())
}

fn price(table: &mut Table<'_>) -> Result<Price, ModelsFileError> {
    if !table.is_table("price") {
        let each = table.dollars("price", MICRO)?;
        return Ok(each.map_or(Price::Unknown, |micros| Price::per(Unit::Calls, micros)));
    }
    let Some(mut units) = table.table("price")? else { return Ok(Price::Unknown) };
    let mut rates = BTreeMap::new();
    for (one, million, unit) in [
        ("call", None, Unit::Calls),
        ("image", None, Unit::Images),
        ("second", None, Unit::Seconds),
        ("character", Some("million_characters"), Unit::Characters),
        ("input_token", Some("million_input_tokens"), Unit::InputTokens),
        ("output_token", Some("million_output_tokens"), Unit::OutputTokens),
    ] {
        if let Some(rate) = units.dollars(one, MICRO_MILLION)? {
            rates.insert(unit, rate);
        }
        let Some(million) = million else { continue };
        if let Some(rate) = units.dollars(million, MICRO)?
            && rates.insert(unit, rate).is_some()
        {
            return Err(units.wrong_here(million, &format!("left out where {one} is given")));
        }
    }
    units.end()?;
    if rates.is_empty() {
        return Err(table.wrong_here("price", "a number, or a table with at least one unit's price"));
    }
    Ok(Price::PerMillion(rates))
}

fn limits(mut table: Table<'_>) -> Result<Limits, ModelsFileError> {
    let mut concurrent = table.whole("concurrent", 1..=10_000)?;
    // Other words for the same.
    for other in ["concurrent_calls", "at_once"] {
        if let Some(limit) = table.whole(other, 1..=10_000)? {
            if concurrent.is_some() {
                return Err(table.wrong_here(other, "left out where concurrent is given"));
            }
            concurrent = Some(limit);
        }
    }
    let calls_per_minute = table.whole("calls_per_minute", 1..=1_000_000)?;
    let tokens_per_minute = table.whole("tokens_per_minute", 1..=u32::MAX)?;
    table.end()?;
    Ok(Limits { concurrent, calls_per_minute, tokens_per_minute })
}

fn caps(mut table: Table<'_>) -> Result<Caps, ModelsFileError> {
    let caps = Caps {
        run: table.dollars("run", MICRO)?,
        project: table.dollars("project", MICRO)?,
        day: table.dollars("day", MICRO)?,
    };
    table.end()?;
    Ok(caps)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::CallKind;

    const CHAT: &str = "[chat]\nadapter = \"openai\"\nbase_url = \"https://api.example.com/v1/\"\nmodel = \"m\"\n";

    fn fault(text: &str) -> ModelsFileError {
        text.parse::<ModelsFile>().expect_err(text)
    }

    /// A line added to a good `[chat]` (it becomes line 5), and words that its fault must have.
    fn check(line: &str, words: &[&str]) {
        let fault = fault(&format!("{CHAT}{line}\n"));
        assert_eq!(fault.line, 5, "{line}: {fault}");
        for word in words {
            assert!(fault.what.contains(word), "{line}: {fault}");
        }
    }

    #[test]
    fn a_whole_file_is_read() {
        let text = include_str!("example.toml");
        let file: ModelsFile = text.parse().unwrap();
        let chat = file.chat.as_ref().unwrap();
        assert_eq!((chat.provider.as_str(), chat.base_url.as_str()), ("api.openai.com", "https://api.openai.com/v1"));
        assert_eq!(
            chat.price,
            Price::PerMillion(BTreeMap::from([(Unit::InputTokens, 1_250_000), (Unit::OutputTokens, 10_000_000)]))
        );
        let video = file.video.as_ref().unwrap();
        assert_eq!(video.lengths, Lengths::Seconds([4, 8, 12].into()));
        assert_eq!(video.of.price.most(&[(Unit::Calls, 1), (Unit::Seconds, 8)]), Some(800_000));
        assert_eq!(video.of.limits.concurrent, Some(2));
        assert_eq!(file.image.as_ref().unwrap().sizes[0], Size { width: 1536, height: 864 });
        assert_eq!(file.speech.as_ref().unwrap().of.provider, "kokoro");
        assert_eq!(file.limits, Limits { concurrent: Some(8), calls_per_minute: Some(120), tokens_per_minute: None });
        assert_eq!(file.caps, Caps { run: Some(5_000_000), project: Some(20_000_000), day: Some(10_000_000) });
        assert_eq!(chat.key, Some(KeyRef::Env("OPENAI_API_KEY".into())));
        let kept = serde_json::to_string(&file).unwrap();
        assert!(kept.contains(r#""key_env":"OPENAI_API_KEY""#), "as runs have always kept it: {kept}");
        assert_eq!(serde_json::from_str::<ModelsFile>(&kept).unwrap(), file);
        assert_eq!(file.models().len(), 4);
        assert!(file.models()[&CallKind::Speech].key.is_none());
    }

    #[test]
    fn docs_show_the_example() {
        let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../docs/MODELS.md")).unwrap();
        assert!(page.contains(include_str!("example.toml").trim()), "docs/MODELS.md shows models_file/example.toml");
    }

    #[test]
    fn a_fault_names_its_key_its_line_and_what_is_allowed() {
        check("prise = 1", &["[chat]", "prise", "price", "base_url"]);
        check("price = -1", &["chat.price", "dollars"]);
        check("price = \"cheap\"", &["chat.price", "dollars"]);
        check("price = nan", &["chat.price", "dollars"]);
        check("price = {}", &["chat.price", "unit"]);
        check("price = { token = 1 }", &["[chat.price]", "token", "input_token"]);
        check("price = { character = 1, million_characters = 1 }", &["million_characters", "left out"]);
        check("limits = { concurrent = 0 }", &["chat.limits.concurrent", "from 1"]);
        check("limits = { concurrent = 2, at_once = 2 }", &["at_once", "left out"]);
        check("lengths = [4]", &["[chat]", "lengths"]);
        check("name = \"builtin\"", &["chat.name"]);
        check("deadline_s = 0", &["chat.deadline_s", "from 1"]);
        check("model = \"twice\"", &["not TOML"]);
        assert_eq!(fault("[chat]\nadapter = \"gemini\"").to_string(), "line 2: chat.adapter must be \"openai\"");
        let missing = fault("\n[image]\nadapter = \"openai\"\n");
        assert!(missing.line == 2 && missing.what.contains("[image] needs base_url"), "{missing}");
        assert!(fault("[movie]\n").what.contains("chat, image, video, speech, limits, caps"));
        assert!(fault("[[chat]]\n").what.contains("chat must be a table"));
        assert!(fault("caps = 3\n").what.contains("caps must be a table"));
        for base in ["ftp://h/v1", "https://user:pw@h/v1", "https://h/v1?key=x", "h/v1"] {
            let text = CHAT.replace("https://api.example.com/v1/", base);
            assert!(fault(&text).what.contains("chat.base_url"), "{base}");
        }
    }

    #[test]
    fn no_fault_repeats_a_key_that_was_pasted_to_the_wrong_place() {
        for line in [
            "key_env = \"sk-planted-1234\"",
            "key = \"sk-planted-1234\"",
            "price = \"sk-planted-1234\"",
            "name = sk-planted-1234",
            "limits = \"sk-planted-1234\"",
            "key_env = sk-planted-1234\"",
            "sk-planted-1234-planted-1234-planted",
        ] {
            let fault = fault(&format!("{CHAT}{line}\n"));
            assert!(!format!("{fault} {fault:?}").contains("planted-1234"), "{line}: {fault}");
        }
    }

    #[test]
    fn a_key_does_not_go_over_the_net_in_the_clear() {
        let with = |base: &str| {
            format!("{CHAT}key_env = \"KEY\"\n").replace("https://api.example.com/v1/", base).parse::<ModelsFile>()
        };
        assert!(with("http://api.example.com/v1").unwrap_err().what.contains("https"));
        for inside in ["http://127.0.0.1:8080/v1", "http://localhost/v1", "http://192.168.1.7/v1", "http://gpu-box/v1"]
        {
            assert!(with(inside).is_ok(), "{inside}");
        }
    }

    #[test]
    fn an_empty_file_sets_up_nothing() {
        assert_eq!("".parse::<ModelsFile>().unwrap(), ModelsFile::default());
    }

    proptest! {
        #[test]
        fn no_text_is_too_odd(text in "[\\[\\]a-z=\"{}.,0-9 \n_#'-]{0,200}") {
            let _ = text.parse::<ModelsFile>();
        }

        #[test]
        fn a_damaged_file_is_read_or_told_with_a_line_of_it(at in 0_usize..1_200, put in "[ -~\n]{0,3}") {
            let mut text = include_str!("example.toml").to_owned();
            let at = at.min(text.len());
            text.insert_str(at, &put);
            if let Err(fault) = text.parse::<ModelsFile>() {
                prop_assert!((1..=text.lines().count() + 1).contains(&fault.line), "{}", fault);
            }
        }

        #[test]
        fn dollars_become_millionths(cents in 0_u32..100_000) {
            let text = format!("[caps]\nrun = {}.{:02}\n", cents / 100, cents % 100);
            prop_assert_eq!(text.parse::<ModelsFile>().unwrap().caps.run, Some(u64::from(cents) * 10_000));
        }
    }
}
