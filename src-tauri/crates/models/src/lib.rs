//! One trait a modality (chat, image, video, speech, music) over one shared job life cycle.
//!
//! This room owns what is asked of a model and what it gives back. Requests carry the `story` data beside the prompt,
//! so that the built-in studio draws from data and nobody parses a prompt. It must not know the engine, a project or
//! a file on disk; an adapter never retries by itself what may have been paid for.

mod calls;
mod chat;
mod direct;
mod image;
mod job;
mod models_file;
mod music;
mod openai;
mod picture;
mod price;
mod secret;
mod sound;
mod speech;
mod video;

pub use calls::{CallError, CallKind, CallOrder, CallReply, Calls, Delivery, Polled, RemoteCall, Sent, Usage};
pub use chat::{ChatMessage, ChatModel, ChatPicture, ChatReply, ChatRequest, ChatRole, OnText, ReplySchema};
pub use direct::poll_interval;
pub use image::{ImageModel, ImageReply, ImageRequest, PortraitView, Purpose, Reference};
pub use job::{Failure, FailureKind, Job, ModelIdentity};
pub use models_file::{
    Adapter, AddressError, Built, Caps, ImageTable, KeyRef, Limits, ModelTable, ModelsFile, ModelsFileError,
    ProviderLimits, SpeechTable, VideoTable, checked_address, checked_name, checked_variable, is_on_this_machine,
    place_of,
};
pub use music::{MusicModel, MusicRequest};
pub use openai::{ListedModel, Voices, list_models};
pub use price::{Price, Unit, tokens_about, tokens_at_most};
pub use secret::Secret;
pub use speech::{SpeechModel, SpeechReply, SpeechRequest, VoiceSpec};
pub use video::{Animator, ClipRequest, FrameSource, Lengths, Motion, VideoModel};
