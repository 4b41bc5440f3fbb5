//! What can go wrong with a provider.

use serde::{Deserialize, Serialize};

use super::Kind;

/// A fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// 429 with `Retry-After: 1` (and `retry-after-ms: 60`, so that nobody waits long).
    Busy,
    /// 500.
    ServerError,
    /// Takes the request and never answers.
    Hang,
    /// Cuts the connection before any work.
    CutBefore,
    /// Does the work, then cuts the connection in place of the answer (in the middle of a stream).
    CutAfter,
    /// Half of an answer's JSON, with a good status.
    Malformed,
    /// A media file that ends in its middle.
    Truncated,
    /// A job that ends as failed.
    JobFails,
    /// A job that the provider forgets.
    JobVanishes,
    /// Refused for its content.
    Refusal,
    /// An answer that does not fit the schema.
    WrongSchema,
    /// An answer that gives orders to whoever reads it.
    Injected,
    /// An answer that ends at the limit of tokens.
    TooLong,
    /// A stream that ends without its end.
    BrokenStream,
    /// 401 with the key in the words.
    EchoKey,
    /// 429 because the account is empty.
    NoCredit,
    /// A gateway's web page, with a good status.
    WebPage,
    /// No fault: the picture is given by its address.
    ByAddress,
    /// No fault.
    None,
}

impl Fault {
    /// The faults that chance chooses from: those that come and go.
    pub(super) fn passing(kind: Kind) -> &'static [Self] {
        match kind {
            Kind::Chat => {
                &[Self::Busy, Self::ServerError, Self::Hang, Self::CutBefore, Self::CutAfter, Self::Malformed]
            }
            Kind::Image | Kind::Speech => &[
                Self::Busy,
                Self::ServerError,
                Self::Hang,
                Self::CutBefore,
                Self::CutAfter,
                Self::Malformed,
                Self::Truncated,
            ],
            Kind::Video => &[
                Self::Busy,
                Self::ServerError,
                Self::Hang,
                Self::CutBefore,
                Self::CutAfter,
                Self::Malformed,
                Self::Truncated,
                Self::JobFails,
                Self::JobVanishes,
            ],
            Kind::Poll | Kind::Content | Kind::File => &[Self::Busy, Self::ServerError, Self::CutBefore],
            Kind::Cancel | Kind::Models | Kind::Other => &[],
        }
    }
}
