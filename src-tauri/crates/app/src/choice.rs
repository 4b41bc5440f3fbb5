//! The choice of models as the settings keep it: what a models file says, with keys kept by the program. From there to
//! what a front end shows, and back from what a person says.

use std::collections::{BTreeMap, BTreeSet};

use engine::Micros;
use models::{
    Adapter, ImageTable, KeyRef, Lengths, Limits, ModelTable, ModelsFile, Price, SpeechTable, Unit, VideoTable,
    checked_address, checked_name, checked_variable, is_on_this_machine, place_of,
};
use story::Size;

use crate::problem::bad_request;
use crate::view::micros;
use crate::wire::{KeyEdit, KeyView, ModelKind, PriceView, Problem, ServerEdit, ServerView};

/// Reference pictures that are sent along with a request for a picture, at most.
const REFERENCES: usize = 8;

/// The model of a kind.
pub(crate) fn table(file: &ModelsFile, kind: ModelKind) -> Option<&ModelTable> {
    match kind {
        ModelKind::Chat => file.chat.as_ref(),
        ModelKind::Image => file.image.as_ref().map(|image| &image.of),
        ModelKind::Video => file.video.as_ref().map(|video| &video.of),
        ModelKind::Speech => file.speech.as_ref().map(|speech| &speech.of),
    }
}

/// What makes the things of a film; its caps and limits aside.
pub(crate) fn makers(
    file: Option<&ModelsFile>,
) -> (Option<&ModelTable>, Option<&ImageTable>, Option<&VideoTable>, Option<&SpeechTable>) {
    let Some(file) = file else { return (None, None, None, None) };
    (file.chat.as_ref(), file.image.as_ref(), file.video.as_ref(), file.speech.as_ref())
}

/// The choice with another model of a kind; none is the built-in one.
pub(crate) fn with(mut file: ModelsFile, kind: ModelKind, edit: Option<&ServerEdit>) -> Result<ModelsFile, Problem> {
    let of = edit.map(|edit| model(kind, edit)).transpose()?;
    let sizes = edit.map(sizes).transpose()?.unwrap_or_default();
    let lengths = edit.map(|edit| lengths(&edit.lengths)).transpose()?.unwrap_or_default();
    match kind {
        ModelKind::Chat => file.chat = of,
        ModelKind::Image => file.image = of.map(|of| ImageTable { of, sizes, references: REFERENCES }),
        ModelKind::Video => file.video = of.map(|of| VideoTable { of, sizes, lengths }),
        ModelKind::Speech => file.speech = of.map(|of| SpeechTable { of, voices: models::Voices::default() }),
    }
    Ok(file)
}

/// The addresses that keys are kept for.
pub(crate) fn kept(file: &ModelsFile) -> BTreeSet<String> {
    let keys = file.models().into_values().filter_map(|table| table.key.clone());
    keys.filter_map(|key| if let KeyRef::Kept(address) = key { Some(address) } else { None }).collect()
}

/// An address as it is stored.
pub(crate) fn address(text: &str, key: &KeyEdit) -> Result<String, Problem> {
    checked_address(text, *key != KeyEdit::None)
        .map_err(|error| bad_request(story::sentence_case(&error.to_string()), error.hint()))
}

/// Where a key is from now on.
pub(crate) fn key_ref(address: &str, key: &KeyEdit) -> Result<Option<KeyRef>, Problem> {
    Ok(match key {
        KeyEdit::None => None,
        KeyEdit::Kept | KeyEdit::New { .. } => Some(KeyRef::Kept(address.to_owned())),
        KeyEdit::Env { variable } => Some(KeyRef::Env(checked_variable(variable).ok_or_else(|| {
            bad_request(
                "That is no name of an environment variable.",
                "Give its name (capital letters, digits and _), such as OPENAI_API_KEY, never the key itself.",
            )
        })?)),
    })
}

fn model(kind: ModelKind, edit: &ServerEdit) -> Result<ModelTable, Problem> {
    let base_url = address(&edit.base_url, &edit.key)?;
    let model = checked_name(&edit.model).ok_or_else(|| {
        bad_request("The model has no name.", "Choose one of the server's list, or type its name as the server has it.")
    })?;
    let given = edit.name.trim();
    let provider = if given.is_empty() {
        place_of(&base_url)
    } else {
        checked_name(given).filter(|name| name != "builtin" && name.len() <= 64).ok_or_else(|| {
            bad_request("The server cannot have that name.", "Give a short name, other than “builtin”; or none.")
        })?
    };
    Ok(ModelTable {
        adapter: Adapter::Openai,
        key: key_ref(&base_url, &edit.key)?,
        provider,
        base_url,
        model,
        price: price(kind, edit.price),
        limits: Limits {
            concurrent: edit.at_once.filter(|n| *n > 0),
            calls_per_minute: edit.per_minute.filter(|n| *n > 0),
            tokens_per_minute: None,
        },
        deadline: None,
    })
}

/// What is counted of a kind, and for how many of it the price is told.
fn unit(kind: ModelKind) -> (Unit, u64) {
    match kind {
        // Whoever sells text by the call.
        ModelKind::Chat => (Unit::Calls, 1),
        ModelKind::Image => (Unit::Images, 1),
        ModelKind::Video => (Unit::Seconds, 1),
        ModelKind::Speech => (Unit::Characters, 1_000_000),
    }
}

const MILLION: u64 = 1_000_000;

/// A price as a person said it.
pub(crate) fn price(kind: ModelKind, price: PriceView) -> Price {
    match price {
        PriceView::Free => Price::Free,
        PriceView::Unknown => Price::Unknown,
        PriceView::Each { micros } => {
            let (unit, of) = unit(kind);
            Price::PerMillion(BTreeMap::from([(unit, u64::from(micros) * (MILLION / of))]))
        }
        PriceView::Tokens { input, output } => {
            Price::PerMillion(BTreeMap::from([(Unit::InputTokens, input.into()), (Unit::OutputTokens, output.into())]))
        }
    }
}

fn price_view(kind: ModelKind, price: &Price) -> PriceView {
    let micros = |amount: u64| micros(Micros(amount));
    match price {
        Price::Free => PriceView::Free,
        Price::Unknown => PriceView::Unknown,
        Price::PerMillion(rates) => {
            let rate = |unit| rates.get(&unit).copied();
            let (input, output) = (rate(Unit::InputTokens), rate(Unit::OutputTokens));
            if input.is_some() || output.is_some() {
                return PriceView::Tokens {
                    input: micros(input.unwrap_or_default()),
                    output: micros(output.unwrap_or_default()),
                };
            }
            let (unit, of) = unit(kind);
            rate(unit).map_or(PriceView::Unknown, |rate| PriceView::Each { micros: micros(rate / (MILLION / of)) })
        }
    }
}

/// The sizes that pictures or clips can have, as a person said them; none for any.
pub(crate) fn sizes(edit: &ServerEdit) -> Result<Vec<Size>, Problem> {
    let size = |text: &String| {
        let (width, height) = text.trim().split_once(['x', '×'])?;
        let side = |text: &str| text.trim().parse().ok().filter(|side| (64..=8192).contains(side));
        Some(Size { width: side(width)?, height: side(height)? })
    };
    edit.sizes.iter().map(size).collect::<Option<_>>().ok_or_else(|| {
        bad_request("One of the sizes cannot be read.", "Write sizes as 1280x720, each side from 64 to 8192.")
    })
}

/// The lengths that clips can have, in seconds, as a person said them; none for any.
pub(crate) fn lengths(said: &[u32]) -> Result<Lengths, Problem> {
    if said.is_empty() {
        return Ok(Lengths::WholeSeconds);
    }
    if !said.iter().all(|seconds| (1..=600).contains(seconds)) {
        return Err(bad_request("One of the lengths cannot be.", "Give whole seconds from 1 to 600."));
    }
    Ok(Lengths::Seconds(said.iter().copied().collect()))
}

/// A model as it is shown, with how its key stands.
pub(crate) fn view(file: &ModelsFile, kind: ModelKind, key: KeyView) -> Option<ServerView> {
    let table = table(file, kind)?;
    let sizes = match kind {
        ModelKind::Image => file.image.as_ref().map(|image| &image.sizes),
        ModelKind::Video => file.video.as_ref().map(|video| &video.sizes),
        ModelKind::Chat | ModelKind::Speech => None,
    };
    let lengths = match (kind, &file.video) {
        (ModelKind::Video, Some(VideoTable { lengths: Lengths::Seconds(all), .. })) => all.iter().copied().collect(),
        _ => Vec::new(),
    };
    Some(ServerView {
        name: table.provider.clone(),
        base_url: table.base_url.clone(),
        model: table.model.clone(),
        price: price_view(kind, &table.price),
        key,
        at_once: table.limits.concurrent,
        per_minute: table.limits.calls_per_minute,
        sizes: sizes.into_iter().flatten().map(ToString::to_string).collect(),
        lengths,
        here: is_on_this_machine(&table.base_url),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::{KeyPlace, KeyText};

    fn edit() -> ServerEdit {
        ServerEdit {
            name: String::new(),
            base_url: "https://api.example.com/v1/".into(),
            model: "m".into(),
            price: PriceView::Each { micros: 40_000 },
            key: KeyEdit::New { key: KeyText("sk-planted-1234".into()), place: KeyPlace::Session },
            at_once: Some(2),
            per_minute: None,
            sizes: vec!["1280x720".into(), " 720×1280 ".into()],
            lengths: vec![8, 4],
        }
    }

    #[test]
    fn what_was_said_is_shown_again_and_holds_no_key() {
        for kind in ModelKind::ALL {
            let said = ServerEdit {
                price: if kind == ModelKind::Chat { PriceView::Tokens { input: 1, output: 2 } } else { edit().price },
                ..edit()
            };
            let file = with(ModelsFile::default(), kind, Some(&said)).unwrap();
            let stored = serde_json::to_string(&file).unwrap();
            assert!(!format!("{stored} {said:?}").contains("planted"), "{stored}");
            assert_eq!(serde_json::from_str::<ModelsFile>(&stored).unwrap(), file);
            assert_eq!(kept(&file), BTreeSet::from(["https://api.example.com/v1".to_owned()]));
            let shown = view(&file, kind, KeyView::Gone).unwrap();
            assert_eq!((shown.name.as_str(), shown.price, shown.at_once), ("api.example.com", said.price, Some(2)));
            assert_eq!(shown.lengths, if kind == ModelKind::Video { vec![4, 8] } else { vec![] });
            assert!(!shown.here);
            let without = with(file, kind, None).unwrap();
            assert_eq!(without, ModelsFile::default());
        }
    }

    #[test]
    fn a_million_characters_cost_what_was_said() {
        let file = with(
            ModelsFile::default(),
            ModelKind::Speech,
            Some(&ServerEdit { price: PriceView::Each { micros: 15_000_000 }, ..edit() }),
        )
        .unwrap();
        assert_eq!(file.speech.unwrap().of.price.most(&[(Unit::Characters, 2_000_000)]), Some(30_000_000));
        let file = with(ModelsFile::default(), ModelKind::Video, Some(&edit())).unwrap();
        assert_eq!(file.video.unwrap().of.price.most(&[(Unit::Seconds, 8)]), Some(320_000));
    }

    #[test]
    fn what_cannot_be_is_refused_in_words_without_the_key() {
        let refused = |edit: &ServerEdit| {
            let problem = with(ModelsFile::default(), ModelKind::Video, Some(edit)).unwrap_err();
            assert!(!problem.hint.is_empty() && !format!("{problem:?}").contains("planted"), "{problem:?}");
            problem.message
        };
        assert!(refused(&ServerEdit { base_url: "sk-planted".into(), ..edit() }).contains("no address"));
        assert!(refused(&ServerEdit { base_url: "http://api.example.com/v1".into(), ..edit() }).contains("encryption"));
        assert!(refused(&ServerEdit { model: " ".into(), ..edit() }).contains("no name"));
        assert!(refused(&ServerEdit { name: "builtin".into(), ..edit() }).contains("that name"));
        assert!(refused(&ServerEdit { sizes: vec!["big".into()], ..edit() }).contains("sizes"));
        assert!(refused(&ServerEdit { lengths: vec![0], ..edit() }).contains("lengths"));
        let pasted = KeyEdit::Env { variable: "sk-planted-1234".into() };
        assert!(refused(&ServerEdit { key: pasted, ..edit() }).contains("environment variable"));
    }
}
