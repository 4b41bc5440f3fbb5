//! From a models file and keys to models that can be called.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Adapter, Caps, KeyRef, Limits, ModelTable, ModelsFile};
use crate::openai::{Address, OpenAiChat, OpenAiImages, OpenAiSpeech, OpenAiVideos, Server};
use crate::{CallKind, ChatModel, Failure, FailureKind, ImageModel, Secret, SpeechModel, VideoModel};

/// The models that a file sets up; `None` where it leaves them to the built-in ones.
#[derive(Clone, Default)]
pub struct Built {
    /// Writes and understands.
    pub chat: Option<Arc<dyn ChatModel>>,
    /// Draws.
    pub image: Option<Arc<dyn ImageModel>>,
    /// Makes clips.
    pub video: Option<Arc<dyn VideoModel>>,
    /// Speaks.
    pub speech: Option<Arc<dyn SpeechModel>>,
    /// What holds for each provider, by the name that calls say.
    pub limits: BTreeMap<String, ProviderLimits>,
    /// What may be spent.
    pub caps: Caps,
}

impl std::fmt::Debug for Built {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Built").field("limits", &self.limits).field("caps", &self.caps).finish_non_exhaustive()
    }
}

/// How much may be asked of one provider.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProviderLimits {
    /// Of all its models together.
    pub all: Limits,
    /// Of one kind of call, beside that.
    pub of_kind: BTreeMap<CallKind, Limits>,
}

impl ModelsFile {
    /// The limits of each provider, by its name.
    pub fn provider_limits(&self) -> BTreeMap<String, ProviderLimits> {
        let mut limits: BTreeMap<String, ProviderLimits> = BTreeMap::new();
        for (kind, table) in self.models() {
            let provider = limits.entry(table.provider.clone()).or_default();
            provider.all = self.limits;
            if !table.limits.is_none() {
                provider.of_kind.insert(kind, table.limits);
            }
        }
        limits
    }

    /// Makes the models ready to be called; calls nobody yet. `keys` gives the key that lies at a place. Fails with
    /// [`FailureKind::Auth`] when a key is missing.
    pub fn build(&self, keys: impl Fn(&KeyRef) -> Option<Secret>) -> Result<Built, Failure> {
        let server = |table: &ModelTable, kind: CallKind| {
            let key = match &table.key {
                None => None,
                Some(place) => Some(keys(place).ok_or_else(|| missing(&table.provider, place))?),
            };
            let address = Address {
                provider: &table.provider,
                base_url: &table.base_url,
                key,
                model: &table.model,
                price: &table.price,
                deadline: table.deadline,
            };
            match table.adapter {
                Adapter::Openai => Server::new(address, kind),
            }
        };
        let mut built = Built { limits: self.provider_limits(), caps: self.caps, ..Built::default() };
        if let Some(table) = &self.chat {
            built.chat = Some(Arc::new(OpenAiChat::new(server(table, CallKind::Chat)?)));
        }
        if let Some(table) = &self.image {
            let server = server(&table.of, CallKind::Image)?;
            built.image = Some(Arc::new(OpenAiImages::new(server, table.sizes.clone(), table.references)));
        }
        if let Some(table) = &self.video {
            let server = server(&table.of, CallKind::Video)?;
            built.video = Some(Arc::new(OpenAiVideos::new(server, table.sizes.clone(), table.lengths.clone())));
        }
        if let Some(table) = &self.speech {
            let server = server(&table.of, CallKind::Speech)?;
            built.speech = Some(Arc::new(OpenAiSpeech::new(server, table.voices.clone())));
        }
        Ok(built)
    }
}

/// There is no key where it should be.
fn missing(provider: &str, place: &KeyRef) -> Failure {
    let (what, hint) = match place {
        KeyRef::Env(variable) => (
            format!("the key to {provider} is not there: {variable} is not set"),
            format!("Put the key into {variable} and try again."),
        ),
        KeyRef::Kept(_) => (
            format!("the key to {provider} is not there any more"),
            "Give it again in Settings, under Models; or have the film made with the models that Settings has now."
                .to_owned(),
        ),
    };
    Failure::new(FailureKind::Auth, what).hint(hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn models_of_one_provider_share_its_limits() {
        let file: ModelsFile = include_str!("example.toml").parse().unwrap();
        let limits = file.provider_limits();
        assert_eq!(limits.keys().collect::<Vec<_>>(), ["api.openai.com", "kokoro", "studio"]);
        assert_eq!(limits["studio"].all.concurrent, Some(8));
        assert_eq!(limits["studio"].of_kind[&CallKind::Video].concurrent, Some(2));
        assert!(limits["kokoro"].of_kind.is_empty());
    }

    #[test]
    fn a_missing_key_is_told_and_a_planted_one_is_shown_nowhere() {
        let file: ModelsFile = include_str!("example.toml").parse().unwrap();
        let failure = file.build(|_| None).unwrap_err();
        assert_eq!(failure.kind, FailureKind::Auth);
        assert!(failure.message.contains("OPENAI_API_KEY"), "{failure}");
        let built = file.build(|_| Secret::new("sk-planted-1234")).unwrap();
        assert!(!format!("{built:?}").contains("planted"));
        let failure = file.build(|_| Secret::new("sk-planted\u{7f}-1234")).unwrap_err();
        assert!(!format!("{failure} {failure:?}").contains("planted"), "{failure}");
    }
}
